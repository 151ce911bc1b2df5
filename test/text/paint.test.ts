import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import {renderToString, Text} from 'ink';
import {createElement} from 'react';
import {
	colours,
	createStyle,
	paint,
	plain,
	type Colour,
	type Style,
} from '../../source/text/paint.js';

const green = createStyle({foreground: 'green'});
const red = createStyle({foreground: 'red'});
const boldGreen = createStyle({foreground: 'green', bold: true});
const dim = createStyle({dim: true});
const bold = createStyle({bold: true});
const reverse = createStyle({reverse: true});

const piece = (text: string, style: Style = plain): {text: string; style: Style} => ({text, style});

test('codes stand at transitions only', t => {
	t.is(paint([]), '');
	t.is(paint([piece('a'), piece('b')]), 'ab');
	t.is(paint([piece('a', green), piece('b', green), piece('c')]), '\u{1B}[32mab\u{1B}[39mc');
	t.is(paint([piece('a', green), piece('b', red)]), '\u{1B}[32ma\u{1B}[31mb\u{1B}[39m');
	t.is(paint([piece('a', boldGreen), piece('b', green)]), '\u{1B}[1m\u{1B}[32ma\u{1B}[22mb\u{1B}[39m');
});

test('bold and dim end together, so the one that stays begins again', t => {
	t.is(paint([piece('a', bold), piece('b', dim)]), '\u{1B}[1ma\u{1B}[22m\u{1B}[2mb\u{1B}[22m');
	t.is(paint([piece('a', createStyle({bold: true, dim: true})), piece('b', dim)]), '\u{1B}[1m\u{1B}[2ma\u{1B}[22m\u{1B}[2mb\u{1B}[22m');
});

test('blanks that show nothing take no codes, and none stand at the right', t => {
	t.is(paint([piece('a', green), piece('  '), piece('b', green)]), '\u{1B}[32ma  b\u{1B}[39m');
	t.is(paint([piece('a  ', green), piece('  ', dim)]), '\u{1B}[32ma\u{1B}[39m');
	t.is(paint([piece(' '.repeat(3))]), '');
	t.is(paint([piece(' ', reverse), piece('a'), piece('  ')]), '\u{1B}[7m \u{1B}[27ma');
});

test('blanks that show stay', t => {
	t.is(paint([piece('a  ', reverse)]), '\u{1B}[7ma  \u{1B}[27m');
	t.is(paint([piece('a', reverse), piece('  ')]), '\u{1B}[7ma\u{1B}[27m');
	t.is(paint([piece('a '), piece(' ', createStyle({background: 'blue'}))]), 'a \u{1B}[44m \u{1B}[49m');
	t.is(paint([piece('a '), piece(' ', createStyle({underline: true}))]), 'a \u{1B}[4m \u{1B}[24m');
});

const colour = fc.constantFrom(undefined, ...Object.keys(colours) as Colour[]);
const style = fc.record({
	foreground: colour, background: colour, bold: fc.boolean(), dim: fc.boolean(), underline: fc.boolean(), reverse: fc.boolean(),
}).map(({foreground, background, ...attributes}) => createStyle({
	...attributes, ...(foreground !== undefined && {foreground}), ...(background !== undefined && {background}),
}));
const segments = fc.array(fc.record({text: fc.constantFrom('a', ' ', '  ', 'bc ', ' d', '', '漢', '…', 'e  f'), style}), {maxLength: 12});

test('the text is that of the pieces, but for blanks at the right', t => {
	fc.assert(fc.property(segments, pieces => {
		t.is(stripVTControlCharacters(paint(pieces)).trimEnd(), pieces.map(({text}) => text).join('').trimEnd());
	}));
});

test('Ink would write it the very same way', t => {
	fc.assert(fc.property(segments, pieces => {
		const painted = paint(pieces);
		// A line that begins with nothing to see has no place in Ink's output.
		fc.pre(stripVTControlCharacters(painted) !== '');
		t.is(renderToString(createElement(Text, undefined, painted), {columns: 100}), painted);
	}), {numRuns: 300});
});
