import test from 'ava';
import fc from '../../helpers/property.js';
import {
	editLine,
	insertText,
	lineOf,
	type Line,
	type LineCommand,
} from '../../../source/screen/state/line.js';

/** A line with `|` at the cursor. */
const parse = (text: string): Line => ({text: text.replace('|', ''), cursor: text.indexOf('|')});
const print = ({text, cursor}: Line): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

const edits = test.macro({
	exec(t, command: LineCommand, before: string, after: string) {
		t.is(print(editLine(parse(before), command)), after);
	},
	title: (_, command: LineCommand, before: string, after: string) => `${command}: ${before} → ${after}`,
});

test(edits, 'lineLeft', 'ab|c', 'a|bc');
test(edits, 'lineLeft', '|abc', '|abc');
test(edits, 'lineLeft', 'a👨‍👩‍👧|b', 'a|👨‍👩‍👧b');
test(edits, 'lineRight', 'a|bc', 'ab|c');
test(edits, 'lineRight', 'abc|', 'abc|');
test(edits, 'lineRight', 'a|e\u{301}b', 'ae\u{301}|b');
test(edits, 'lineStart', 'ab|c', '|abc');
test(edits, 'lineEnd', 'a|bc', 'abc|');
test(edits, 'deleteLeft', 'ab|c', 'a|c');
test(edits, 'deleteLeft', '|abc', '|abc');
test(edits, 'deleteLeft', '漢字|x', '漢|x');
test(edits, 'deleteRight', 'a|bc', 'a|c');
test(edits, 'deleteRight', 'abc|', 'abc|');
test(edits, 'deleteWord', 'port 443  |x', 'port |x');
test(edits, 'deleteWord', 'port|', '|');
test(edits, 'deleteToStart', 'ab|c', '|c');
test(edits, 'deleteToEnd', 'a|bc', 'a|');

test('text is inserted at the cursor', t => {
	t.is(print(insertText(parse('a|d'), 'bc')), 'abc|d');
	t.is(print(lineOf('abc')), 'abc|');
});

test('the length of a line is bounded, and characters are not split', t => {
	const {text} = insertText(insertText(lineOf(''), 'x'.repeat(999)), '🙂'.repeat(10));
	t.true(text.length <= 1000);
	t.true(text.isWellFormed());
	t.is(insertText(lineOf('x'.repeat(1000)), 'y').text.length, 1000);
});

const command = fc.constantFrom<LineCommand>(
	'lineLeft', 'lineRight', 'lineStart', 'lineEnd', 'deleteLeft', 'deleteRight', 'deleteWord', 'deleteToStart', 'deleteToEnd',
);
const step = fc.oneof(command, fc.string({unit: 'grapheme', maxLength: 5}).map(text => ({text})));

test('after any edits, the cursor is between characters of the line', t => {
	fc.assert(fc.property(fc.array(step), steps => {
		let line = lineOf('');
		for (const each of steps) {
			line = typeof each === 'string' ? editLine(line, each) : insertText(line, each.text);
			t.true(line.cursor >= 0 && line.cursor <= line.text.length);
			t.true(line.text.slice(0, line.cursor).isWellFormed());
		}
	}));
});
