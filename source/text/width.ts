import stringWidth from 'string-width';
import {graphemes} from './graphemes.js';
import {isSimple} from './simple.js';

/** Stands for what was cut. One column. */
export const ellipsis = '…';

/** Columns that a text takes in a terminal. The text is one line without controls, as `escapeText` gives it. */
export const textWidth = (text: string): number => isSimple(text) ? text.length : stringWidth(text);

/** A text that is at most `width` columns wide: when it is wider, its end gives way to `…`. */
export const cutEnd = (text: string, width: number): string =>
	textWidth(text) <= width ? text : (width < 1 ? '' : takeStart(text, width - 1) + ellipsis);

/** A text that is at most `width` columns wide: when it is wider, its start gives way to `…`. */
export const cutStart = (text: string, width: number): string =>
	textWidth(text) <= width ? text : (width < 1 ? '' : ellipsis + takeEnd(text, width - 1));

/** A text that is at most `width` columns wide: when it is wider, its middle gives way to `…`. */
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

/** A text at the left of exactly `width` columns: filled with blanks, or cut at its end. */
export const alignLeft = (text: string, width: number): string => {
	const cut = cutEnd(text, width);
	return cut + ' '.repeat(Math.max(0, width - textWidth(cut)));
};

/** A text at the right of exactly `width` columns: filled with blanks, or cut at its end. */
export const alignRight = (text: string, width: number): string => {
	const cut = cutEnd(text, width);
	return ' '.repeat(Math.max(0, width - textWidth(cut))) + cut;
};

/** The longest start of a text, whole graphemes only, that fits the width. */
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

/** The longest end of a text, whole graphemes only, that fits the width. */
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
