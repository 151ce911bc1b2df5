import {graphemes} from '../../text/graphemes.js';

/** A line of text that is being edited. */
export type Line = {
	readonly text: string;
	/** Where the next character goes, in UTF-16 units; always between two graphemes. */
	readonly cursor: number;
};

/** What a key does to a line. */
export type LineCommand =
	| 'lineLeft'
	| 'lineRight'
	| 'lineStart'
	| 'lineEnd'
	| 'deleteLeft'
	| 'deleteRight'
	| 'deleteWord'
	| 'deleteToStart'
	| 'deleteToEnd';

/** Longer text is refused: it would be no filter, and every sample would have to test it. UTF-16 units. */
const longestLine = 1000;

/** A line with the cursor at its end. */
export const lineOf = (text: string): Line => ({text, cursor: text.length});

/** Puts text in at the cursor. Text that makes the line too long loses its end. */
export const insertText = ({text, cursor}: Line, added: string): Line => {
	const taken = added.slice(0, Math.max(0, longestLine - text.length)).toWellFormed().replaceAll('\u{FFFD}', '');
	return {text: text.slice(0, cursor) + taken + text.slice(cursor), cursor: cursor + taken.length};
};

/** The line with a text in the place of another part, and the cursor behind it; as it was if it would get too long. */
export const replacePart = (line: Line, start: number, end: number, added: string): Line => {
	const text = line.text.slice(0, start) + added + line.text.slice(end);
	return text.length > longestLine ? line : {text, cursor: start + added.length};
};

/** The border between graphemes before a place, or 0. */
const before = (text: string, place: number): number => graphemes(text.slice(0, place)).containing(place - 1)?.index ?? 0;

/** The border between graphemes after a place, or the end. */
const after = (text: string, place: number): number => {
	const grapheme = graphemes(text).containing(place);
	return grapheme === undefined ? text.length : grapheme.index + grapheme.segment.length;
};

/** The line without what stands between two places. */
const cut = (text: string, from: number, to: number): Line => ({text: text.slice(0, from) + text.slice(to), cursor: from});

/** Does to a line what a key says. */
export const editLine = (line: Line, command: LineCommand): Line => {
	const {text, cursor} = line;
	switch (command) {
		case 'lineLeft': {
			return {text, cursor: before(text, cursor)};
		}

		case 'lineRight': {
			return {text, cursor: after(text, cursor)};
		}

		case 'lineStart': {
			return {text, cursor: 0};
		}

		case 'lineEnd': {
			return lineOf(text);
		}

		case 'deleteLeft': {
			return cut(text, before(text, cursor), cursor);
		}

		case 'deleteRight': {
			return cut(text, cursor, after(text, cursor));
		}

		case 'deleteWord': {
			const start = text.slice(0, cursor).trimEnd().lastIndexOf(' ') + 1;
			return cut(text, start, cursor);
		}

		case 'deleteToStart': {
			return cut(text, 0, cursor);
		}

		case 'deleteToEnd': {
			return cut(text, cursor, text.length);
		}
	}
};
