import test from 'ava';
import fc from '../helpers/property.js';
import {createStyle, paint, type Segment} from '../../source/text/paint.js';
import {repaint} from '../../source/text/repaint.js';
import {textWidth} from '../../source/text/width.js';
import {cellsOf, lineColumns} from '../helpers/emulator-line.js';

const styles = [
	createStyle({}), createStyle({foreground: 'red'}), createStyle({reverse: true}), createStyle({bold: true, background: 'blue'}), createStyle({underline: true}),
];
const [plain, red, reversed] = styles;

const piece = (text: string, style = plain): Segment => ({text, style});

test('writes nothing for an equal line', t => {
	const line = paint([piece('ESTAB '), piece('12', red)]);
	t.is(repaint(line, line), '');
});

test('writes only what differs if the rest has not moved', t => {
	t.is(repaint('ESTAB   12  10.0.0.1:80', 'ESTAB  112  10.0.0.1:80'), '\u{1B}[8G1');
	t.is(repaint(paint([piece('ab '), piece('12', red), piece(' cd')]), paint([piece('ab '), piece('13', red), piece(' cd')])), '\u{1B}[5G\u{1B}[0;31m3\u{1B}[0m');
	t.is(repaint(paint([piece('ab '), piece('12', red), piece(' cd')]), paint([piece('ab '), piece('12'), piece(' cd')])), '\u{1B}[4G12');
});

test('rewrites the rest of the line if it has moved', t => {
	t.is(repaint('nginx ESTAB', 'nginx LISTEN'), '\u{1B}[7G\u{1B}[KLISTEN');
	t.is(repaint('nginx ESTAB', 'nginx'), '\u{1B}[6G\u{1B}[K');
	t.is(repaint('', 'nginx'), '\u{1B}[1G\u{1B}[Knginx');
	t.is(repaint(paint([piece('a  ', reversed)]), paint([piece('a', reversed)])), '\u{1B}[2G\u{1B}[K\u{1B}[0;7m\u{1B}[0m');
});

test('does not split characters of several code points', t => {
	t.is(repaint('e ', 'e\u{301} '), '\u{1B}[1G\u{1B}[Ke\u{301} ');
	t.is(repaint('漢字', '漢語'), '\u{1B}[1G\u{1B}[K漢語');
});

const text = fc.constantFrom('a', ' ', '  ', 'bc ', ' d', '漢', '…', 'e  f', 'e\u{301}', '👍', '443', '80', '⇄');
const line = fc.array(fc.record({text, style: fc.constantFrom(...styles)}), {maxLength: 12}).map(pieces => {
	const kept: Segment[] = [];
	let width = 0;
	for (const segment of pieces) {
		width += textWidth(segment.text);
		if (width <= lineColumns) {
			kept.push(segment);
		}
	}

	return kept;
});

test('the terminal shows the same line as if it were written to an empty one', async t => {
	const changes = fc.tuple(line, line, fc.nat({max: 8}), fc.nat({max: 8})).map(([a, b, start, end]) => [
		a, [...a.slice(0, start), ...b.slice(0, 2), ...a.slice(start + 2, a.length - end)],
	] as const).filter(([, b]) => b.reduce((width, segment) => width + textWidth(segment.text), 0) <= lineColumns);
	await fc.assert(fc.asyncProperty(fc.oneof(fc.tuple(line, line), changes), async ([a, b]) => {
		const [previous, next] = [paint(a), paint(b)];
		t.deepEqual(await cellsOf(previous + repaint(previous, next)), await cellsOf(next), JSON.stringify([previous, next]));
	}), {numRuns: 500});
});

test('keeps the last character of a full line', async t => {
	const [previous, next] = ['x'.repeat(lineColumns), `y${'x'.repeat(lineColumns - 1)}`];
	t.deepEqual(await cellsOf(previous + repaint(previous, next)), await cellsOf(next));
	t.deepEqual(await cellsOf(next.slice(0, -1) + repaint(next.slice(0, -1), next)), await cellsOf(next));
});
