/** Reads TOML as far as possible, and changes it in place. */
import {isDeepStrictEqual} from 'node:util';
import {
	parse,
	stringify,
	TomlError,
	type TomlTable,
} from 'smol-toml';
import {isWithin, statementsOf, type Statement} from './toml-statements.js';

/** A problem in a line. */
export type LineProblem = {readonly line: number; readonly message: string};

/** The data of a text, and the problems in it. */
export type ReadToml = {readonly data: TomlTable; readonly problems: readonly LineProblem[]};

/** Maximum number of invalid lines; a text with more is not TOML. */
const maxProblems = 20;

const messageOf = (error: TomlError): string => error.message.split('\n', 1)[0].replace('Invalid TOML document: ', '');

/** Maximum length in characters of a word that probably lacks quotes. */
const maxWordLength = 100;

/** Returns a hint for a word where TOML needs a quoted text. */
const hintFor = (text: string, {value, path}: Statement): string => {
	const written = text.slice(value.start, Math.min(value.end, value.start + maxWordLength));
	return /^[\p{Letter}_][\p{Letter}\p{Number} \-.:_]*$/v.test(written) ? `; put text in quotes: ${path.at(-1) ?? ''} = "${written}"` : '';
};

/** Reads a text. An invalid statement is reported and skipped; the others are read. Never throws. */
export const readToml = (text: string): ReadToml => {
	const problems: LineProblem[] = [];
	const statements = statementsOf(text);
	const removed = new Set<Statement>();
	let readable = text;
	while (problems.length < maxProblems) {
		try {
			return {data: parse(readable), problems};
		} catch (error) {
			if (!(error instanceof TomlError)) {
				throw error;
			}

			const {line} = error;
			const above = statements.filter(statement => statement.line <= line && !removed.has(statement));
			// The parser notices an unclosed bracket only further down.
			const wrong = above.find(({isOpen}) => isOpen) ?? above.at(-1);
			problems.push({line: wrong?.line ?? line, message: `${messageOf(error)}${wrong === undefined ? '' : hintFor(text, wrong)}`});
			if (wrong === undefined) {
				readable = blankLine(readable, line);
			} else {
				removed.add(wrong);
				readable = blank(readable, wrong.start, wrong.end);
			}
		}
	}

	return {data: {}, problems: [...problems, {line: 1, message: 'this is not TOML; all of it is ignored'}]};
};

/** Replaces a part of the text with blanks; line breaks stay. */
const blank = (text: string, start: number, end: number): string => text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/gv, ' ') + text.slice(end);

const blankLine = (text: string, line: number): string => text.split('\n').map((part, index) => index === line - 1 ? '' : part).join('\n');

/** A change: the names from the root to the value, and the new value; undefined removes it. */
export type Edit = {readonly path: readonly string[]; readonly value: TomlTable[string] | undefined};

/** Returns the data with an edit applied. */
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

/** Inserts lines at a position, which must be the start of a line or the end of the text. */
const insertAt = (text: string, at: number, lines: string): string => `${withNewline(text.slice(0, at))}${lines}\n${text.slice(at)}`;

/** Applies an edit in place, which works unless the text uses an unusual form. */
const editInPlace = (text: string, {path, value}: Edit): string => {
	const statements = statementsOf(text);
	const about = statements.filter(statement => isWithin(statement.path, path));
	const [only] = about;
	if (about.length === 1 && only.kind === 'entry' && only.path.length === path.length && value !== undefined && !isTable(value)) {
		return text.slice(0, only.value.start) + written(value) + text.slice(only.value.end);
	}

	const removed = about.reduceRight((rest, {start, end}) => rest.slice(0, start) + rest.slice(end), text);
	if (value === undefined) {
		return removed;
	}

	const table = path.slice(0, -1);
	if (isTable(value)) {
		const gap = removed.trim() === '' ? '' : '\n';
		return insertAt(removed, removed.length, `${gap}[${path.map(name => keyOf(name)).join('.')}]\n${stringify(value).trimEnd()}`);
	}

	const line = `${keyOf(path.at(-1) ?? '')} = ${written(value)}`;
	const remaining = statementsOf(removed);
	const header = remaining.findLastIndex(({kind, path: its}) => kind === 'header' && isDeepStrictEqual(its, table));
	if (table.length > 0 && header === -1) {
		return insertAt(removed, removed.length, `${removed.trim() === '' ? '' : '\n'}[${table.map(name => keyOf(name)).join('.')}]\n${line}`);
	}

	const next = remaining.findIndex(({kind}, index) => index > header && kind === 'header');
	const last = remaining[(next === -1 ? remaining.length : next) - 1];
	// Without another entry, it comes after the comment at the top of the file.
	const top = next === -1 ? removed.length : (/^(?:#[^\n]*\n)*/v.exec(removed)?.[0].length ?? 0);
	return insertAt(removed, last?.end ?? top, line);
};

export type EditedToml = {
	readonly text: string;
	/** Whether comments, order and invalid lines are unchanged. */
	readonly isInPlace: boolean;
};

/**
Applies edits to a text and leaves everything else unchanged, including comments and invalid lines. If the text has a form that cannot be edited in place, such
as a table in one line, the whole text is rewritten from its data.
*/
export const editToml = (text: string, edits: readonly Edit[]): EditedToml => {
	let edited: EditedToml = {text, isInPlace: true};
	for (const edit of edits) {
		edited = editOnce(edited, edit);
	}

	return edited;
};

/** Returns the data without empty tables, which a text may or may not mention. */
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
