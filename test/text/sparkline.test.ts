import test from 'ava';
import fc from '../helpers/property.js';
import {sparkline} from '../../source/text/sparkline.js';

test('draws the newest value at the right, and missing values as blanks', t => {
	t.is(sparkline([0, 7], 4), '  ▁█');
	t.is(sparkline([7, 0, NaN, 7], 3), '▁ █');
	t.is(sparkline([], 3), ' '.repeat(3));
	t.is(sparkline([NaN], 2), '  ');
	t.is(sparkline([1, 2], 0), '');
});

test('draws zero as the base line, and any larger value above it', t => {
	t.is(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8), '▁▂▃▄▅▆▇█');
	t.is(sparkline([0, 0.001, 1000], 3), '▁▂█');
	t.is(sparkline([0, 0], 2), '▁▁');
});

test('scales to the largest value shown, or to the given maximum', t => {
	t.is(sparkline([1000, 1, 0], 2), '█▁');
	t.is(sparkline([1, 2, 20], 3, 10), '▂▃█');
	t.is(sparkline([1], 1, 0), '█');
});

const history = fc.array(fc.double());
const maximumOrNone = fc.option(fc.double(), {nil: undefined});

test('is exactly as wide as asked for all values', t => {
	fc.assert(fc.property(history, fc.nat({max: 50}), maximumOrNone, (values, width, maximum) => {
		const graph = sparkline(values, width, maximum);
		t.is(graph.length, width);
		t.regex(graph, /^[ ▁▂▃▄▅▆▇█]*$/v);
	}));
});
