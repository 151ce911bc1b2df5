import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {renderToString, Text} from 'ink';
import {createElement} from 'react';
import fc from '../helpers/property.js';
import {
	colours,
	createStyle,
	paint,
	plain,
	type Colour,
	type Style,
} from '../../source/text/paint.js';
import {cellsOf} from '../helpers/emulator-line.js';

const green = createStyle({foreground: 'green'});
const red = createStyle({foreground: 'red'});
const boldGreen = createStyle({foreground: 'green', bold: true});
const dim = createStyle({dim: true});
const bold = createStyle({bold: true});
const reverse = createStyle({reverse: true});

const piece = (text: string, style: Style = plain): {text: string; style: Style} => ({text, style});

const code = (...numbers: readonly number[]): string => `\u{1B}[${numbers.join(';')}m`;
const end = code(0);

test('writes codes only where the style changes, and each sets the complete style', t => {
	t.is(paint([]), '');
	t.is(paint([piece('a'), piece('b')]), 'ab');
	t.is(paint([piece('a', green), piece('b', green), piece('c')]), `${code(0, 32)}ab${end}c`);
	t.is(paint([piece('a', green), piece('b', red)]), `${code(0, 32)}a${code(0, 31)}b${end}`);
	t.is(paint([piece('a', boldGreen), piece('b', green)]), `${code(0, 1, 32)}a${code(0, 32)}b${end}`);
	t.is(paint([piece('a', bold), piece('b', dim)]), `${code(0, 1)}a${code(0, 2)}b${end}`);
});

test('writes no codes for invisible blanks, and drops them at the end', t => {
	t.is(paint([piece('a', green), piece('  '), piece('b', green)]), `${code(0, 32)}a  b${end}`);
	t.is(paint([piece('a  ', green), piece('  ', dim)]), `${code(0, 32)}a${end}`);
	t.is(paint([piece(' '.repeat(3))]), '');
	t.is(paint([piece(' ', reverse), piece('a'), piece('  ')]), `${code(0, 7)} ${end}a`);
});

test('keeps visible blanks', t => {
	t.is(paint([piece('a  ', reverse)]), `${code(0, 7)}a  ${end}`);
	t.is(paint([piece('a', reverse), piece('  ')]), `${code(0, 7)}a${end}`);
	t.is(paint([piece('a', reverse), piece('  '), piece('b', green)]), `${code(0, 7)}a${end}  ${code(0, 32)}b${end}`);
	t.is(paint([piece('a '), piece(' ', createStyle({background: 'blue'}))]), `a ${code(0, 44)} ${end}`);
	t.is(paint([piece('a '), piece(' ', createStyle({underline: true}))]), `a ${code(0, 4)} ${end}`);
});

const colour = fc.constantFrom(undefined, ...Object.keys(colours) as Colour[]);
const style = fc.record({
	foreground: colour, background: colour, bold: fc.boolean(), dim: fc.boolean(), underline: fc.boolean(), reverse: fc.boolean(),
}).map(({foreground, background, ...attributes}) => createStyle({
	...attributes, ...(foreground !== undefined && {foreground}), ...(background !== undefined && {background}),
}));
const segments = fc.array(fc.record({text: fc.constantFrom('a', ' ', '  ', 'bc ', ' d', '', '漢', '…', 'e  f'), style}), {maxLength: 12});

test('keeps the text of all segments, except trailing blanks', t => {
	fc.assert(fc.property(segments, pieces => {
		t.is(stripVTControlCharacters(paint(pieces)).trimEnd(), pieces.map(({text}) => text).join('').trimEnd());
	}));
});

test('Ink shows painted text unchanged', async t => {
	await fc.assert(fc.asyncProperty(segments, async pieces => {
		const painted = paint(pieces);
		// Ink drops codes of a line without text.
		fc.pre(stripVTControlCharacters(painted) !== '');
		t.deepEqual(await cellsOf(renderToString(createElement(Text, undefined, painted), {columns: 100})), await cellsOf(painted));
	}), {numRuns: 100});
});

test('each cell has the style of its segment', async t => {
	await fc.assert(fc.asyncProperty(fc.array(fc.record({text: fc.constantFrom('a', 'bc'), style}), {maxLength: 6}), async pieces => {
		const single = pieces.flatMap(({text, style: {code: set}}) => [...text].map(character => set + character)).join('');
		t.deepEqual(await cellsOf(paint(pieces)), await cellsOf(single));
	}), {numRuns: 100});
});
