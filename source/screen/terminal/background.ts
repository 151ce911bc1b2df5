/**
Whether the terminal's background is dark or light: as the terminal answers when it is asked, or as `COLORFGBG` says.

The question and its answer: XTerm Control Sequences, "Operating System Commands", 11. `COLORFGBG` is what rxvt, Konsole and others set.
*/
import type {Rgb} from '../../text/paint.js';
import {luminance} from '../../text/luminance.js';

export type Background = 'dark' | 'light';

/** Asks for the colour of the background. It ends with BEL, which the Linux console knows to end it, too. */
export const backgroundQuestion = '\u{1B}]11;?\u{7}';

/** The light from which on black reads better on a colour than white (WCAG 2.2, contrast ratio). */
const middle = 0.179;

const backgroundOfColour = (colour: Rgb): Background => luminance(colour) > middle ? 'light' : 'dark';

/** X11 names of colours: `rgb:` and one to four hexadecimal digits for each part, `rgba:` with a fourth part, `#` and two or four digits for each. */
const colourForms = [
	/^rgba?:(?<red>[\da-f]{1,4})\/(?<green>[\da-f]{1,4})\/(?<blue>[\da-f]{1,4})(?:\/[\da-f]{1,4})?$/iv,
	/^#(?<red>[\da-f]{2})(?<green>[\da-f]{2})(?<blue>[\da-f]{2})$/iv,
	/^#(?<red>[\da-f]{4})(?<green>[\da-f]{4})(?<blue>[\da-f]{4})$/iv,
];

/** One part of a colour, from 0 to 255, of as many digits as it was told with. */
const scaled = (digits: string): number => Number.parseInt(digits, 16) / (16 ** digits.length - 1) * 255;

/** The background that a colour makes, as a terminal names it in its answer; undefined for what is no colour. */
export const readBackground = (colour: string): Background | undefined => {
	const groups = colourForms.map(form => form.exec(colour)?.groups).find(found => found !== undefined);
	return groups && backgroundOfColour([scaled(groups.red), scaled(groups.green), scaled(groups.blue)]);
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
What the environment tells of the background: the last part of `COLORFGBG` is its number among the 16 colours. 7 is light grey, and 9 to 15 are bright.
*/
export const backgroundOf = ({COLORFGBG: colours = ''}: Environment): Background | undefined => {
	const number = /;(?<background>\d{1,2})$/v.exec(colours)?.groups?.background;
	if (number === undefined || Number(number) > 15) {
		return undefined;
	}

	return Number(number) === 7 || Number(number) > 8 ? 'light' : 'dark';
};
