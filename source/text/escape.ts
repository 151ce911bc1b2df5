/**
Foreign strings made harmless. Process names, paths and interface names are chosen by other programs: written raw, they could move the cursor,
set the title, reverse the line or pretend to be another name.
*/

/**
What must not reach a terminal as it is: control characters (C0, DEL, C1), format characters (bidi controls, zero-width ones, tags), lone
surrogates, line and paragraph separators, all that Unicode calls ignorable (variation selectors, Hangul fillers), and code points without a
character, whose width nobody knows, the private ones of the basic plane among them (the screen uses those for itself). A mark that would combine with whatever stands before the string counts too.
*/
const harmful = /^\p{Mark}+|[\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}\p{Unassigned}\u{E000}-\u{F8FF}]/gv;

const shortEscapes: Readonly<Record<string, string>> = {'\t': String.raw`\t`, '\n': String.raw`\n`, '\r': String.raw`\r`};

/**
A foreign string as it may be written to a terminal: what could do harm or hide becomes a visible escape (`\n`, `\x1b`, `\u202e`, `\u{e0041}`).
Printable ASCII, the backslash included, stays as it is, so escaping twice changes nothing.
*/
export const escapeText = (text: string): string => isPrintableAscii(text) ? text : text.replaceAll(harmful, characters => escapeAll(characters));

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
