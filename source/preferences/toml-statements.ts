/**
Finds the positions of the statements in a TOML file. A parser returns only values; the positions are needed to change one value and leave the rest of the file
unchanged, and to name the line of an invalid value. The text may be broken anywhere.

Source: TOML v1.0.0, toml.io.
*/

/** A header (`[keys]`) or an entry (`theme = "dark"`). Offsets count UTF-16 units. */
export type Statement = {
	readonly kind: 'header' | 'entry';
	/** Names from the root to the value. */
	readonly path: readonly string[];
	readonly start: number;
	/** After the end of its last line. */
	readonly end: number;
	/** The position of the value; empty for a header. */
	readonly value: {readonly start: number; readonly end: number};
	/** The number of its first line, from 1. */
	readonly line: number;
	/** Whether one of its brackets is never closed. */
	readonly isOpen: boolean;
};

const bareKey = /[\w\-]+/vy;
const basicString = /"(?:[^\n"\\]|\\.)*"?/vy;
const literalString = /'[^\n']*'?/vy;
const blanks = /[\t ]*/vy;
/** A part of a value that neither ends it nor starts something else. */
const plain = /[^\n"#'\[\]\{\}]+/vy;

/** Maximum number of names in a path. No path of a settings file has more, and a longer header would slow down each statement below it. */
const maxPathLength = 16;

/** Maximum number of unclosed brackets for which the closing one is searched. A text with more is not a settings file. */
const maxOpen = 10;

/** Returns what a pattern matches at a position; empty for nothing. */
const matchAt = (pattern: RegExp, text: string, at: number): string => {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0] ?? '';
};

const unquoted = (key: string): string => {
	if (key.startsWith('\'')) {
		return key.slice(1, -1);
	}

	try {
		return key.startsWith('"') ? String(JSON.parse(key)) : key;
	} catch {
		return key.slice(1, -1);
	}
};

/** Parses a dotted key at a position; returns at most `maxPathLength` names, and where the key ends. */
const readKey = (text: string, start: number): {readonly path: readonly string[]; readonly end: number} => {
	const path: string[] = [];
	let at = start;
	for (;;) {
		at += matchAt(blanks, text, at).length;
		const part = matchAt(bareKey, text, at) + matchAt(basicString, text, at) + matchAt(literalString, text, at);
		at += part.length;
		at += matchAt(blanks, text, at).length;
		if (part === '') {
			return {path, end: at};
		}

		if (path.length < maxPathLength) {
			path.push(unquoted(part));
		}

		if (text[at] !== '.') {
			return {path, end: at};
		}

		at++;
	}
};

const lineEnd = (text: string, at: number): number => {
	const found = text.indexOf('\n', at);
	return found === -1 ? text.length : found;
};

const closing = (text: string, mark: string, at: number): number => {
	const found = text.indexOf(mark, at);
	return found === -1 ? text.length : found + mark.length;
};

/** Returns the end of a string that starts at a position. */
const stringEnd = (text: string, at: number): number => {
	if (text.startsWith('\'\'\'', at)) {
		return closing(text, '\'\'\'', at + 3);
	}

	if (text.startsWith('"""', at)) {
		let end = at + 3;
		while (end < text.length && !text.startsWith('"""', end)) {
			end += text[end] === '\\' ? 2 : 1;
		}

		return Math.min(text.length, end + 3);
	}

	return at + matchAt(text[at] === '"' ? basicString : literalString, text, at).length;
};

/**
Returns the end of a value that starts at a position: the end of its line, or of the line in which its last bracket closes.

@param isClosingSought Whether a bracket may close in another line.
*/
const readExtent = (text: string, start: number, isClosingSought: boolean): {readonly end: number; readonly isOpen: boolean} => {
	let depth = 0;
	let at = start;
	/** After the last character that is neither blank nor comment. */
	let end = start;
	while (at < text.length) {
		const character = text[at];
		if (character === '\n' && (depth <= 0 || !isClosingSought)) {
			return {end, isOpen: depth > 0};
		}

		if (character === '#') {
			at = lineEnd(text, at);
		} else if (character === '"' || character === '\'') {
			at = stringEnd(text, at);
			end = at;
		} else if ('[{]}'.includes(character)) {
			depth += '[{'.includes(character) ? 1 : -1;
			at++;
			end = at;
		} else if (character === '\n') {
			at++;
		} else {
			const run = matchAt(plain, text, at);
			const {length} = run.trimEnd();
			end = length === 0 ? end : at + length;
			at += run.length;
		}
	}

	// An unclosed bracket must not include the rest of the file.
	return depth > 0 ? {end: Math.min(end, lineEnd(text, start)), isOpen: true} : {end, isOpen: false};
};

/**
Returns the statements of a text in order; paths have at most `maxPathLength` names. The time is proportional to the length of the text, whatever it contains.
*/
export const statementsOf = (text: string): readonly Statement[] => {
	const statements: Statement[] = [];
	let openCount = 0;
	let table: readonly string[] = [];
	let at = 0;
	let line = 1;
	while (at < text.length) {
		const start = at;
		const content = start + matchAt(blanks, text, start).length;
		const character = text[content] ?? '\n';
		let end = lineEnd(text, content);
		if (character === '[') {
			const bracket = content + (text[content + 1] === '[' ? 2 : 1);
			table = readKey(text, bracket).path;
			statements.push({
				kind: 'header', path: table, start, end: Math.min(text.length, end + 1), value: {start: end, end}, line, isOpen: false,
			});
		} else if (!'\r\n#'.includes(character)) {
			const key = readKey(text, content);
			const from = key.end + (text[key.end] === '=' ? 1 : 0);
			const value = from + matchAt(blanks, text, from).length;
			const extent = readExtent(text, value, openCount < maxOpen);
			openCount += extent.isOpen ? 1 : 0;
			end = lineEnd(text, extent.end);
			statements.push({
				kind: 'entry', path: [...table, ...key.path], start, end: Math.min(text.length, end + 1), value: {start: value, end: extent.end}, line, isOpen: extent.isOpen,
			});
		}

		at = end + 1;
		line += text.slice(start, at).split('\n').length - 1;
	}

	return statements;
};

/** Whether a path is equal to another one or below it. */
export const isWithin = (path: readonly string[], outer: readonly string[]): boolean => outer.every((name, index) => path[index] === name);
