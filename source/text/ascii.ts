import {asciiGlyphs, isAsciiOnly} from './glyphs.js';
import {graphemes} from './graphemes.js';
import {textWidth} from './width.js';

const beyondAscii = /[^\0-\u{7F}]+/gv;

/** Replaces a run of non-ASCII characters. Those without an ASCII form were escaped earlier; any that remain become `?`, one for each column. */
const translate = (text: string): string => Array.from(graphemes(text), ({segment}) => asciiGlyphs.get(segment) ?? '?'.repeat(textWidth(segment))).join('');

/** Converts laid-out text to ASCII of the same width. */
export const toAscii = (text: string): string => text.replaceAll(beyondAscii, run => translate(run));

/** Like `inWrittenCharacters`, for running text whose width may change: `…` becomes `...`. */
export const proseInWrittenCharacters = (text: string): string => isAsciiOnly() ? toAscii(text.replaceAll('…', '...')) : text;

/** The last step before text is written: returns it unchanged, or as ASCII of the same width if only ASCII may be written. */
export const inWrittenCharacters = (text: string): string => isAsciiOnly() ? toAscii(text) : text;
