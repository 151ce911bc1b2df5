import test from 'ava';
import {dropSegments, piece} from '../../../source/screen/look/segments.js';

test('dropping columns at the start does not move the rest', t => {
	const textOf = (width: number, ...texts: readonly string[]): string => dropSegments(texts.map(text => piece(text)), width).map(({text}) => text).join('');
	t.is(textOf(0, 'abc'), 'abc');
	t.is(textOf(2, 'abc', 'd'), 'cd');
	t.is(textOf(4, 'abc', 'def'), 'ef');
	t.is(textOf(9, 'abc', 'def'), '');
	t.is(textOf(3, '漢字', 'x'), ' x', 'half of a wide character is a blank');
	t.is(textOf(2, '漢字'), '字');
});
