/**
Escapes foreign strings. Other programs choose process names, paths and interface names; written raw, these could move the cursor, set the terminal's
title, reverse the line or imitate another name.
*/

import {asciiGlyphs, isAsciiOnly} from './glyphs.js';
import {createLate} from './late.js';

/**
Characters that must not reach a terminal raw: control characters (C0, DEL, C1), format characters (bidi controls, zero-width characters, tags), lone
surrogates, line and paragraph separators, everything that Unicode calls ignorable (variation selectors, Hangul fillers), unassigned code points, whose
width is unknown, and the private use area of the basic plane, which the screen uses internally.
*/
const harmfulCharacter = String.raw`[\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}\p{Unassigned}\u{E000}-\u{F8FF}]`;

const harmfulWithin = createLate(() => new RegExp(harmfulCharacter, 'gv'));

/** Also matches marks at the start of the string: they would combine with whatever is written before it. */
const harmful = createLate(() => new RegExp(String.raw`^\p{Mark}+|${harmfulCharacter}`, 'gv'));

const beyondAscii = /[^\u{20}-\u{7E}]/gv;

/** Characters that a terminal without UTF-8 cannot show and that have no ASCII form. */
const unknownToAscii = createLate(() => new RegExp(String.raw`[^\u{20}-\u{7E}${asciiGlyphs.keys().toArray().join('')}]`, 'gv'));

const shortEscapes: Readonly<Record<string, string>> = {'\t': String.raw`\t`, '\n': String.raw`\n`, '\r': String.raw`\r`};

/**
Escapes a foreign string for a terminal: characters that are harmful, invisible or not displayable become visible escapes (`\n`, `\x1b`, `\u202e`,
`\u{e0041}`). Printable ASCII, including the backslash, stays unchanged, so escaping twice is the same as escaping once.
*/
export const escapeText = (text: string): string =>
	isPrintableAscii(text) ? text : text.replaceAll(isAsciiOnly() ? unknownToAscii() : harmful(), characters => escapeAll(characters));

/** Escapes a part of a line. A last safeguard before the terminal: foreign text should have been escaped before layout. */
export const escapeWithin = (text: string): string => isPrintableAscii(text) ? text : text.replaceAll(harmfulWithin(), characters => escapeAll(characters));

/** Escapes each line of a text and keeps the line breaks. */
export const escapeLines = (text: string): string => text.split('\n').map(line => escapeText(line)).join('\n');

/** Escapes each line of JSON with JSON's own escapes (`\u001b`), so that it stays the same JSON. */
export const escapeJsonLines = (json: string): string => json.split('\n')
	.map(line => isPrintableAscii(line) ? line : line.replaceAll(isAsciiOnly() ? beyondAscii : harmful(), characters => escapeUnits(characters)))
	.join('\n');

/** Whether a text contains only the characters from space to tilde, which take one column each and need no escape. */
export const isPrintableAscii = (text: string): boolean => {
	for (let index = 0; index < text.length; index++) {
		// eslint-disable-next-line unicorn/prefer-code-point -- UTF-16 units are enough to recognize ASCII, at half the cost.
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

/** Escapes each UTF-16 unit, as JSON requires. */
const escapeUnits = (characters: string): string => Array.from({length: characters.length}, (_, index) =>
	// eslint-disable-next-line unicorn/prefer-code-point -- JSON has no escape for a whole code point.
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
Decodes bytes that may be invalid UTF-8, such as a process name that the kernel cut after 15 bytes. Invalid bytes become U+FFFD, so the result is
well-formed and valid in JSON.
*/
export const decodeBytes = (bytes: Uint8Array): string => decoder.decode(bytes);
