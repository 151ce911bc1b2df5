import type {Tone} from '../fields/field.js';
import {
	createStyle,
	plain,
	type Attributes,
	type Style,
} from '../text/paint.js';

/** How much the terminal can and may show. */
export type ColourLevel =
	/** The 16 colours that every terminal has; the person chose what they look like. */
	| 'colours'
	/** Bold, dim, reverse: monochrome terminals, and people who set `NO_COLOR`. */
	| 'attributes'
	| 'none';

/** The look of each role. */
export type Theme = {
	readonly level: ColourLevel;
	readonly tones: Readonly<Record<Tone, Style>>;
	/** Words that name what stands beside them. */
	readonly label: Style;
	readonly strong: Style;
	readonly title: Style;
	readonly heading: Style;
	readonly sortedHeading: Style;
	/** The row under the cursor, and what stands out in it. */
	readonly selected: Style;
	readonly selectedStrong: Style;
	/** Rows that are new, became ESTAB, or are gone. */
	readonly fresh: Style;
	readonly established: Style;
	readonly closed: Style;
	readonly found: Style;
	/** What narrows the list. */
	readonly chip: Style;
	readonly alert: Style;
	/** A sentence that wants to be read. */
	readonly notice: Style;
	readonly error: Style;
	readonly key: Style;
	readonly keyLabel: Style;
	readonly prompt: Style;
	/** Where the next character goes. */
	readonly caret: Style;
};

/**
What the environment allows: `NO_COLOR` (no-color.org: set and not empty) leaves attributes, a terminal that knows no sequences nothing.
*/
export const colourLevelOf = (environment: Readonly<Record<string, string | undefined>>): ColourLevel => {
	const {NO_COLOR: noColour = '', TERM: terminal = ''} = environment;
	if (terminal === 'dumb') {
		return 'none';
	}

	return noColour !== '' || /^vt\d|-m(?:ono)?$/v.test(terminal) ? 'attributes' : 'colours';
};

/** The look of each tone, with colours and without. */
const tones: Readonly<Record<Tone, {readonly coloured: Attributes; readonly monochrome: Attributes}>> = {
	plain: {coloured: {}, monochrome: {}},
	dim: {coloured: {dim: true}, monochrome: {dim: true}},
	good: {coloured: {foreground: 'green'}, monochrome: {}},
	notice: {coloured: {foreground: 'cyan'}, monochrome: {}},
	warning: {coloured: {foreground: 'magenta', bold: true}, monochrome: {bold: true}},
	bad: {coloured: {foreground: 'red', bold: true}, monochrome: {bold: true}},
	address: {coloured: {}, monochrome: {}},
	port: {coloured: {}, monochrome: {}},
	process: {coloured: {}, monochrome: {}},
	receive: {coloured: {foreground: 'green'}, monochrome: {}},
	send: {coloured: {foreground: 'cyan'}, monochrome: {}},
};

const toneNames = Object.keys(tones) as Tone[];

const forTones = (make: (tone: Tone) => Style): Record<Tone, Style> => Object.fromEntries(toneNames.map(tone => [tone, make(tone)])) as Record<Tone, Style>;

/**
Makes the looks.

Colours must read on dark and on light backgrounds. So text is never yellow, white, black or blue: each is lost on one of the two. A coloured background
is a reversed foreground: what reads on the terminal's background reads the other way round, too, whatever the person's palette is.
*/
export const createTheme = (level: ColourLevel): Theme => {
	/** A look with colours, and the one that stands for it without. */
	const style = (coloured: Attributes, monochrome: Attributes): Style =>
		level === 'none' ? plain : createStyle(level === 'colours' ? coloured : monochrome);
	const bold = style({bold: true}, {bold: true});
	const dim = style({dim: true}, {dim: true});
	const cyanBlock = style({foreground: 'cyan', reverse: true}, {reverse: true});
	const magentaBlock = style({foreground: 'magenta', reverse: true}, {reverse: true});

	return {
		level,
		tones: forTones(tone => style(tones[tone].coloured, tones[tone].monochrome)),
		label: dim,
		strong: bold,
		title: bold,
		heading: style({foreground: 'green', reverse: true}, {reverse: true}),
		sortedHeading: style({foreground: 'cyan', reverse: true}, {reverse: true, bold: true}),
		selected: cyanBlock,
		selectedStrong: style({foreground: 'cyan', reverse: true, underline: true}, {reverse: true, underline: true}),
		fresh: style({foreground: 'cyan', bold: true}, {bold: true}),
		established: style({foreground: 'green', bold: true}, {bold: true}),
		closed: dim,
		found: style({foreground: 'magenta', reverse: true}, {underline: true, bold: true}),
		chip: cyanBlock,
		alert: magentaBlock,
		notice: style({foreground: 'magenta'}, {}),
		error: style({foreground: 'red', bold: true}, {bold: true}),
		key: bold,
		keyLabel: cyanBlock,
		prompt: bold,
		caret: style({reverse: true}, {reverse: true}),
	};
};
