import stringWidth from 'string-width';

/** Stands for what was cut. One column. */
export const ellipsis = '…';

/**
Characters of one column each that combine with nothing: ASCII, Latin letters with marks, dashes and dots, arrows, boxes and blocks. Nearly every text of the
screen consists of them, and `stringWidth` costs more than all else that is done with it.
*/
const simpleRanges = [[0x20, 0x7E], [0xA1, 0xAC], [0xAE, 0x02_FF], [0x20_10, 0x20_27], [0x21_90, 0x21_FF], [0x25_00, 0x25_9F]] as const;

/** By UTF-16 unit: 1 for such a character. */
const simpleUnits = Uint8Array.from({length: 0x26_00}, (_, unit) => simpleRanges.some(([first, last]) => unit >= first && unit <= last) ? 1 : 0);

/** Whether a text has as many columns as UTF-16 units, each a character of its own. */
const isSimple = (text: string): boolean => {
	for (let index = 0; index < text.length; index++) {
		// eslint-disable-next-line unicorn/prefer-code-point -- UTF-16 units are enough to tell, and half the work.
		if (simpleUnits[text.charCodeAt(index)] !== 1) {
			return false;
		}
	}

	return true;
};

/** Columns that a text takes in a terminal. The text is one line without controls, as `escapeText` gives it. */
export const textWidth = (text: string): number => isSimple(text) ? text.length : stringWidth(text);

/** A text that is at most `width` columns wide: when it is wider, its end gives way to `…`. */
export const cutEnd = (text: string, width: number): string =>
	textWidth(text) <= width ? text : (width < 1 ? '' : takeStart(text, width - 1) + ellipsis);

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

const segmenter = new Intl.Segmenter();

/** The longest start of a text, whole graphemes only, that fits the width. */
const takeStart = (text: string, width: number): string => {
	if (isSimple(text)) {
		return text.slice(0, width);
	}

	let start = '';
	let left = width;
	for (const {segment} of segmenter.segment(text)) {
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
	for (const {segment} of [...segmenter.segment(text)].toReversed()) {
		left -= textWidth(segment);
		if (left < 0) {
			break;
		}

		end = segment + end;
	}

	return end;
};
