/** Parses the bytes that a terminal sends into keys, pastes and mouse events, one at a time. */
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

/** An input of the user: a key, a paste or a mouse action. */
export type TypedEvent =
	MouseEvent | {
		readonly type: 'key';
		/**
		The character itself (`q`, `G`, `é`) or a name in lower case (`enter`, `escape`, `tab`, `space`, `backspace`, `up`, `pagedown`, `f10`), preceded by
		modifiers (`ctrl+l`, `alt+x`, `ctrl+shift+up`).
		*/
		readonly name: string;
		/** The text to insert in a line of text; absent for keys that are not characters. */
		readonly text?: string;
	} | {readonly type: 'paste'; readonly text: string};

/** An input event. The terminal also reports whether its window is looked at, where it was asked to. */
export type InputEvent = TypedEvent | {readonly type: 'focus'; readonly isFocused: boolean};

/** A parsed sequence: its length in bytes, and the event or the terminal's reply that it contains, if any. */
export type Reading = {readonly length: number; readonly event?: InputEvent; readonly background?: Background};

const escape = '\u{1B}';
export const pasteStart = `${escape}[200~`;
export const pasteEnd = `${escape}[201~`;

/** Maximum bytes of a paste; a longer one is truncated. */
export const maxPasteLength = 1_000_000;

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
Parses the sequence at an index; undefined if it is incomplete. Sequences that are not input are skipped whole: unknown sequences, replies to queries,
invalid UTF-8.

@param bytes One character per byte.
@param start Index of the first byte.
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

/** Parses a character in UTF-8. Invalid bytes are skipped one at a time. */
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

/** Parses a sequence that starts with ESC. */
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

			// Some terminals send an ESC before the sequence when Alt is held.
			return '[O'.includes(third) ? withAlt(readEscape(bytes, start + 1)) : {length: 1, event: key('escape')};
		}

		// Esc followed by Ctrl-C, Ctrl-Z or Ctrl-\ in one read: two keys, not one with Alt, so that quitting and suspending always work.
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
			return withAlt(readInput(bytes, start + 1));
		}
	}
};

/** The same with an ESC in front, which means Alt. */
const withAlt = (reading: Reading | undefined): Reading | undefined => {
	if (reading?.event?.type !== 'key') {
		return reading && {...reading, length: reading.length + 1};
	}

	const {name} = reading.event;
	// The Linux console sends ESC Tab for Shift-Tab. Elsewhere the window manager uses Alt-Tab.
	const held = name === 'tab' ? 'shift+tab' : addAlternate(name);
	return {length: reading.length + 1, event: key(/(?:^|\+)alt\+/v.test(name) ? name : held)};
};

/** Adds `alt+` after `ctrl+`, where names have it. */
const addAlternate = (name: string): string => name.startsWith('ctrl+') ? `ctrl+${withModifiers(name.slice('ctrl+'.length), altBit)}` : withModifiers(name, altBit);

type SequenceParts = {readonly parameters: string; readonly final: string};

const control = /(?<parameters>[\u{20}-\u{3F}]*)(?<final>[\u{40}-\u{7E}])?/vy;
/** Sequences of rxvt end with `$`, which is not a final byte elsewhere. */
const rxvtControl = /(?<parameters>\d+)(?<final>\$)/vy;
const singleShift = /(?<parameters>[\d;]*)(?<final>[\u{40}-\u{7E}])?/vy;

/** Parses what follows `ESC [` or `ESC O` with the given pattern. An invalid byte ends the sequence without a key. */
const readSequence = (form: RegExp, bytes: string, start: number, name: (parts: SequenceParts) => string | undefined): Reading | undefined => {
	form.lastIndex = start + 2;
	const match = form.exec(bytes);
	const {parameters = '', final} = match?.groups ?? {};
	const length = 2 + (match?.[0].length ?? 0);
	if (final === undefined) {
		return start + length === bytes.length ? undefined : {length};
	}

	const found = name({parameters, final});
	// The keypad also types characters.
	return {length, ...(found !== undefined && {event: key(found, found.length === 1 ? found : undefined)})};
};

/** Parses a sequence that starts with `ESC [`. */
const readControlSequence = (bytes: string, start: number): Reading | undefined => {
	const fixed = bytes[start + 2] === '[' ? 4 : (bytes[start + 2] === 'M' ? 6 : undefined);
	if (fixed !== undefined) {
		// F1 to F5 of the Linux console, and X10 mouse reports: three bytes of any value. The latter are not requested, but skipped if they arrive.
		const name = fixed === 4 ? linuxFunctionKey(bytes[start + 3] ?? '') : undefined;
		return bytes.length - start < fixed ? undefined : {length: fixed, ...(name !== undefined && {event: key(name)})};
	}

	if (bytes.startsWith(pasteStart, start)) {
		return readPaste(bytes, start);
	}

	const focus = bytes[start + 2];
	if (focus === 'I' || focus === 'O') {
		return {length: 3, event: {type: 'focus', isFocused: focus === 'I'}};
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

/** A paste becomes one line: line breaks and tabs become spaces, other control characters are removed. */
const pasteEvents = (bytes: string): InputEvent[] => {
	const text = decode(bytes.slice(0, maxPasteLength))
		.replaceAll(/[\t\n\r\u{2028}\u{2029}]+/gv, ' ')
		.replaceAll(/[\p{Control}\u{FFFD}]/gv, '')
		.trim();
	return text === '' ? [] : [{type: 'paste', text}];
};

/**
Parses OSC, DCS and similar strings up to ST, BEL or CAN: replies to queries. An ESC that does not begin ST ends the string and starts a new sequence. So do
Ctrl-C, Ctrl-Z and Ctrl-\, which a user presses when a reply has no end.
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

/** The start of the reply to the background query. */
const backgroundStart = `${escape}]11;`;

/** Whether bytes are, or may become, the start of that reply. */
export const isAnswerStart = (bytes: string): boolean => bytes !== '' && (backgroundStart.startsWith(bytes) || bytes.startsWith(backgroundStart));

/** Maximum bytes of a reply. */
const maxReplyLength = 100;

/**
Parses the rest of a reply whose start was flushed because nothing followed it in time.

@param lost The bytes that were flushed.
@param bytes The bytes that have arrived since.
@returns The reply, with the length of its rest; undefined if the bytes are not the rest of a reply.
*/
export const readLateAnswer = (lost: string, bytes: string): Reading | undefined => {
	const whole = lost + bytes;
	const reading = whole.startsWith(backgroundStart) ? readString(whole, 0) : undefined;
	const isAnswer = reading !== undefined && reading.length <= maxReplyLength && ['\u{07}', '\\'].includes(whole[reading.length - 1]);
	return isAnswer ? {...reading, length: reading.length - lost.length} : undefined;
};

/** Returns the events of an incomplete sequence when no more bytes follow: a lone ESC is the Esc key, a paste ends here, any other partial sequence is dropped. */
export const endInput = (open: string): InputEvent[] => {
	if (open.startsWith(pasteStart)) {
		return pasteEvents(open.slice(pasteStart.length));
	}

	if (open === escape) {
		return [key('escape')];
	}

	// Alt and a character that could also have started a sequence.
	if (open.length === 2 && open.startsWith(escape)) {
		return open[1] === escape ? [key('escape'), key('escape')] : (isPrintable(open, 1) ? [key(`alt+${open[1]}`)] : []);
	}

	return [];
};

