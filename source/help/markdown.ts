/** Parses the subset of Markdown that the pages of docs/ use: headings, paragraphs, lists, tables and code blocks. */
import {topicOf} from './pages.js';

export type Block =
	| {readonly kind: 'heading'; readonly level: number; readonly text: string}
	| {readonly kind: 'paragraph'; readonly text: string}
	| {readonly kind: 'list'; readonly items: readonly string[]}
	| {readonly kind: 'code'; readonly lines: readonly string[]}
	| {readonly kind: 'table'; readonly headings: readonly string[]; readonly rows: ReadonlyArray<readonly string[]>};

/** Replaces a link by its text. A link to a help page is followed by the command that shows the page. */
const linkText = (text: string, to: string): string => {
	const topic = topicOf(to.split('#', 1)[0]);
	const command = `\`conntop help ${topic ?? ''}\``;
	return topic === undefined ? text : (text === to ? command : `${text} (${command})`);
};

/** Removes links and pictures from Markdown text; code and strong text keep their marks. */
const withoutLinks = (text: string): string => text
	.replaceAll(/!\[[^\]]*\]\([^\)]*\)/gv, '')
	.replaceAll(/\[(?<text>[^\[\]]+)\]\((?<to>[^\)]*)\)/gv, (_, label: string, to: string) => linkText(label, to));

/** The cells of a table row. A `\|` is a bar within a cell. */
const cellsOf = (line: string): readonly string[] =>
	line.trim().replace(/^\|/v, '').replace(/\|$/v, '').split(/(?<!\\)\|/v).map(cell => withoutLinks(cell.trim().replaceAll(String.raw`\|`, '|')));

const joined = (lines: readonly string[]): string => withoutLinks(lines.map(line => line.trim()).join(' ')).trim();

const isTable = (lines: readonly string[]): boolean => lines[0].startsWith('|') && /^\|(?: ?:?-+:? ?\|)+$/v.test(lines[1] ?? '');

/** Parses consecutive lines that are not empty. */
const blockOf = (lines: readonly string[]): readonly Block[] => {
	const {level, title} = /^(?<level>#+) (?<title>.*)$/v.exec(lines[0])?.groups ?? {};
	if (level !== undefined && title !== undefined) {
		return [{kind: 'heading', level: level.length, text: withoutLinks(title)}, ...(lines.length > 1 ? blockOf(lines.slice(1)) : [])];
	}

	if (isTable(lines)) {
		return [{kind: 'table', headings: cellsOf(lines[0]), rows: lines.slice(2).map(line => cellsOf(line))}];
	}

	if (/^(?:-|\d+\.) /v.test(lines[0])) {
		const items: string[][] = [];
		for (const line of lines) {
			const {text} = /^(?:-|\d+\.) (?<text>.*)$/v.exec(line)?.groups ?? {};
			if (text === undefined) {
				items.at(-1)?.push(line);
			} else {
				items.push([text]);
			}
		}

		return [{kind: 'list', items: items.map(item => joined(item))}];
	}

	const text = joined(lines);
	return text === '' ? [] : [{kind: 'paragraph', text}];
};

/** The blocks of a page. */
export const readMarkdown = (page: string): readonly Block[] => {
	const blocks: Block[] = [];
	let lines: string[] = [];
	let code: string[] | undefined;
	const end = (): void => {
		if (lines.length === 0) {
			return;
		}

		blocks.push(...blockOf(lines));
		lines = [];
	};

	for (const line of page.replaceAll(/<!--.*?-->/gsv, '').split('\n')) {
		if (line.startsWith('```')) {
			end();
			if (code !== undefined) {
				blocks.push({kind: 'code', lines: code});
			}

			code = code === undefined ? [] : undefined;
		} else if (code !== undefined) {
			code.push(line);
		} else if (line.trim() === '' || /^<\/?(?:picture|source|img)\b/v.test(line.trim())) {
			end();
		} else {
			lines.push(line);
		}
	}

	end();
	return blocks;
};

/** A part of a text with one style. */
export type Part = {readonly text: string; readonly style: 'plain' | 'code' | 'strong'};

/** Splits Markdown text where its style changes. */
export const partsOf = (text: string): readonly Part[] => text.split(/(?<marked>``.+?``|`[^`]+`|\*\*[^*]+\*\*)/v).filter(part => part !== '').map(part => {
	if (part.startsWith('**')) {
		return {text: part.slice(2, -2), style: 'strong'};
	}

	const mark = ['``', '`'].find(each => part.startsWith(each));
	return mark === undefined ? {text: part, style: 'plain'} : {text: part.slice(mark.length, -mark.length).trim(), style: 'code'};
});

/** Removes the marks from Markdown text. */
export const plainText = (text: string): string => partsOf(text).map(part => part.text).join('');
