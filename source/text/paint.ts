/**
Painted text: segments of text with a style each, joined into one string with colour codes (SGR) only where the style changes.

Each code sets the complete style, so the last code before a position determines its style, and `repaint` can begin anywhere in a line.
*/

import {escapeWithin} from './escape.js';

/** The eight standard colours of a terminal, with their SGR numbers. */
export const colours = {
	black: 0, red: 1, green: 2, yellow: 3, blue: 4, magenta: 5, cyan: 6, white: 7,
} as const;

export type Colour = keyof typeof colours;

/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A standard colour, a number of the 256-colour palette, or RGB. */
export type AnyColour = Colour | number | Rgb;

export type Attributes = {
	readonly foreground?: AnyColour;
	readonly background?: AnyColour;
	readonly bold?: boolean;
	readonly dim?: boolean;
	readonly underline?: boolean;
	readonly reverse?: boolean;
};

/** How text looks. Made by `createStyle`. */
export type Style = {
	/** The code that sets this style, whatever was set before. */
	readonly code: string;
	/** Whether the style is visible on a blank. */
	readonly isSeenOnBlanks: boolean;
};

/** Text in one style. Foreign text in it has been escaped, so that its width is known. */
export type Segment = {readonly text: string; readonly style: Style};

/** The code that resets the style to the terminal's default. */
export const plainCode = '\u{1B}[0m';

export const createStyle = ({foreground, background, bold = false, dim = false, underline = false, reverse = false}: Attributes): Style => {
	const numbers = [
		0,
		...(bold ? [1] : []),
		...(dim ? [2] : []),
		...(underline ? [4] : []),
		...(reverse ? [7] : []),
		...(foreground === undefined ? [] : colourNumbers(foreground, 30)),
		...(background === undefined ? [] : colourNumbers(background, 40)),
	];
	return {code: `\u{1B}[${numbers.join(';')}m`, isSeenOnBlanks: underline || reverse || background !== undefined};
};

/** The SGR parameters of a colour. `base` is 30 for the foreground, 40 for the background. */
const colourNumbers = (colour: AnyColour, base: number): readonly number[] => {
	if (typeof colour === 'string') {
		return [base + colours[colour]];
	}

	return typeof colour === 'number' ? [base + 8, 5, colour] : [base + 8, 2, ...colour];
};

/** The terminal's default style. */
export const plain = createStyle({});

const blank = /^ *$/v;

/**
Joins segments into one string with SGR codes where the style changes. The string ends in the default style, without invisible trailing blanks. Control
characters in a segment are escaped.
*/
export const paint = (segments: readonly Segment[]): string => {
	let current = plain;
	let text = '';
	/** Blanks that are written only if visible text follows. */
	let held = '';
	const change = (style: Style): void => {
		text += style.code === current.code ? '' : style.code;
		current = style;
	};

	for (const {text: whole, style} of segments) {
		if (whole === '') {
			continue;
		}

		const piece = escapeWithin(whole);

		if (style.isSeenOnBlanks) {
			text += held;
			held = '';
			change(style);
			text += piece;
		} else if (blank.test(piece)) {
			// Invisible blanks change the style only if the current one would be visible on them.
			if (current.isSeenOnBlanks) {
				change(plain);
			}

			held += piece;
		} else {
			const shown = piece.trimEnd();
			if (current.isSeenOnBlanks) {
				change(style);
			}

			text += held;
			change(style);
			text += shown;
			held = piece.slice(shown.length);
		}
	}

	change(plain);
	return text;
};
