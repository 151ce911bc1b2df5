import test from 'ava';
import stringWidth from 'string-width';
import fc from '../helpers/property.js';
import {escapeText} from '../../source/text/escape.js';
import {
	alignLeft,
	alignRight,
	cutEnd,
	cutMiddle,
	textWidth,
} from '../../source/text/width.js';

const text = fc.oneof(fc.string(), fc.string({unit: 'grapheme'}), fc.string({unit: 'binary'}).map(foreign => escapeText(foreign)));
const width = fc.nat({max: 30});

test('counts columns', t => {
	t.is(textWidth('abc'), 3);
	t.is(textWidth(''), 0);
	t.is(textWidth('漢字'), 4);
	t.is(textWidth('e\u{301}'), 1);
	t.is(textWidth('👩‍👧'), 2);
});

test('counts columns as string-width does for all characters', t => {
	fc.assert(fc.property(text, value => {
		t.is(textWidth(value), stringWidth(value));
	}));
	for (let code = 0x20; code < 0x30_00; code++) {
		const character = String.fromCodePoint(code);
		t.is(textWidth(character), stringWidth(character), code.toString(16));
		t.is(textWidth(`a${character}b`), stringWidth(`a${character}b`), code.toString(16));
	}
});

test('cuts the end', t => {
	t.is(cutEnd('abcdef', 6), 'abcdef');
	t.is(cutEnd('abcdef', 5), 'abcd…');
	t.is(cutEnd('abcdef', 1), '…');
	t.is(cutEnd('abcdef', 0), '');
	t.is(cutEnd('漢字漢字', 6), '漢字…');
	t.is(cutEnd('e\u{301}e\u{301}e\u{301}', 2), 'e\u{301}…');
});

test('cuts the middle', t => {
	t.is(cutMiddle('abcdef', 6), 'abcdef');
	t.is(cutMiddle('abcdef', 5), 'ab…ef');
	t.is(cutMiddle('abcdef', 4), 'ab…f');
	t.is(cutMiddle('abcdef', 2), 'a…');
	t.is(cutMiddle('abcdef', 1), '…');
	t.is(cutMiddle('abcdef', 0), '');
	t.is(cutMiddle('漢字漢字', 7), '漢…字');
});

test('aligns', t => {
	t.is(alignLeft('ab', 4), 'ab  ');
	t.is(alignRight('ab', 4), '  ab');
	t.is(alignRight('abcde', 4), 'abc…');
	t.is(alignLeft('漢字漢', 4), '漢… ');
	t.is(alignLeft('ab', 0), '');
});

test('cut text fits the width, and aligned text fills it exactly', t => {
	fc.assert(fc.property(text, width, (value, columns) => {
		const isFits = stringWidth(value) <= columns;
		for (const cut of [cutEnd(value, columns), cutMiddle(value, columns)]) {
			t.true(stringWidth(cut) <= columns);
			t.is(cut === value, isFits);
		}

		t.is(stringWidth(alignLeft(value, columns)), columns);
		t.is(stringWidth(alignRight(value, columns)), columns);
	}));
});

test('cuts whole graphemes', t => {
	const segmenter = new Intl.Segmenter();
	const grapheme = fc.constantFrom('a', 'é', 'e\u{301}', '漢', '👩‍👧', '🇩🇪', '각');
	fc.assert(fc.property(fc.array(grapheme, {maxLength: 12}), width, (graphemes, columns) => {
		const whole = new Set([...graphemes, '…']);
		const value = graphemes.join('');
		for (const cut of [cutEnd(value, columns), cutMiddle(value, columns)]) {
			t.true([...segmenter.segment(cut)].every(({segment}) => whole.has(segment)));
		}
	}));
});
