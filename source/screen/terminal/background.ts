/**
Detects whether the terminal's background is dark or light, from the terminal's reply to a query or from `COLORFGBG`.

The query and its reply: XTerm Control Sequences, "Operating System Commands", 11. rxvt, Konsole and others set `COLORFGBG`.
*/
import type {Rgb} from '../../text/paint.js';
import {luminance} from '../../text/luminance.js';

export type Background = 'dark' | 'light';

/** Queries the background colour. Ends with BEL, which the Linux console also recognizes as the end. */
export const backgroundQuestion = '\u{1B}]11;?\u{7}';

/** Luminance above which black text has more contrast than white text (WCAG 2.2, contrast ratio). */
const middle = 0.179;

const backgroundOfColour = (colour: Rgb): Background => luminance(colour) > middle ? 'light' : 'dark';

/** X11 colour notations: `rgb:` with one to four hexadecimal digits per component, `rgba:` with a fourth component, `#` with two or four digits per component. */
const colourForms = [
	/^rgba?:(?<red>[\da-f]{1,4})\/(?<green>[\da-f]{1,4})\/(?<blue>[\da-f]{1,4})(?:\/[\da-f]{1,4})?$/iv,
	/^#(?<red>[\da-f]{2})(?<green>[\da-f]{2})(?<blue>[\da-f]{2})$/iv,
	/^#(?<red>[\da-f]{4})(?<green>[\da-f]{4})(?<blue>[\da-f]{4})$/iv,
];

/** Scales a component with any number of hexadecimal digits to 0 to 255. */
const scaled = (digits: string): number => Number.parseInt(digits, 16) / (16 ** digits.length - 1) * 255;

/** Parses the colour in a terminal's reply and returns whether it is dark or light; undefined if it is not a colour. */
export const readBackground = (colour: string): Background | undefined => {
	const groups = colourForms.map(form => form.exec(colour)?.groups).find(found => found !== undefined);
	return groups && backgroundOfColour([scaled(groups.red), scaled(groups.green), scaled(groups.blue)]);
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
Reads the background from the environment: the last part of `COLORFGBG` is its number among the 16 colours. 7 is light grey, 9 to 15 are bright.
*/
export const backgroundOf = ({COLORFGBG: colours = ''}: Environment): Background | undefined => {
	const number = /;(?<background>\d{1,2})$/v.exec(colours)?.groups?.background;
	if (number === undefined || Number(number) > 15) {
		return undefined;
	}

	return Number(number) === 7 || Number(number) > 8 ? 'light' : 'dark';
};
