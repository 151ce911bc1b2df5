/**
Painted text: pieces of text with a look each, joined into one string that carries colour codes (SGR) at transitions only.

Each code sets the whole look, so that what a place looks like is told by the last code before it: `repaint` can begin anywhere in a line.
*/

import {escapeWithin} from './escape.js';

/** Colours of the palette that every terminal has, as SGR counts them. */
export const colours = {
	black: 0, red: 1, green: 2, yellow: 3, blue: 4, magenta: 5, cyan: 6, white: 7,
} as const;

export type Colour = keyof typeof colours;

/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour of the palette, one of 256 by its number, or any. */
export type AnyColour = Colour | number | Rgb;

export type Attributes = {
	readonly foreground?: AnyColour;
	readonly background?: AnyColour;
	readonly bold?: boolean;
	readonly dim?: boolean;
	readonly underline?: boolean;
	readonly reverse?: boolean;
};

/** A look, made by `createStyle`. */
export type Style = {
	/** The code that sets it, whatever was set before. */
	readonly code: string;
	/** Whether a blank looks different in this style. */
	readonly isSeenOnBlanks: boolean;
};

/** A piece of text in one look. What is foreign in it has been escaped, so that its width is known. */
export type Segment = {readonly text: string; readonly style: Style};

/** The code that sets the look of the terminal itself. */
export const plainCode = '\u{1B}[0m';

/** Makes a look. */
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

/** What SGR has for a colour; `base` is 30 for that of the text, 40 for what is behind it. */
const colourNumbers = (colour: AnyColour, base: number): readonly number[] => {
	if (typeof colour === 'string') {
		return [base + colours[colour]];
	}

	return typeof colour === 'number' ? [base + 8, 5, colour] : [base + 8, 2, ...colour];
};

/** The look of the terminal itself. */
export const plain = createStyle({});

const blank = /^ *$/v;

/**
Joins pieces into one string with SGR codes at transitions. It ends in the look of the terminal, and blanks at the right that show nothing are left out.
Nothing in a piece reaches the terminal as a control, whatever it is.
*/
export const paint = (segments: readonly Segment[]): string => {
	let current = plain;
	let text = '';
	/** Blanks that are written only if something follows. */
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
			// Blanks that show nothing only end the look that would show on them.
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
