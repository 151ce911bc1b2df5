/** Blocks of a page as source of a man page (man(7)). */
import {partsOf, type Block} from '../../source/help/markdown.js';

/** Characters that have names in roff; others beyond ASCII are written by their numbers. */
const named: Readonly<Record<string, string>> = {
	'\\': String.raw`\e`, '-': String.raw`\-`, '…': '...', '–': String.raw`\(en`, '—': String.raw`\(em`, '“': String.raw`\(lq`, '”': String.raw`\(rq`,
	'×': String.raw`\(mu`, '→': String.raw`\(->`, '⇄': '<->', '●': '*', '○': 'o', '▽': 'v', '~': String.raw`\(ti`, '^': String.raw`\(ha`, '`': String.raw`\(ga`, '\'': String.raw`\(aq`,
};

/** Escapes a text for roff. */
export const escapeRoff = (text: string): string => Array.from(text, character => {
	const code = character.codePointAt(0) ?? 0;
	return named[character] ?? (code > 0x7E ? String.raw`\[u${code.toString(16).toUpperCase().padStart(4, '0')}]` : character);
}).join('');

/** Protects a line that begins like a roff request. */
const line = (text: string): string => text.replace(/^(?=['.])/v, () => String.raw`\&`);

const marked = (text: string, isBold: boolean): string => isBold ? String.raw`\fB${text}\fP` : text;

/** Converts Markdown text: code and strong text become bold. */
export const inlineRoff = (text: string): string => line(partsOf(text).map(({text: part, style}) => marked(escapeRoff(part), style !== 'plain')).join(''));

/** A paragraph with a tag. */
export const tagged = (tag: string, text: string): string => `.TP\n${tag}\n${text}`;

/** The first cell of a row is the tag, the others follow; short ones with their headings. */
const tableRoff = ({headings, rows}: Extract<Block, {readonly kind: 'table'}>): string => rows.map(([first, ...rest]) => {
	const cells = rest.map((cell, index) => ({heading: headings[index + 1], cell})).filter(({cell}) => cell !== '');
	const [only] = cells;
	const text = cells.length === 1 ? inlineRoff(only.cell) : cells.map(({heading, cell}) => inlineRoff(heading === '' ? cell : `${heading}: ${cell}`)).join('\n.br\n');
	return tagged(inlineRoff(first), text === '' ? String.raw`\&` : text);
}).join('\n');

/** One block. Headings of pages become headings of sections in a section. */
const blockRoff = (block: Block, previous: Block | undefined): string => {
	switch (block.kind) {
		case 'heading': {
			return `.SS ${escapeRoff(block.text.replaceAll('`', ''))}`;
		}

		case 'paragraph': {
			return `${previous === undefined || previous.kind === 'heading' ? '' : '.PP\n'}${inlineRoff(block.text)}`;
		}

		case 'list': {
			return block.items.map(item => `.IP \\(bu 2\n${inlineRoff(item)}`).join('\n');
		}

		case 'code': {
			const lines = block.lines.map(text => text === '' ? String.raw`\&` : line(escapeRoff(text)));
			return `${previous === undefined || previous.kind === 'heading' ? '' : '.PP\n'}.nf\n.RS 4\n${lines.join('\n')}\n.RE\n.fi`;
		}

		case 'table': {
			return tableRoff(block);
		}
	}
};

/** Blocks in a section. */
export const blocksRoff = (blocks: readonly Block[]): string => blocks.map((block, index) => blockRoff(block, blocks[index - 1])).join('\n');

/** Wraps the lines of text at blanks; preformatted lines stay as they are. */
export const breakLines = (source: string, width = 79): string => {
	let isKept = false;
	return source.split('\n').flatMap(text => {
		isKept = text === '.nf' || (isKept && text !== '.fi');
		if (isKept || text.startsWith('.') || text.length <= width) {
			return [text];
		}

		const lines = [''];
		for (const word of text.split(' ')) {
			const last = lines.at(-1) ?? '';
			if (last === '') {
				lines[lines.length - 1] = word;
			} else if (last.length + 1 + word.length > width) {
				lines.push(line(word));
			} else {
				lines[lines.length - 1] = `${last} ${word}`;
			}
		}

		return lines;
	}).join('\n');
};
