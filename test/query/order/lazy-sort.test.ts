import test from 'ava';
import fc from '../../helpers/property.js';
import {lazySort, type LazySort} from '../../../source/query/order/lazy-sort.js';
import {compareNumbers, type Level} from '../../../source/query/order/level.js';

/** Items with keys that repeat, and requests for windows. */
const cases = fc.tuple(
	fc.array(fc.nat(20), {maxLength: 6000, size: 'max'}),
	fc.array(fc.tuple(fc.double({min: 0, max: 1, noNaN: true}), fc.nat(60)), {maxLength: 8}),
);

/** The same order expressed in all possible ways by levels: by the keys, and among equal keys the last item first. */
const kinds = fc.constantFrom<Array<(keys: readonly number[]) => readonly Level[]>>(
	keys => [{compare: (a, b) => keys[a] === keys[b] ? b - a : keys[a] - keys[b]}],
	keys => [byNumbers(keys), byNumbers(keys.map((_, item) => -item))],
	keys => [byNumbers(keys), {compare: (a, b) => b - a}],
	keys => [{compare: (a, b) => Math.floor(keys[a] / 5) - Math.floor(keys[b] / 5)}, byNumbers(keys), byNumbers(keys.map((_, item) => -item))],
);

const byNumbers = (numbers: readonly number[]): Level => {
	const column = Float64Array.from(numbers);
	return {compare: (a, b) => compareNumbers(column[a], column[b]), column: () => column};
};

test('every window is that of a full sort, whatever was requested before', t => {
	fc.assert(fc.property(cases, kinds, ([keys, windows], levelsOf) => {
		const items = Uint32Array.from(keys.keys());
		const expected = [...items].toSorted((a, b) => keys[a] === keys[b] ? b - a : keys[a] - keys[b]);
		const sorted = lazySort(items, levelsOf(keys));
		t.is(sorted.length, expected.length);
		for (const [share, size] of windows) {
			const from = Math.floor(share * keys.length);
			const to = Math.min(keys.length, from + size);
			t.deepEqual(sorted.range(from, to), expected.slice(from, to));
			const item = Math.floor(share * keys.length * 1.2);
			t.is(sorted.indexOf(item), expected.indexOf(item));
		}

		t.deepEqual(sorted.range(0, keys.length), expected);
		t.true(expected.every((item, place) => sorted.indexOf(item) === place));
	}), {numRuns: 60});
});

/** Sorts this many items and counts the comparisons. */
const countingSort = (count: number, keyOf: (item: number) => number): {readonly sorted: LazySort; readonly takeCount: () => number} => {
	let comparisons = 0;
	const compare = (a: number, b: number): number => {
		comparisons++;
		return keyOf(a) === keyOf(b) ? a - b : keyOf(a) - keyOf(b);
	};

	return {
		sorted: lazySort(Uint32Array.from({length: count}, (_, index) => index), [{compare}]),
		takeCount() {
			const taken = comparisons;
			comparisons = 0;
			return taken;
		},
	};
};

const count = 20_000;
const keysOf: ReadonlyArray<(item: number) => number> = [item => item, item => -item, item => item % 7, item => Math.abs(item - count / 2), () => 0];

test('a window takes a few comparisons per item, and the next window almost none', t => {
	for (const keyOf of keysOf) {
		const {sorted, takeCount} = countingSort(count, keyOf);
		sorted.range(count / 2, count / 2 + 50);
		const first = takeCount();
		t.true(first < count * 8, `${first} comparisons`);
		const next = sorted.range(count / 2 + 10, count / 2 + 60);
		const second = takeCount();
		t.true(second < count / 4, `${second} comparisons for the next`);
		t.deepEqual(next.map(item => sorted.indexOf(item)), next.map((_, index) => count / 2 + 10 + index));
	}
});

test('finding an item takes one comparison per item, and half of the work for the window around it', t => {
	for (const keyOf of keysOf) {
		const {sorted, takeCount} = countingSort(count, keyOf);
		const item = count / 4;
		const place = sorted.indexOf(item);
		const first = takeCount();
		t.true(first < count * 1.1, `${first} comparisons`);
		t.is(sorted.indexOf(item), place);
		t.true(takeCount() < 50);
		t.is(sorted.range(place, place + 1).at(0), item);
	}
});
