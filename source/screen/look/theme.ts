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

/** Which text attributes may be used. */
export type ColourLevel =
	/** Colours and attributes. */
	| 'colours'
	/** Bold, dim and reverse only: monochrome terminals, or `NO_COLOR` is set. */
	| 'attributes'
	| 'none';

/** The style of each role. */
export type Theme = {
	readonly level: ColourLevel;
	readonly tones: Readonly<Record<Tone, Style>>;
	/** Labels of values. */
	readonly label: Style;
	readonly strong: Style;
	readonly title: Style;
	readonly heading: Style;
	readonly sortedHeading: Style;
	/** The row under the cursor, and emphasized text in it. */
	readonly selected: Style;
	readonly selectedStrong: Style;
	/** Rows that are new, became ESTAB, or have closed. */
	readonly fresh: Style;
	readonly established: Style;
	readonly closed: Style;
	readonly found: Style;
	/** Active filters and other restrictions of the list. */
	readonly chip: Style;
	readonly alert: Style;
	/** A message. */
	readonly notice: Style;
	readonly error: Style;
	readonly key: Style;
	readonly keyLabel: Style;
	readonly prompt: Style;
	/** The text cursor. */
	readonly caret: Style;
};

/**
Reads from the environment which text attributes may be used: only attributes without colours if `NO_COLOR` is set and not empty (no-color.org), none on a dumb
terminal.
*/
export const colourLevelOf = (environment: Readonly<Record<string, string | undefined>>): ColourLevel => {
	const {NO_COLOR: noColour = '', TERM: terminal = ''} = environment;
	if (terminal === 'dumb') {
		return 'none';
	}

	return noColour !== '' || /^vt\d|-m(?:ono)?$/v.test(terminal) ? 'attributes' : 'colours';
};

/** Number of colours of the terminal: the 16 named ones, 256, or any. */
export type ColourDepth = 'named' | 'indexed' | 'any';

/** Reads the number of colours from `COLORTERM`, which most terminals with 24-bit colour set, and from the terminal name. */
export const colourDepthOf = (environment: Readonly<Record<string, string | undefined>>): ColourDepth => {
	const {COLORTERM: promised = '', TERM: terminal = ''} = environment;
	if (/^(?:truecolor|24bit)$/v.test(promised) || terminal.endsWith('-direct')) {
		return 'any';
	}

	return terminal.includes('256color') ? 'indexed' : 'named';
};

/** Whether to query the terminal's background: only if the reply affects the colours, and not on the Linux console, which does not reply. */
export const isBackgroundAsked = (environment: Readonly<Record<string, string | undefined>>): boolean =>
	colourLevelOf(environment) === 'colours' && colourDepthOf(environment) !== 'named' && environment.TERM !== 'linux';

/** Preferences that affect the theme. */
export type Look = Pick<Preferences, 'theme' | 'openedColour' | 'establishedColour' | 'closedColour'>;

type Role = keyof Palette['text'] | keyof Palette['blocks'];
type Looks = Readonly<Record<Role, Attributes>>;

/**
Styles that are readable on dark and light backgrounds. Text is never yellow, white, black or blue: each is unreadable on one of the two. A coloured background is
a reversed foreground: if the foreground is readable on the terminal's background, so is the reverse, whatever the user's palette is.
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

/** The styles of a palette, in colours that the terminal supports. */
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

	// Users configure the 16 colours, so their contrast with the background is unknown.
	return depth === 'named'
		? (theme === 'colour-blind' ? mapLooks(autoLooks, withoutGreen) : autoLooks)
		: paletteLooks(palettes[theme], depth);
};

/** Row styles that are not colours. */
const plainLooks: Readonly<Partial<Record<Look['openedColour'], Attributes>>> = {plain: {}, bold: {bold: true}, dim: {dim: true}};

const isColour = (name: string): name is Colour => Object.hasOwn(colours, name);

const defaultLook: Look = {
	theme: 'auto', openedColour: 'theme', establishedColour: 'theme', closedColour: 'theme',
};

/**
Creates the theme.

@param level Which attributes may be used.
@param look The user's preferences.
@param depth Number of colours of the terminal.
*/
export const createTheme = (level: ColourLevel, look: Look = defaultLook, depth: ColourDepth = 'named'): Theme => {
	const shown: ColourLevel = level === 'colours' && look.theme === 'monochrome' ? 'attributes' : level;
	const looks = looksOf(look.theme, depth);
	/** A style with colours, and its replacement without colours. */
	const style = (coloured: Attributes, monochrome: Attributes = {}): Style =>
		shown === 'none' ? plain : createStyle(shown === 'colours' ? coloured : monochrome);
	const bold = style({bold: true}, {bold: true});
	const dim = style(looks.dim, {dim: true});
	const reversed = {reverse: true};
	/** The row style from the preferences, or else from the theme. */
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
Returns a function that gives the theme for the preferences and caches the last one. With theme `auto` and a known background, it gives the theme for that
background.
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
