/** Reads one key after the other from the bytes that a terminal sends. */
import {Buffer} from 'node:buffer';
import {readBackground, type Background} from './background.js';
import {
	altBit,
	controlSequenceKey,
	linuxFunctionKey,
	singleShiftKey,
	withModifiers,
} from './key-sequences.js';
import {mouseReport, type MouseEvent} from './mouse-report.js';

/** What the person did: a key, a text that was pasted, or something with the mouse. */
export type InputEvent =
	MouseEvent | {
		readonly type: 'key';
		/**
		The character itself (`q`, `G`, `é`), or a name in lower case (`enter`, `escape`, `tab`, `space`, `backspace`, `up`, `pagedown`, `f10`), with
		modifiers in front (`ctrl+l`, `alt+x`, `ctrl+shift+up`).
		*/
		readonly name: string;
		/** What to insert where text is being edited; absent for keys that are no characters. */
		readonly text?: string;
	} | {readonly type: 'paste'; readonly text: string};

/** What stands at the start of the bytes: how many they are, and the event or the answer of the terminal, if they make one. */
export type Reading = {readonly length: number; readonly event?: InputEvent; readonly background?: Background};

const escape = '\u{1B}';
export const pasteStart = `${escape}[200~`;
export const pasteEnd = `${escape}[201~`;

/** Bytes; a longer paste loses its end. */
export const longestPaste = 1_000_000;

const controlNames: Readonly<Record<number, string>> = {
	0: 'ctrl+space',
	0x08: 'backspace',
	0x09: 'tab',
	0x0A: 'enter',
	0x0D: 'enter',
	0x1B: 'escape',
	0x1C: 'ctrl+\\',
	0x1D: 'ctrl+]',
	0x1E: 'ctrl+^',
	0x1F: 'ctrl+_',
	0x7F: 'backspace',
};

const key = (name: string, text?: string): InputEvent => ({type: 'key', name, ...(text !== undefined && {text})});

/**
Reads what begins at a place. Undefined when it is not complete. What is no key is swallowed whole: unknown sequences, reports of the focus, answers
to queries, broken UTF-8.

@param bytes One character for each byte.
@param start The place.
*/
export const readInput = (bytes: string, start: number): Reading | undefined => {
	if (start >= bytes.length) {
		return undefined;
	}

	const first = codeAt(bytes, start);
	if (first === 0x1B) {
		return readEscape(bytes, start);
	}

	return isControl(first) ? {length: 1, event: key(controlName(first))} : readCharacter(bytes, start);
};

const codeAt = (bytes: string, index: number): number => bytes.codePointAt(index) ?? 0;

const isPrintable = (bytes: string, index: number): boolean => codeAt(bytes, index) >= 0x20 && codeAt(bytes, index) < 0x7F;

const isControl = (code: number): boolean => code < 0x20 || code === 0x7F;

const controlName = (code: number): string => controlNames[code] ?? `ctrl+${String.fromCodePoint(code + 0x60)}`;

/** A character in UTF-8. Bytes that make none are swallowed, one at a time. */
const readCharacter = (bytes: string, start: number): Reading | undefined => {
	const first = codeAt(bytes, start);
	if (first < 0x80) {
		return {length: 1, event: first === 0x20 ? key('space', ' ') : key(bytes[start], bytes[start])};
	}

	const length = first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2);
	const sequence = bytes.slice(start, start + length);
	if (first < 0xC2 || first > 0xF4 || !/^.[\u{80}-\u{BF}]*$/sv.test(sequence)) {
		return {length: 1};
	}

	if (sequence.length < length) {
		return undefined;
	}

	const text = decode(sequence);
	return /[\p{Control}\u{FFFD}]/v.test(text) ? {length: 1} : {length, event: key(text, text)};
};

const decode = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** What begins with ESC. */
const readEscape = (bytes: string, start: number): Reading | undefined => {
	const next = bytes[start + 1];
	switch (next) {
		case undefined: {
			return undefined;
		}

		case escape: {
			const third = bytes[start + 2];
			if (third === undefined) {
				return undefined;
			}

			// Some terminals put an ESC before the sequence when Alt is held.
			return '[O'.includes(third) ? lengthened(readEscape(bytes, start + 1)) : {length: 1, event: key('escape')};
		}

		// Esc and then Ctrl-C, Ctrl-Z or Ctrl-\ in one read: who wants to leave must not be taken to hold Alt.
		case '\u{03}':
		case '\u{1A}':
		case '\u{1C}': {
			return {length: 1, event: key('escape')};
		}

		case '[': {
			return readControlSequence(bytes, start);
		}

		case 'O': {
			return readSequence(singleShift, bytes, start, ({parameters, final}) => singleShiftKey(parameters, final));
		}

		case ']':
		case 'P':
		case '_':
		case '^':
		case 'X': {
			return readString(bytes, start);
		}

		default: {
			return lengthened(readInput(bytes, start + 1));
		}
	}
};

/** The same with an ESC in front, which stands for Alt. */
const lengthened = (reading: Reading | undefined): Reading | undefined => {
	if (reading?.event?.type !== 'key') {
		return reading && {...reading, length: reading.length + 1};
	}

	const {name} = reading.event;
	// What the Linux console sends for Shift-Tab; Alt-Tab belongs to windows elsewhere.
	const held = name === 'tab' ? 'shift+tab' : addAlternate(name);
	return {length: reading.length + 1, event: key(/(?:^|\+)alt\+/v.test(name) ? name : held)};
};

/** Puts `alt+` where it belongs: after `ctrl+`. */
const addAlternate = (name: string): string => name.startsWith('ctrl+') ? `ctrl+${withModifiers(name.slice('ctrl+'.length), altBit)}` : withModifiers(name, altBit);

type SequenceParts = {readonly parameters: string; readonly final: string};

const control = /(?<parameters>[\u{20}-\u{3F}]*)(?<final>[\u{40}-\u{7E}])?/vy;
/** The rxvt family ends a sequence with `$`, which is no final byte elsewhere. */
const rxvtControl = /(?<parameters>\d+)(?<final>\$)/vy;
const singleShift = /(?<parameters>[\d;]*)(?<final>[\u{40}-\u{7E}])?/vy;

/** What follows `ESC [` or `ESC O`, by its form. A byte that cannot belong to it ends it without a key. */
const readSequence = (form: RegExp, bytes: string, start: number, name: (parts: SequenceParts) => string | undefined): Reading | undefined => {
	form.lastIndex = start + 2;
	const match = form.exec(bytes);
	const {parameters = '', final} = match?.groups ?? {};
	const length = 2 + (match?.[0].length ?? 0);
	if (final === undefined) {
		return start + length === bytes.length ? undefined : {length};
	}

	const found = name({parameters, final});
	// The keypad types characters, too.
	return {length, ...(found !== undefined && {event: key(found, found.length === 1 ? found : undefined)})};
};

/** `ESC [` and what follows. */
const readControlSequence = (bytes: string, start: number): Reading | undefined => {
	const fixed = bytes[start + 2] === '[' ? 4 : (bytes[start + 2] === 'M' ? 6 : undefined);
	if (fixed !== undefined) {
		// The Linux console's F1 to F5, and the mouse reports of X10, which no one asked for: three bytes of any value.
		const name = fixed === 4 ? linuxFunctionKey(bytes[start + 3] ?? '') : undefined;
		return bytes.length - start < fixed ? undefined : {length: fixed, ...(name !== undefined && {event: key(name)})};
	}

	if (bytes.startsWith(pasteStart, start)) {
		return readPaste(bytes, start);
	}

	const report = mouseReport(bytes, start);
	if (report !== undefined) {
		return report;
	}

	rxvtControl.lastIndex = start + 2;
	return readSequence(rxvtControl.test(bytes) ? rxvtControl : control, bytes, start, ({parameters, final}) => controlSequenceKey(parameters, final));
};

const readPaste = (bytes: string, start: number): Reading | undefined => {
	const from = start + pasteStart.length;
	const end = bytes.indexOf(pasteEnd, from);
	if (end === -1) {
		return undefined;
	}

	const [event] = pasteEvents(bytes.slice(from, end));
	return {length: end + pasteEnd.length - start, ...(event !== undefined && {event})};
};

/** A paste is one line here: what separates lines becomes a blank, other controls go. */
const pasteEvents = (bytes: string): InputEvent[] => {
	const text = decode(bytes.slice(0, longestPaste))
		.replaceAll(/[\t\n\r\u{2028}\u{2029}]+/gv, ' ')
		.replaceAll(/[\p{Control}\u{FFFD}]/gv, '')
		.trim();
	return text === '' ? [] : [{type: 'paste', text}];
};

/**
OSC, DCS and the like, up to ST, BEL or CAN: an answer to a query that someone made. Another ESC begins something new, and so do Ctrl-C, Ctrl-Z and Ctrl-\,
which a person presses when an answer has no end.
*/
const readString = (bytes: string, start: number): Reading | undefined => {
	let end = start + 2;
	while (end < bytes.length && !stringEnds.has(bytes[end])) {
		end++;
	}

	if (end + (bytes[end] === escape ? 1 : 0) >= bytes.length) {
		return undefined;
	}

	const ending = bytes[end] === escape ? (bytes[end + 1] === '\\' ? 2 : 0) : (bytes[end] === '\u{07}' || bytes[end] === '\u{18}' ? 1 : 0);
	const background = ending > 0 && bytes.startsWith(backgroundStart, start) ? readBackground(bytes.slice(start + backgroundStart.length, end)) : undefined;
	return {length: end - start + ending, ...(background !== undefined && {background})};
};

const stringEnds: ReadonlySet<string | undefined> = new Set([escape, '\u{07}', '\u{18}', '\u{03}', '\u{1A}', '\u{1C}']);

/** What the answer about the background begins with. */
const backgroundStart = `${escape}]11;`;

/** Whether bytes are, or may become, the start of that answer. */
export const isAnswerStart = (bytes: string): boolean => bytes !== '' && (backgroundStart.startsWith(bytes) || bytes.startsWith(backgroundStart));

/** Bytes; no answer is longer. */
const longestAnswer = 100;

/**
The rest of an answer whose beginning has been given up, because nothing followed it in time.

@param lost The bytes that were given up.
@param bytes What has come since.
@returns What the rest of the answer is; undefined where that is something else.
*/
export const readLateAnswer = (lost: string, bytes: string): Reading | undefined => {
	const whole = lost + bytes;
	const reading = whole.startsWith(backgroundStart) ? readString(whole, 0) : undefined;
	const isAnswer = reading !== undefined && reading.length <= longestAnswer && ['\u{07}', '\\'].includes(whole[reading.length - 1]);
	return isAnswer ? {...reading, length: reading.length - lost.length} : undefined;
};

/** What bytes mean that `readInput` found incomplete, when no more come: a lone ESC is the Esc key, a paste ends here, half a sequence is dropped. */
export const endInput = (open: string): InputEvent[] => {
	if (open.startsWith(pasteStart)) {
		return pasteEvents(open.slice(pasteStart.length));
	}

	if (open === escape) {
		return [key('escape')];
	}

	// Alt and a character that could have begun a sequence.
	if (open.length === 2 && open.startsWith(escape)) {
		return open[1] === escape ? [key('escape'), key('escape')] : (isPrintable(open, 1) ? [key(`alt+${open[1]}`)] : []);
	}

	return [];
};

