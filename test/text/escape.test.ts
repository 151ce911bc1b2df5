import test from 'ava';
import fc from '../helpers/property.js';
import {
	decodeBytes,
	escapeJsonLines,
	escapeLines,
	escapeText,
	escapeWithin,
	isPrintableAscii,
} from '../../source/text/escape.js';

const controls = ['\0', '\n', '\u{1B}', '[', '\u{7F}', '\u{9B}'];
const invisible = ['\u{AD}', '\u{301}', '\u{61C}', '\u{200B}', '\u{200F}', '\u{2028}', '\u{202E}', '\u{2069}', '\u{FE0F}', '\u{FEFF}', '\u{E0041}'];
const others = ['\u{D800}', '\u{DC00}', '\u{FFFE}', 'é', '漢', '😀', '\\', 'a'];
const hostile = fc.oneof(fc.string({unit: 'binary'}), fc.string({unit: fc.constantFrom(...controls, ...invisible, ...others)}));

test('leaves printable ASCII unchanged', t => {
	const text = String.raw`a\nb ~{}/*`;
	t.is(escapeText(text), text);
	t.is(escapeText(''), '');
	t.true(isPrintableAscii(' ~'));
	t.false(isPrintableAscii('\u{7F}'));
	t.false(isPrintableAscii('\u{1F}'));
});

const escapes: ReadonlyArray<readonly [string, string]> = [
	['a\tb\nc\rd', String.raw`a\tb\nc\rd`],
	['\0\u{1B}[2J\u{7F}\u{9B}', String.raw`\x00\x1b[2J\x7f\x9b`],
	['nginx\u{202E}xnign\u{2066}\u{61C}\u{200E}', String.raw`nginx\u202exnign\u2066\u061c\u200e`],
	['a\u{200B}b\u{FEFF}c\u{2028}d\u{2029}', String.raw`a\u200bb\ufeffc\u2028d\u2029`],
	['a\u{D800}b\u{DFFF}', String.raw`a\ud800b\udfff`],
	['☺\u{FE0F}\u{E0041}\u{E0100}', String.raw`☺\ufe0f\u{e0041}\u{e0100}`],
	['\u{600}\u{FFF9}\u{FFFB}', String.raw`\u0600\ufff9\ufffb`],
	['\u{3164}\u{115F}\u{FFFF}', String.raw`\u3164\u115f\uffff`],
	['é漢😀', 'é漢😀'],
	['\u{301}\u{302}x', String.raw`\u0301\u0302x`],
	['e\u{301}', 'e\u{301}'],
];

for (const [foreign, visible] of escapes) {
	test(`${JSON.stringify(foreign)} becomes ${visible}`, t => {
		t.is(escapeText(foreign), visible);
	});
}

test('keeps line breaks, and combining marks within a line', t => {
	t.is(escapeLines('a\u{1B}b\n\u{301}\tc\n'), String.raw`a\x1bb` + '\n' + String.raw`\u0301\tc` + '\n');
	t.is(escapeWithin('\u{301}x\u{1B}\u{202E}\u{E000}'), '\u{301}' + String.raw`x\x1b\u202e\ue000`);
});

test('escaped JSON is harmless and parses to the same values', t => {
	fc.assert(fc.property(fc.dictionary(hostile, hostile), record => {
		const wellFormed = Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toWellFormed(), value.toWellFormed()]));
		const json = JSON.stringify(wellFormed);
		const escaped = escapeJsonLines(`${json}\n`);
		t.deepEqual(JSON.parse(escaped), wellFormed);
		t.is(escapeText(escaped.slice(0, -1)), escaped.slice(0, -1));
	}));
});

/** Written as numbers, independent of the character classes in the code. */
const harmful: ReadonlyArray<readonly [number, number]> = [
	[0, 0x1F],
	[0x7F, 0x9F],
	[0xAD, 0xAD],
	[0x6_1C, 0x6_1C],
	[0x18_0B, 0x18_0F],
	[0x20_0B, 0x20_0F],
	[0x20_28, 0x20_2E],
	[0x20_60, 0x20_6F],
	[0xD8_00, 0xDF_FF],
	[0xFE_00, 0xFE_0F],
	[0xFE_FF, 0xFE_FF],
	[0xFF_F9, 0xFF_FB],
	[0xE_00_00, 0xE_0F_FF],
];

const isHarmful = (code: number): boolean => harmful.some(([first, last]) => first <= code && code <= last);

test('leaves no harmful or invisible character', t => {
	fc.assert(fc.property(hostile, foreign => {
		const visible = escapeText(foreign);
		t.false(Array.from(visible, character => character.codePointAt(0) ?? 0).some(code => isHarmful(code)));
		t.true(visible.isWellFormed());
		t.is(escapeText(visible), visible);
	}));
});

test('decodes invalid UTF-8 to replacement characters', t => {
	t.is(decodeBytes(new Uint8Array([0x61, 0xFF, 0x62])), 'a\u{FFFD}b');
	t.is(decodeBytes(new TextEncoder().encode('\u{FEFF}é漢\u{1B}')), '\u{FEFF}é漢\u{1B}');
	fc.assert(fc.property(fc.uint8Array(), bytes => {
		t.true(decodeBytes(bytes).isWellFormed());
	}));
});
