/** TOML that people write: read as far as it can be, and changed in place. */
import {isDeepStrictEqual} from 'node:util';
import {
	parse,
	stringify,
	TomlError,
	type TomlTable,
} from 'smol-toml';
import {isWithin, statementsOf, type Statement} from './toml-statements.js';

/** What is wrong in a line. */
export type LineProblem = {readonly line: number; readonly message: string};

/** What a text says, and what of it cannot be read. */
export type ReadToml = {readonly data: TomlTable; readonly problems: readonly LineProblem[]};

/** A text that has more wrong lines than these is another kind of text. */
const mostProblems = 20;

const messageOf = (error: TomlError): string => error.message.split('\n', 1)[0].replace('Invalid TOML document: ', '');

/** Characters; what is longer is no word that lacks its quotes. */
const longestWord = 100;

/** Most who write a word where TOML wants a text forget its quotes. */
const hintFor = (text: string, {value, path}: Statement): string => {
	const written = text.slice(value.start, Math.min(value.end, value.start + longestWord));
	return /^[\p{Letter}_][\p{Letter}\p{Number} \-.:_]*$/v.test(written) ? `; a text stands in quotes: ${path.at(-1) ?? ''} = "${written}"` : '';
};

/** Reads a text. A statement that is not TOML is told and left out, the others count. Never throws. */
export const readToml = (text: string): ReadToml => {
	const problems: LineProblem[] = [];
	const statements = statementsOf(text);
	const left = new Set<Statement>();
	let readable = text;
	while (problems.length < mostProblems) {
		try {
			return {data: parse(readable), problems};
		} catch (error) {
			if (!(error instanceof TomlError)) {
				throw error;
			}

			const {line} = error;
			const above = statements.filter(statement => statement.line <= line && !left.has(statement));
			// A bracket that nothing closes is noticed further down.
			const wrong = above.find(({isOpen}) => isOpen) ?? above.at(-1);
			problems.push({line: wrong?.line ?? line, message: `${messageOf(error)}${wrong === undefined ? '' : hintFor(text, wrong)}`});
			if (wrong === undefined) {
				readable = blankLine(readable, line);
			} else {
				left.add(wrong);
				readable = blank(readable, wrong.start, wrong.end);
			}
		}
	}

	return {data: {}, problems: [...problems, {line: 1, message: 'this is no TOML; nothing of it counts'}]};
};

/** The text with blanks in the place of a part of it; lines stay lines. */
const blank = (text: string, start: number, end: number): string => text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/gv, ' ') + text.slice(end);

const blankLine = (text: string, line: number): string => text.split('\n').map((part, index) => index === line - 1 ? '' : part).join('\n');

/** Names from the root to what is changed, and what it is to be; undefined removes it. */
export type Edit = {readonly path: readonly string[]; readonly value: TomlTable[string] | undefined};

/** The data with an edit done. */
export const applyEdit = (data: TomlTable, {path, value}: Edit): TomlTable => {
	const [name, ...rest] = path;
	const inner = Object.hasOwn(data, name) ? data[name] : undefined;
	const next = rest.length === 0 ? value : applyEdit(isTable(inner) ? inner : {}, {path: rest, value});
	const isEmptied = next === undefined || (inner === undefined && rest.length > 0 && value === undefined);
	const others = Object.entries(data).filter(([key]) => key !== name || (!isEmptied && inner !== undefined));
	return Object.fromEntries(isEmptied
		? others
		: (inner === undefined ? [...others, [name, next]] : others.map(([key, each]) => [key, key === name ? next : each])));
};

/** Whether a value is a table. */
export const isTable = (value: unknown): value is TomlTable => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const written = (value: TomlTable[string]): string => stringify({value}).replace(/^value = /v, '').trimEnd();

const keyOf = (name: string): string => /^[\w\-]+$/v.test(name) ? name : JSON.stringify(name);

const withNewline = (text: string): string => text === '' || text.endsWith('\n') ? text : `${text}\n`;

/** Puts lines behind a place, which must be the start of a line or the end of the text. */
const insertAt = (text: string, at: number, lines: string): string => `${withNewline(text.slice(0, at))}${lines}\n${text.slice(at)}`;

/** The text with an edit done in place, if that is as simple as it looks. */
const editInPlace = (text: string, {path, value}: Edit): string => {
	const statements = statementsOf(text);
	const about = statements.filter(statement => isWithin(statement.path, path));
	const [only] = about;
	if (about.length === 1 && only.kind === 'entry' && only.path.length === path.length && value !== undefined && !isTable(value)) {
		return text.slice(0, only.value.start) + written(value) + text.slice(only.value.end);
	}

	const left = about.reduceRight((rest, {start, end}) => rest.slice(0, start) + rest.slice(end), text);
	if (value === undefined) {
		return left;
	}

	const table = path.slice(0, -1);
	if (isTable(value)) {
		const gap = left.trim() === '' ? '' : '\n';
		return insertAt(left, left.length, `${gap}[${path.map(name => keyOf(name)).join('.')}]\n${stringify(value).trimEnd()}`);
	}

	const line = `${keyOf(path.at(-1) ?? '')} = ${written(value)}`;
	const remaining = statementsOf(left);
	const header = remaining.findLastIndex(({kind, path: its}) => kind === 'header' && isDeepStrictEqual(its, table));
	if (table.length > 0 && header === -1) {
		return insertAt(left, left.length, `${left.trim() === '' ? '' : '\n'}[${table.map(name => keyOf(name)).join('.')}]\n${line}`);
	}

	const next = remaining.findIndex(({kind}, index) => index > header && kind === 'header');
	const last = remaining[(next === -1 ? remaining.length : next) - 1];
	// Without another entry to stand behind, it stands behind what the file says of itself.
	const top = next === -1 ? left.length : (/^(?:#[^\n]*\n)*/v.exec(left)?.[0].length ?? 0);
	return insertAt(left, last?.end ?? top, line);
};

export type EditedToml = {
	readonly text: string;
	/** Whether comments, order and what is broken are as they were. */
	readonly isInPlace: boolean;
};

/**
Changes some of a text and leaves all else as it is, comments and broken lines included. Where a person has written the same in a form that is not so easily
changed, such as a table in one line, all is written anew from what the text says.
*/
export const editToml = (text: string, edits: readonly Edit[]): EditedToml => {
	let edited: EditedToml = {text, isInPlace: true};
	for (const edit of edits) {
		edited = editOnce(edited, edit);
	}

	return edited;
};

/** Without tables that have nothing in them: a text may name them or not. */
const pruned = (data: TomlTable): TomlTable => Object.fromEntries(Object.entries(data)
	.map(([name, value]): readonly [string, TomlTable[string]] => [name, isTable(value) ? pruned(value) : value])
	.filter(([, value]) => !isTable(value) || Object.keys(value).length > 0));

const editOnce = ({text, isInPlace}: EditedToml, edit: Edit): EditedToml => {
	const before = readToml(text);
	const wanted = applyEdit(before.data, edit);
	const changed = editInPlace(text, edit);
	const after = readToml(changed);
	return isDeepStrictEqual(pruned(after.data), pruned(wanted)) && after.problems.length <= before.problems.length
		? {text: changed, isInPlace}
		: {text: stringify(wanted), isInPlace: false};
};
