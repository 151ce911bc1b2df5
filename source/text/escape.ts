/**
Foreign strings made harmless. Process names, paths and interface names are chosen by other programs: written raw, they could move the cursor,
set the title, reverse the line or pretend to be another name.
*/

import {asciiGlyphs, isAsciiOnly} from './glyphs.js';

/**
What must not reach a terminal as it is: control characters (C0, DEL, C1), format characters (bidi controls, zero-width ones, tags), lone
surrogates, line and paragraph separators, all that Unicode calls ignorable (variation selectors, Hangul fillers), and code points without a
character, whose width nobody knows, the private ones of the basic plane among them (the screen uses those for itself).
*/
const harmfulCharacter = String.raw`[\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}\p{Unassigned}\u{E000}-\u{F8FF}]`;

const harmfulWithin = new RegExp(harmfulCharacter, 'gv');

/** A mark that would combine with whatever is before the string counts too. */
const harmful = new RegExp(String.raw`^\p{Mark}+|${harmfulCharacter}`, 'gv');

const beyondAscii = /[^\u{20}-\u{7E}]/gv;

/** What a terminal without UTF-8 cannot show: all but ASCII, and but what has a form of ASCII. */
const unknownToAscii = new RegExp(String.raw`[^\u{20}-\u{7E}${asciiGlyphs.keys().toArray().join('')}]`, 'gv');

const shortEscapes: Readonly<Record<string, string>> = {'\t': String.raw`\t`, '\n': String.raw`\n`, '\r': String.raw`\r`};

/**
A foreign string as it may be written to a terminal: what could do harm or hide, or what the terminal cannot show, becomes a visible escape (`\n`, `\x1b`,
`\u202e`, `\u{e0041}`). Printable ASCII, the backslash included, stays as it is, so escaping twice changes nothing.
*/
export const escapeText = (text: string): string =>
	isPrintableAscii(text) ? text : text.replaceAll(isAsciiOnly() ? unknownToAscii : harmful, characters => escapeAll(characters));

/** A part of a line that holds foreign text: the last net before the terminal, for what was escaped before it was laid out. */
export const escapeWithin = (text: string): string => isPrintableAscii(text) ? text : text.replaceAll(harmfulWithin, characters => escapeAll(characters));

/** Lines of text, each made harmless. */
export const escapeLines = (text: string): string => text.split('\n').map(line => escapeText(line)).join('\n');

/** Lines of JSON, each with what is not harmless in the form that JSON has for it. */
export const escapeJsonLines = (json: string): string => json.split('\n')
	.map(line => isPrintableAscii(line) ? line : line.replaceAll(isAsciiOnly() ? beyondAscii : harmful, characters => escapeUnits(characters)))
	.join('\n');

/** Whether a text consists of the characters from space to tilde: one column each, nothing to escape. */
export const isPrintableAscii = (text: string): boolean => {
	for (let index = 0; index < text.length; index++) {
		// eslint-disable-next-line unicorn/prefer-code-point -- UTF-16 units are enough to tell ASCII, and half the work.
		const code = text.charCodeAt(index);
		if (code < 0x20 || code > 0x7E) {
			return false;
		}
	}

	return true;
};

const escapeAll = (characters: string): string => {
	let escaped = '';
	for (const character of characters) {
		escaped += shortEscapes[character] ?? escapeCodePoint(character.codePointAt(0) ?? 0);
	}

	return escaped;
};

/** By UTF-16 units, as JSON counts. */
const escapeUnits = (characters: string): string => Array.from({length: characters.length}, (_, index) =>
	// eslint-disable-next-line unicorn/prefer-code-point -- JSON has no form for a whole code point.
	String.raw`\u${characters.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');

const escapeCodePoint = (code: number): string => {
	const digits = code.toString(16);
	if (code <= 0xFF) {
		return String.raw`\x${digits.padStart(2, '0')}`;
	}

	return code <= 0xFF_FF ? String.raw`\u${digits.padStart(4, '0')}` : String.raw`\u{${digits}}`;
};

const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

/**
The text of bytes that may not be UTF-8, such as a process name that the kernel cut after 15 bytes. Invalid bytes become U+FFFD, so that the result
is well-formed and JSON can carry it.
*/
export const decodeBytes = (bytes: Uint8Array): string => decoder.decode(bytes);
