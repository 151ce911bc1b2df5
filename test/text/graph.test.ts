import test from 'ava';
import {graphLines} from '../../source/text/graph.js';

test('each line draws its part of the height', t => {
	t.deepEqual(graphLines([1, 2, 3, 4], 4, 2), ['  ▅█', '▅███']);
	t.deepEqual(graphLines([8], 3, 2), ['  █', '  █']);
});

test('one line is a sparkline: zero is the base line, unknown values are blank', t => {
	t.deepEqual(graphLines([0, NaN, 0], 4, 1), [' ▁ ▁']);
	t.deepEqual(graphLines([0, 0], 2, 3), ['  ', '  ', '▁▁']);
	t.deepEqual(graphLines([], 2, 2), ['  ', '  ']);
	t.deepEqual(graphLines([1, 2], 0, 1), ['']);
});
