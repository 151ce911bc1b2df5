import test from 'ava';
import fc from '../../helpers/property.js';
import {shareOut, toneOfState} from '../../../source/screen/meters/counts.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

test('a bar is divided in proportion', t => {
	t.deepEqual(shareOut([50, 25, 25], 40), [20, 10, 10]);
	t.deepEqual(shareOut([1, 0, 1], 10), [5, 0, 5]);
	t.deepEqual(shareOut([], 10), []);
	t.deepEqual(shareOut([0], 10), [0]);
	t.deepEqual(shareOut([1, 2], 0), [0, 0]);
});

test('small counts are visible', t => {
	t.deepEqual(shareOut([1, 100_000], 10), [1, 9]);
	t.deepEqual(shareOut([1, 1, 1, 100_000], 10), [1, 1, 1, 7]);
});

test('shares fill the bar, and no count is left out while there is room', t => {
	fc.assert(fc.property(fc.array(fc.nat(1_000_000), {maxLength: 13}), fc.integer({min: 1, max: 300}), (counts, width) => {
		const shares = shareOut(counts, width);
		t.is(sum(shares), sum(counts) === 0 ? 0 : width);
		const existing = counts.filter(count => count > 0).length;
		for (const [index, share] of shares.entries()) {
			t.true(share >= 0 && Number.isSafeInteger(share));
			t.true(counts[index] === 0 ? share === 0 : share > 0 || existing > width);
		}
	}));
});

test('states have the tones of their column', t => {
	t.is(toneOfState('ESTAB'), 'good');
	t.is(toneOfState('CLOSE-WAIT'), 'warning');
	t.is(toneOfState('LAST-ACK'), 'plain');
	t.is(toneOfState('no state'), 'plain');
});
