import {asciiGlyphs, isAsciiOnly} from './glyphs.js';
import {graphemes} from './graphemes.js';
import {textWidth} from './width.js';

const beyondAscii = /[^\0-\u{7F}]+/gv;

/** A stretch of text without ASCII. What has no form of its own was escaped before; here it keeps at least its columns. */
const translate = (text: string): string => Array.from(graphemes(text), ({segment}) => asciiGlyphs.get(segment) ?? '?'.repeat(textWidth(segment))).join('');

/** A text, already laid out, as ASCII of the same width. */
export const toAscii = (text: string): string => text.replaceAll(beyondAscii, stretch => translate(stretch));

/** The same for text that keeps no columns. */
export const proseInWrittenCharacters = (text: string): string => isAsciiOnly() ? toAscii(text.replaceAll('…', '...')) : text;

/** The last step of everything that is written for people: as it is, or as ASCII of the same width. */
export const inWrittenCharacters = (text: string): string => isAsciiOnly() ? toAscii(text) : text;
