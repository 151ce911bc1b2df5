import test from 'ava';
import fc from '../helpers/property.js';
import {lazySort} from '../../source/query/lazy-sort.js';

/** Items with keys that repeat, and requests for windows. */
const cases = fc.tuple(
	fc.array(fc.nat(20), {maxLength: 1000, size: 'max'}),
	fc.array(fc.tuple(fc.double({min: 0, max: 1, noNaN: true}), fc.nat(60)), {maxLength: 8}),
);

test('every window is that of a full sort, whatever was asked before', t => {
	fc.assert(fc.property(cases, ([keys, windows]) => {
		const compare = (a: number, b: number): number => keys[a] === keys[b] ? b - a : keys[a] - keys[b];
		const items = Uint32Array.from(keys.keys());
		const expected = [...items].toSorted(compare);
		const sorted = lazySort(items, compare);
		t.is(sorted.length, expected.length);
		for (const [share, size] of windows) {
			const from = Math.floor(share * keys.length);
			const to = Math.min(keys.length, from + size);
			t.deepEqual(sorted.range(from, to), expected.slice(from, to));
			const item = Math.floor(share * keys.length * 1.2);
			t.is(sorted.placeOf(item), expected.indexOf(item));
		}

		t.deepEqual(sorted.range(0, keys.length), expected);
		t.true(expected.every((item, place) => sorted.placeOf(item) === place));
	}), {numRuns: 60});
});

test('a window takes a few comparisons for each item, and the next window next to none', t => {
	const count = 20_000;
	for (const keyOf of [(item: number) => item, (item: number) => -item, (item: number) => item % 7, (item: number) => Math.abs(item - count / 2), () => 0]) {
		let comparisons = 0;
		const sorted = lazySort(Uint32Array.from({length: count}, (_, index) => index), (a, b) => {
			comparisons++;
			return keyOf(a) === keyOf(b) ? a - b : keyOf(a) - keyOf(b);
		});
		sorted.range(count / 2, count / 2 + 50);
		t.true(comparisons < count * 8, `${comparisons} comparisons`);
		comparisons = 0;
		const next = sorted.range(count / 2 + 10, count / 2 + 60);
		t.true(comparisons < count / 4, `${comparisons} comparisons for the next`);
		t.deepEqual(next.map(item => sorted.placeOf(item)), next.map((_, index) => count / 2 + 10 + index));
	}
});
