import test from 'ava';
import fc from '../helpers/property.js';
import {
	median,
	quantile,
	ratioOf,
	takeTurns,
} from '../../bench/measure/statistics.js';

test('the median is the middle value in any order', t => {
	t.is(median([3, 1, 2]), 2);
	t.is(median([4, 1, 3, 2]), 2.5);
	t.is(median([7]), 7);
	t.notThrows(() => {
		fc.assert(fc.property(fc.array(fc.integer(), {minLength: 1}), values => {
			const middle = median(values);
			return values.filter(value => value < middle).length <= values.length / 2 && values.filter(value => value > middle).length <= values.length / 2;
		}));
	});
});

test('a quantile is one of the values', t => {
	const values = Array.from({length: 100}, (_, index) => 100 - index);
	t.is(quantile(values, 0.99), 99);
	t.is(quantile(values, 1), 100);
	t.is(quantile(values, 0), 1);
	t.is(quantile([5], 0.25), 5);
});

test('a ratio is that of medians, its spread that of rounds', t => {
	t.deepEqual(ratioOf([10, 20, 30, 40], [10, 10, 10, 10]), {value: 2.5, low: 1, high: 3});
});

test('functions take turns', async t => {
	const order: string[] = [];
	const note = (name: string): number => {
		order.push(name);
		return order.length;
	};

	const results = await takeTurns(3, {
		ours: () => note('ours'),
		theirs: async () => note('theirs'),
	});
	t.deepEqual(order, ['ours', 'theirs', 'ours', 'theirs', 'ours', 'theirs']);
	t.deepEqual(results, {ours: [1, 3, 5], theirs: [2, 4, 6]});
});
