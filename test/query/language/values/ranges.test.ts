import test from 'ava';
import fc from '../../../helpers/property.js';
import {isInRanges, mergeRanges, rangeOf} from '../../../../source/query/language/values/ranges.js';

const ranges = fc.array(fc.tuple(fc.nat(30), fc.nat(30)).map(([a, b]) => ({from: Math.min(a, b), to: Math.max(a, b)})), {maxLength: 5});

test('merged ranges contain the same numbers, sorted and separate', t => {
	fc.assert(fc.property(ranges, list => {
		const merged = mergeRanges(list);
		for (let number = 0; number <= 31; number++) {
			t.is(isInRanges(number, merged), isInRanges(number, list));
		}

		t.true(merged.every(({from}, index) => index === 0 || from > merged[index - 1].to + 1));
	}));
});

test('comparisons as ranges', t => {
	const limits = {from: 0, to: 9};
	t.deepEqual(rangeOf('=', 4, limits), {from: 4, to: 4});
	t.deepEqual(rangeOf('<', 4, limits), {from: 0, to: 3});
	t.deepEqual(rangeOf('<=', 4, limits), {from: 0, to: 4});
	t.deepEqual(rangeOf('>', 4, limits), {from: 5, to: 9});
	t.deepEqual(rangeOf('>=', 4, limits), {from: 4, to: 9});
	t.is(rangeOf('<', 0, limits), undefined);
	t.is(rangeOf('>', 9, limits), undefined);
});
