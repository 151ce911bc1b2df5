import stringWidth from 'string-width';
import {graphemes} from './graphemes.js';
import {isSimple} from './simple.js';

/** Replaces what was cut. One column. */
export const ellipsis = '…';

/** The columns that a text takes in a terminal. The text must be one line without control characters, as `escapeText` returns it. */
export const textWidth = (text: string): number => isSimple(text) ? text.length : stringWidth(text);

/** Cuts a text to at most `width` columns: replaces its end with `…`. */
export const cutEnd = (text: string, width: number): string =>
	textWidth(text) <= width ? text : (width < 1 ? '' : takeStart(text, width - 1) + ellipsis);

/** Cuts a text to at most `width` columns: replaces its start with `…`. */
export const cutStart = (text: string, width: number): string =>
	textWidth(text) <= width ? text : (width < 1 ? '' : ellipsis + takeEnd(text, width - 1));

/** Cuts a text to at most `width` columns: replaces its middle with `…`. */
export const cutMiddle = (text: string, width: number): string => {
	if (textWidth(text) <= width) {
		return text;
	}

	if (width < 1) {
		return '';
	}

	const atEnd = Math.floor((width - 1) / 2);
	return takeStart(text, width - 1 - atEnd) + ellipsis + takeEnd(text, atEnd);
};

/** Pads a text with blanks at the right to exactly `width` columns, or cuts its end. */
export const alignLeft = (text: string, width: number): string => {
	const cut = cutEnd(text, width);
	return cut + ' '.repeat(Math.max(0, width - textWidth(cut)));
};

/** Pads a text with blanks at the left to exactly `width` columns, or cuts its end. */
export const alignRight = (text: string, width: number): string => {
	const cut = cutEnd(text, width);
	return ' '.repeat(Math.max(0, width - textWidth(cut))) + cut;
};

/** The longest prefix of whole graphemes that fits the width. */
const takeStart = (text: string, width: number): string => {
	if (isSimple(text)) {
		return text.slice(0, width);
	}

	let start = '';
	let left = width;
	for (const {segment} of graphemes(text)) {
		left -= textWidth(segment);
		if (left < 0) {
			break;
		}

		start += segment;
	}

	return start;
};

/** The longest suffix of whole graphemes that fits the width. */
const takeEnd = (text: string, width: number): string => {
	if (isSimple(text)) {
		return text.slice(text.length - width);
	}

	let end = '';
	let left = width;
	for (const {segment} of [...graphemes(text)].toReversed()) {
		left -= textWidth(segment);
		if (left < 0) {
			break;
		}

		end = segment + end;
	}

	return end;
};
