import test from 'ava';
import fc from '../../helpers/property.js';
import {placeCursor, placeWindow, type CursorList} from '../../../source/query/window/cursor.js';

/** A list of ids, some of which match the search. */
const createList = (ids: readonly number[], found: readonly number[] = []): CursorList => ({
	length: ids.length,
	indexOf: id => ids.indexOf(id),
	isFoundAt: index => found.includes(ids[index]),
	nextFound(index, direction) {
		for (let step = 1; step <= ids.length + 1; step++) {
			const next = (index + direction * step + 2 * (ids.length + 1)) % (ids.length + 1);
			if (next < ids.length && found.includes(ids[next])) {
				return next;
			}
		}

		return -1;
	},
});

const list = createList([10, 11, 12, 13, 14]);

test('the cursor moves relative to the selected socket', t => {
	t.is(placeCursor({kind: 'row', id: 12, by: 0}, list, 0), 2);
	t.is(placeCursor({kind: 'row', id: 12, by: 1}, list, 0), 3);
	t.is(placeCursor({kind: 'row', id: 12, by: -9}, list, 0), 0);
	t.is(placeCursor({kind: 'row', id: 12, by: 9}, list, 0), 4);
});

test('the cursor keeps its position if its socket is gone', t => {
	t.is(placeCursor({kind: 'row', id: 99, by: 0}, list, 3), 3);
	t.is(placeCursor({kind: 'row', id: 99, by: 1}, list, 3), 4);
	t.is(placeCursor({kind: 'row', id: 99, by: 0}, list, 50), 4);
	t.is(placeCursor({kind: 'row', id: 99, by: -1}, list, 50), 3);
});

test('the cursor moves to the first or last row, also without a selection and in an empty list', t => {
	t.is(placeCursor({kind: 'first'}, list, 3), 0);
	t.is(placeCursor({kind: 'last'}, list, 3), 4);
	t.is(placeCursor({kind: 'none'}, list, 3), undefined);
	t.is(placeCursor({kind: 'first'}, createList([]), 3), undefined);
	t.is(placeCursor({kind: 'row', id: 1, by: 1}, createList([]), 3), undefined);
});

test('the cursor moves to the next match, and wraps around at the end', t => {
	const some = createList([10, 11, 12, 13, 14], [11, 13]);
	t.is(placeCursor({kind: 'match', id: 11, direction: 0}, some, 0), 1);
	t.is(placeCursor({kind: 'match', id: 11, direction: 1}, some, 0), 3);
	t.is(placeCursor({kind: 'match', id: 13, direction: 1}, some, 0), 1);
	t.is(placeCursor({kind: 'match', id: 11, direction: -1}, some, 0), 3);
	t.is(placeCursor({kind: 'match', id: 12, direction: 0}, some, 0), 3);
	t.is(placeCursor({kind: 'match', id: undefined, direction: 0}, some, 4), 1);
	t.is(placeCursor({kind: 'match', id: undefined, direction: 1}, some, 4), 1);
	t.is(placeCursor({kind: 'match', id: undefined, direction: -1}, some, 0), 3);
	t.is(placeCursor({kind: 'match', id: 99, direction: 1}, some, 2), 3);
});

test('without a match the cursor stays', t => {
	t.is(placeCursor({kind: 'match', id: 12, direction: 1}, list, 0), 2);
	t.is(placeCursor({kind: 'match', id: undefined, direction: 1}, list, 0), undefined);
});

test('the window moves only as far as needed to show the cursor', t => {
	t.is(placeWindow(10, 5, 100, 12), 10);
	t.is(placeWindow(10, 5, 100, 14), 10);
	t.is(placeWindow(10, 5, 100, 15), 11);
	t.is(placeWindow(10, 5, 100, 9), 9);
	t.is(placeWindow(10, 5, 12, 11), 7);
	t.is(placeWindow(10, 5, 3, 2), 0);
	t.is(placeWindow(10, 5, 100, undefined), 0);
});

test('the window is within the list and shows the cursor', t => {
	fc.assert(fc.property(fc.nat(200), fc.nat(60), fc.integer({min: 1, max: 150}), fc.nat(149), (offset, height, length, cursor) => {
		const index = Math.min(cursor, length - 1);
		const top = placeWindow(offset, height, length, index);
		t.true(top >= 0 && (top === 0 || top + Math.max(1, height) <= length));
		t.true(index >= top && index < top + Math.max(1, height));
		t.is(placeWindow(top, height, length, index), top);
	}));
});
