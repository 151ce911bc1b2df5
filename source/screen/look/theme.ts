import type {Tone} from '../../fields/model/field.js';
import type {Preferences} from '../../preferences/preferences.js';
import {
	colours,
	createStyle,
	plain,
	type AnyColour,
	type Attributes,
	type Colour,
	type Rgb,
	type Style,
} from '../../text/paint.js';
import type {Background} from '../terminal/background.js';
import {
	nearestIndex,
	palettes,
	type Block,
	type Palette,
} from './palettes.js';

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

/** How many colours the terminal shows beside the 16 that it calls by name. */
export type ColourDepth = 'named' | 'indexed' | 'any';

/** What the environment tells of colours: `COLORTERM`, as most terminals set it that show any, and the name of the terminal. */
export const colourDepthOf = (environment: Readonly<Record<string, string | undefined>>): ColourDepth => {
	const {COLORTERM: promised = '', TERM: terminal = ''} = environment;
	if (/^(?:truecolor|24bit)$/v.test(promised) || terminal.endsWith('-direct')) {
		return 'any';
	}

	return terminal.includes('256color') ? 'indexed' : 'named';
};

/** Whether it is worth asking the terminal for its background: there are colours to choose by the answer, and the terminal is not the Linux console, which has no answer. */
export const isBackgroundAsked = (environment: Readonly<Record<string, string | undefined>>): boolean =>
	colourLevelOf(environment) === 'colours' && colourDepthOf(environment) !== 'named' && environment.TERM !== 'linux';

/** What a person chooses of the looks. */
export type Look = Pick<Preferences, 'theme' | 'openedColour' | 'establishedColour' | 'closedColour'>;

type Role = keyof Palette['text'] | keyof Palette['blocks'];
type Looks = Readonly<Record<Role, Attributes>>;

/**
Looks that read on dark and on light backgrounds. So text is never yellow, white, black or blue: each is lost on one of the two. A coloured background is a
reversed foreground: what reads on the terminal's background reads the other way round, too, whatever the person's palette is.
*/
const autoLooks: Looks = {
	dim: {dim: true},
	good: {foreground: 'green'},
	notice: {foreground: 'cyan'},
	warning: {foreground: 'magenta'},
	bad: {foreground: 'red'},
	receive: {foreground: 'green'},
	send: {foreground: 'cyan'},
	fresh: {foreground: 'green'},
	established: {foreground: 'green'},
	closed: {dim: true},
	heading: {foreground: 'green', reverse: true},
	sorted: {foreground: 'cyan', reverse: true},
	selected: {foreground: 'cyan', reverse: true},
	chip: {foreground: 'cyan', reverse: true},
	alert: {foreground: 'magenta', reverse: true},
	found: {foreground: 'magenta', reverse: true},
	keyLabel: {foreground: 'cyan', reverse: true},
};

const withoutGreen = (look: Attributes): Attributes => look.foreground === 'green' ? {...look, foreground: 'cyan'} : look;

const mapLooks = <Name extends Role, From>(looks: Readonly<Record<Name, From>>, change: (look: From) => Attributes): Readonly<Record<Name, Attributes>> =>
	Object.fromEntries(Object.entries<From>(looks).map(([role, look]) => [role, change(look)])) as Record<Name, Attributes>;

/** The looks of a palette, in colours that the terminal has. */
const paletteLooks = ({text, blocks}: Palette, depth: ColourDepth): Looks => {
	const toColour = (colour: Rgb): AnyColour => depth === 'any' ? colour : nearestIndex(colour);
	return {
		...mapLooks(text, (colour: Rgb) => ({foreground: toColour(colour)})),
		...mapLooks(blocks, ({text: inFront, on}: Block) => ({foreground: toColour(inFront), background: toColour(on)})),
	};
};

const looksOf = (theme: Look['theme'], depth: ColourDepth): Looks => {
	if (theme === 'auto' || theme === 'monochrome') {
		return autoLooks;
	}

	// The 16 colours are the person's own: what reads on their background, nobody knows.
	return depth === 'named'
		? (theme === 'colour-blind' ? mapLooks(autoLooks, withoutGreen) : autoLooks)
		: paletteLooks(palettes[theme], depth);
};

/** Looks of rows that are no colours. */
const plainLooks: Readonly<Partial<Record<Look['openedColour'], Attributes>>> = {plain: {}, bold: {bold: true}, dim: {dim: true}};

const isColour = (name: string): name is Colour => Object.hasOwn(colours, name);

const defaultLook: Look = {
	theme: 'auto', openedColour: 'theme', establishedColour: 'theme', closedColour: 'theme',
};

/**
Makes the looks.

@param level What the terminal may show at all.
@param look What the person has chosen.
@param depth How many colours the terminal has.
*/
export const createTheme = (level: ColourLevel, look: Look = defaultLook, depth: ColourDepth = 'named'): Theme => {
	const shown: ColourLevel = level === 'colours' && look.theme === 'monochrome' ? 'attributes' : level;
	const looks = looksOf(look.theme, depth);
	/** A look with colours, and the one that stands for it without. */
	const style = (coloured: Attributes, monochrome: Attributes = {}): Style =>
		shown === 'none' ? plain : createStyle(shown === 'colours' ? coloured : monochrome);
	const bold = style({bold: true}, {bold: true});
	const dim = style(looks.dim, {dim: true});
	const reversed = {reverse: true};
	/** The look that the person has given to rows, or that of the theme. */
	const rows = (chosen: Look['openedColour'], coloured: Attributes, monochrome: Attributes): Style => {
		const simple = plainLooks[chosen];
		return simple === undefined ? style(isColour(chosen) ? {foreground: chosen} : coloured, monochrome) : style(simple, simple);
	};

	return {
		level: shown,
		tones: {
			plain: style({}),
			dim,
			good: style(looks.good),
			notice: style(looks.notice),
			warning: style({...looks.warning, bold: true}, {bold: true}),
			bad: style({...looks.bad, bold: true}, {bold: true}),
			address: style({}),
			port: style({}),
			process: style({}),
			receive: style(looks.receive),
			send: style(looks.send),
		},
		label: dim,
		strong: bold,
		title: bold,
		heading: style(looks.heading, reversed),
		sortedHeading: style(looks.sorted, {reverse: true, bold: true}),
		selected: style(looks.selected, reversed),
		selectedStrong: style({...looks.selected, underline: true}, {reverse: true, underline: true}),
		fresh: rows(look.openedColour, {...looks.fresh, bold: true}, {bold: true}),
		established: rows(look.establishedColour, {...looks.established, bold: true}, {bold: true}),
		closed: rows(look.closedColour, looks.closed, {dim: true}),
		found: style(looks.found, {underline: true, bold: true}),
		chip: style(looks.chip, reversed),
		alert: style(looks.alert, reversed),
		notice: style(looks.warning),
		error: style({...looks.bad, bold: true}, {bold: true}),
		key: bold,
		keyLabel: style(looks.keyLabel, reversed),
		prompt: bold,
		caret: style(reversed, reversed),
	};
};

/**
Gives the looks that a person has chosen, made when they are chosen. Where the choice is left to the background, and that is known, it is the theme that is made
for it.
*/
export const createThemes = (environment: Readonly<Record<string, string | undefined>>): ((chosen: Look, background?: Background) => Theme) => {
	const level = colourLevelOf(environment);
	const depth = colourDepthOf(environment);
	let made: {readonly look: Look; readonly theme: Theme} | undefined;
	return (chosen, background) => {
		const look: Look = chosen.theme === 'auto' && background !== undefined ? {...chosen, theme: background} : chosen;
		if (made === undefined || lookParts.some(part => made?.look[part] !== look[part])) {
			made = {look, theme: createTheme(level, look, depth)};
		}

		return made.theme;
	};
};

const lookParts = ['theme', 'openedColour', 'establishedColour', 'closedColour'] as const;
