import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import ts from 'typescript';
import {inWrittenCharacters, toAscii} from '../../source/text/ascii.js';
import {escapeJsonLines, escapeText} from '../../source/text/escape.js';
import {asciiGlyphs, writeAsciiOnly} from '../../source/text/glyphs.js';
import {textWidth} from '../../source/text/width.js';
import fc from '../helpers/property.js';

const source = path.join(import.meta.dirname, '..', '..', 'source');

/** Non-ASCII characters in the strings of a source file. */
const writtenIn = (file: string): ReadonlySet<string> => {
	const characters = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isJsxText(node)) {
			for (const character of node.text) {
				if (character > '\u{9F}') {
					characters.add(character);
				}
			}
		}

		ts.forEachChild(node, visit);
	};

	visit(ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
	return characters;
};

/** Characters in strings that are never written: bounds of the private use area, the placeholders of a frame, and the bytes of a byte order mark. */
const unwritten: ReadonlySet<string> = new Set(['\u{E000}', '\u{E001}', '\u{F8FF}', '\u{EF}', '\u{BB}', '\u{BF}']);

test('each character that the program itself writes has an ASCII form', t => {
	const written = fs.globSync('**/*.{ts,tsx}', {cwd: source}).flatMap(name => [...writtenIn(path.join(source, name))].map(character => ({character, name})));
	const missing = written
		.filter(({character}) => !asciiGlyphs.has(character) && !unwritten.has(character))
		.map(({character, name}) => `${character} (U+${character.codePointAt(0)?.toString(16)}) in ${name}`);
	t.deepEqual(missing, []);
	const used = new Set(written.map(({character}) => character));
	t.deepEqual(asciiGlyphs.keys().filter(glyph => !used.has(glyph)).toArray(), [], 'no other character has one');
});

test('both forms take one column', t => {
	for (const [glyph, ascii] of asciiGlyphs) {
		t.is(textWidth(glyph), 1, glyph);
		t.regex(ascii, /^[\u{20}-\u{7E}]$/v);
	}
});

test('the result is ASCII of the same width', t => {
	const unit = fc.constantFrom('a', ' ', 'é', 'e\u{301}', '漢', '🙂', '👨‍👩‍👧', ...asciiGlyphs.keys());
	fc.assert(fc.property(fc.array(unit), parts => {
		const text = parts.join('');
		t.regex(toAscii(text), /^[\u{20}-\u{7E}]*$/v);
		t.is(textWidth(toAscii(text)), textWidth(text));
	}));
	t.is(toAscii('\u{1B}[1m● ESTAB ⇄ 漢…\u{1B}[0m\n'), '\u{1B}[1m@ ESTAB = ??~\u{1B}[0m\n');
});

test.serial('in ASCII mode, foreign text is escaped before layout and the program\'s own characters are replaced afterwards', t => {
	t.is(escapeText('naïve ⇄ 漢\u{1B}'), String.raw`naïve ⇄ 漢\x1b`);
	t.is(inWrittenCharacters('⇄'), '⇄');
	writeAsciiOnly();
	t.is(escapeText('naïve ⇄ 漢\u{1B}🙂'), String.raw`na\xefve ⇄ \u6f22\x1b\u{1f642}`);
	t.is(inWrittenCharacters(escapeText('naïve ⇄ nginx…')), String.raw`na\xefve = nginx~`);
	t.deepEqual(JSON.parse(escapeJsonLines(JSON.stringify({name: 'naïve 🙂'}))), {name: 'naïve 🙂'});
	t.is(escapeJsonLines('"ï"'), String.raw`"\u00ef"`);
});
