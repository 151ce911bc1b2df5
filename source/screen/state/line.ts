import {graphemes} from '../../text/graphemes.js';

/** An edited line of text. */
export type Line = {
	readonly text: string;
	/** Position of the cursor in UTF-16 code units, always between two graphemes. */
	readonly cursor: number;
};

/** Editing commands. */
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

/** Maximum length of a line in UTF-16 code units. Longer text is no useful filter, but would cost time in every sample. */
const maxLength = 1000;

/** A line with the cursor at its end. */
export const lineOf = (text: string): Line => ({text, cursor: text.length});

/** Inserts text at the cursor, cut to the maximum length of the line. */
export const insertText = ({text, cursor}: Line, added: string): Line => {
	const taken = added.slice(0, Math.max(0, maxLength - text.length)).toWellFormed().replaceAll('\u{FFFD}', '');
	return {text: text.slice(0, cursor) + taken + text.slice(cursor), cursor: cursor + taken.length};
};

/** Replaces a range of the line and puts the cursor after it. Returns the line unchanged if it would get too long. */
export const replacePart = (line: Line, start: number, end: number, added: string): Line => {
	const text = line.text.slice(0, start) + added + line.text.slice(end);
	return text.length > maxLength ? line : {text, cursor: start + added.length};
};

/** Start of the grapheme before an index, or 0. */
const before = (text: string, index: number): number => graphemes(text.slice(0, index)).containing(index - 1)?.index ?? 0;

/** End of the grapheme at an index, or the end of the text. */
const after = (text: string, index: number): number => {
	const grapheme = graphemes(text).containing(index);
	return grapheme === undefined ? text.length : grapheme.index + grapheme.segment.length;
};

/** The line without a range. */
const cut = (text: string, from: number, to: number): Line => ({text: text.slice(0, from) + text.slice(to), cursor: from});

/** Applies an editing command to a line. */
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
