import test from 'ava';
import {
	neededFor,
	shrinkDelay,
	hideDelay,
	updateWidths,
	type ContentWidths,
} from '../../../source/screen/state/content-widths.js';

const update = (widths: ContentWidths, width: number, isSample = true): ContentWidths => updateWidths(widths, new Map([['local', {
	widest: width, typical: width, whole: 0, forms: [], isSignal: width > 0,
}]]), isSample);
const widest = (widths: ContentWidths): number | undefined => widths.get('local')?.widest.width;

test('a column grows at once', t => {
	const widths = update(update(new Map(), 10), 20);
	t.is(widest(widths), 20);
});

test('a column that was too wide for a while shrinks to the maximum needed in that time', t => {
	let widths = update(new Map(), 30);
	for (let sample = 1; sample < shrinkDelay; sample++) {
		widths = update(widths, sample === 3 ? 20 : 10);
		t.is(widest(widths), 30);
	}

	t.is(widest(update(widths, 10)), 20);
});

test('moving through the list does not count as time', t => {
	let widths = update(new Map(), 30);
	for (let count = 0; count < shrinkDelay * 2; count++) {
		widths = update(widths, 10, false);
	}

	t.is(widest(widths), 30);
});

test('needing the width again restarts the delay', t => {
	let widths = update(new Map(), 30);
	for (let sample = 1; sample < shrinkDelay; sample++) {
		widths = update(widths, 10);
	}

	widths = update(update(widths, 30), 10);
	t.is(widest(widths), 30);
});

test('a typical width is enough for most cells', t => {
	t.deepEqual(neededFor([10, 12, 47, 11, 10, 13, 12, 10, 11, 12]), {widest: 47, typical: 12});
	t.deepEqual(neededFor([5]), {widest: 5, typical: 5});
	t.deepEqual(neededFor([]), {widest: 0, typical: 0});
});

test('a column stays for a while after its last signal', t => {
	let widths = update(new Map(), 1);
	for (let sample = 0; sample < hideDelay - 1; sample++) {
		widths = update(widths, 0);
	}

	t.is(widths.get('local')?.signal.width, 1);
	t.is(update(widths, 0).get('local')?.signal.width, 0);
	t.is(update(update(widths, 0), 1).get('local')?.signal.width, 1);
});
