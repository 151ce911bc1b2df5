/**
Painted text: pieces of text with a look each, joined into one string that carries colour codes (SGR) at transitions only.

Ink takes apart every string that it draws and puts it together again, twice. A string that is already written the way Ink would write it makes the
second round a look-up, which saves up to half of the CPU of a frame. So the codes stand in exactly the order in which Ink's tokenizer prints them.
*/

/** Colours of the palette that every terminal has, as SGR counts them. */
export const colours = {
	black: 0, red: 1, green: 2, yellow: 3, blue: 4, magenta: 5, cyan: 6, white: 7,
} as const;

export type Colour = keyof typeof colours;

export type Attributes = {
	readonly foreground?: Colour;
	readonly background?: Colour;
	readonly bold?: boolean;
	readonly dim?: boolean;
	readonly underline?: boolean;
	readonly reverse?: boolean;
};

/** A code that turns something on, and the one that turns it off. */
type Code = {readonly on: string; readonly off: string; readonly isIntensity: boolean};

/** A look, made by `createStyle`. Make each once and keep it: transitions between looks are remembered. */
export type Style = {
	readonly codes: readonly Code[];
	/** Whether a blank looks different in this style. */
	readonly isSeenOnBlanks: boolean;
};

/** A piece of text in one look. The text holds no control characters. */
export type Segment = {readonly text: string; readonly style: Style};

const knownCodes = new Map<string, Code>();

/** The same object for the same code, so that codes compare by identity. */
const code = (on: number, off: number): Code => {
	const text = `\u{1B}[${on}m`;
	const known = knownCodes.get(text);
	if (known !== undefined) {
		return known;
	}

	const made = {on: text, off: `\u{1B}[${off}m`, isIntensity: off === 22};
	knownCodes.set(text, made);
	return made;
};

/** Makes a look. */
export const createStyle = ({foreground, background, bold = false, dim = false, underline = false, reverse = false}: Attributes): Style => ({
	codes: [
		...(bold ? [code(1, 22)] : []),
		...(dim ? [code(2, 22)] : []),
		...(underline ? [code(4, 24)] : []),
		...(reverse ? [code(7, 27)] : []),
		...(foreground === undefined ? [] : [code(30 + colours[foreground], 39)]),
		...(background === undefined ? [] : [code(40 + colours[background], 49)]),
	],
	isSeenOnBlanks: underline || reverse || background !== undefined,
});

/** The look of the terminal itself. */
export const plain = createStyle({});

/** What the terminal is set to at some place of a string: the codes in force, in the order in which they came. */
type Setting = {
	readonly codes: readonly Code[];
	readonly isSeenOnBlanks: boolean;
	/** All that must be turned off at the end of the string. */
	readonly end: string;
	readonly next: Map<Style, {readonly text: string; readonly setting: Setting}>;
};

const settings = new Map<string, Setting>();

const settingOf = (codes: readonly Code[], isSeenOnBlanks: boolean): Setting => {
	const key = codes.map(({on}) => on).join('');
	const known = settings.get(key);
	if (known !== undefined) {
		return known;
	}

	const setting: Setting = {
		codes, isSeenOnBlanks, end: undo(codes), next: new Map(),
	};
	settings.set(key, setting);
	return setting;
};

/** The codes that turn others off, the last one first; bold and dim share theirs. */
const undo = (codes: readonly Code[]): string => [...new Set(codes.map(({off}) => off).toReversed())].join('');

const transition = (from: Setting, style: Style): {readonly text: string; readonly setting: Setting} => {
	const known = from.next.get(style);
	if (known !== undefined) {
		return known;
	}

	const undone = from.codes.filter(old => !(old.isIntensity ? style.codes.includes(old) : style.codes.some(({off}) => off === old.off)));
	// The code that ends bold ends dim, too.
	const isEndsIntensity = undone.some(({isIntensity}) => isIntensity);
	const kept = from.codes.filter(old => !undone.includes(old) && !(isEndsIntensity && old.isIntensity));
	const added = style.codes.filter(wanted => !kept.includes(wanted));
	const left = kept.filter(old => old.isIntensity || added.every(({off}) => off !== old.off));
	const made = {
		text: undo(undone) + added.map(({on}) => on).join(''),
		setting: settingOf([...left, ...added], style.isSeenOnBlanks),
	};
	from.next.set(style, made);
	return made;
};

const blank = /^ *$/v;

/**
Joins pieces into one string with SGR codes at transitions. Blanks at the right that show nothing are left out.
*/
export const paint = (segments: readonly Segment[]): string => {
	let setting = settingOf([], false);
	let text = '';
	/** Blanks that are written only if something follows. */
	let held = '';
	for (const {text: piece, style} of segments) {
		if (piece === '') {
			continue;
		}

		if (!style.isSeenOnBlanks && !setting.isSeenOnBlanks && blank.test(piece)) {
			held += piece;
			continue;
		}

		// Blanks that show nothing only end the look that would show on them.
		const {text: codes, setting: next} = transition(setting, !style.isSeenOnBlanks && blank.test(piece) ? plain : style);
		if (style.isSeenOnBlanks) {
			text += held + codes + piece;
			held = '';
		} else {
			const shown = piece.trimEnd();
			text += held + codes + shown;
			held = piece.slice(shown.length);
		}

		setting = next;
	}

	return text + setting.end;
};
