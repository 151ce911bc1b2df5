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

/**
Makes the looks.

Colours must read on dark and on light backgrounds. So text is never yellow, white, black or blue: each is lost on one of the two. A coloured background
is a reversed foreground: what reads on the terminal's background reads the other way round, too, whatever the person's palette is.
*/
export const createTheme = (level: ColourLevel): Theme => {
	/** A look with colours, and the one that stands for it without. */
	const style = (coloured: Attributes, monochrome: Attributes = {}): Style =>
		level === 'none' ? plain : createStyle(level === 'colours' ? coloured : monochrome);
	const strong = style({bold: true}, {bold: true});
	const dim = style({dim: true}, {dim: true});
	const warning = style({foreground: 'magenta', bold: true}, {bold: true});
	const bad = style({foreground: 'red', bold: true}, {bold: true});

	return {
		level,
		tones: {
			plain,
			dim,
			good: style({foreground: 'green'}),
			notice: style({foreground: 'cyan'}),
			warning,
			bad,
			address: plain,
			port: plain,
			process: plain,
			receive: style({foreground: 'green'}),
			send: style({foreground: 'cyan'}),
		},
		label: dim,
		strong,
		title: style({bold: true}, {bold: true}),
		heading: style({foreground: 'green', reverse: true}, {reverse: true}),
		sortedHeading: style({foreground: 'cyan', reverse: true}, {reverse: true, bold: true}),
		selected: style({foreground: 'cyan', reverse: true}, {reverse: true}),
		selectedStrong: style({foreground: 'cyan', reverse: true, underline: true}, {reverse: true, underline: true}),
		fresh: style({foreground: 'cyan', bold: true}, {bold: true}),
		established: style({foreground: 'green', bold: true}, {bold: true}),
		closed: dim,
		found: style({foreground: 'magenta', reverse: true}, {underline: true, bold: true}),
		chip: style({foreground: 'cyan', reverse: true}, {reverse: true}),
		alert: style({foreground: 'magenta', reverse: true}, {reverse: true}),
		notice: style({foreground: 'magenta'}),
		error: bad,
		key: strong,
		keyLabel: style({foreground: 'cyan', reverse: true}, {reverse: true}),
		prompt: strong,
		caret: style({reverse: true}, {reverse: true}),
	};
};
