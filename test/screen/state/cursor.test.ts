import test from 'ava';
import type {View} from '../../../source/contract/messages.js';
import {
	continueCursor,
	countSample,
	frozenSamples,
	moveCursor,
	noCursor,
	unfreezeCursor,
	type Answer,
	type Cursor,
} from '../../../source/screen/state/cursor.js';

const rowIds = [11, 12, 13, 14, 15];

/** What the cursor looks at in an answer. */
const viewOf = (selected?: {readonly id: number; readonly index: number}, matching = 100): View => ({
	rows: rowIds.map(id => ({
		id, values: [], tones: [], marks: {},
	})),
	length: matching,
	matching,
	...(selected !== undefined && {selected}),
} as unknown as View);

const current = (view?: View): Answer => ({view, isCurrent: true});
const outdated = (view?: View): Answer => ({view, isCurrent: false});

const atRow = (id: number, by = 0): Cursor => ({request: {kind: 'row', id, by}, waiting: [], frozen: 0});
const byRows = (rows: number) => ({kind: 'by', rows}) as const;

const moveAll = (cursor: Cursor, moves: readonly number[], answer: Answer): Cursor => {
	let moved = cursor;
	for (const rows of moves) {
		moved = moveCursor(moved, byRows(rows), answer);
	}

	return moved;
};

test('the first move selects a visible row', t => {
	const from = (rows: number): unknown => moveCursor(noCursor, byRows(rows), current(viewOf())).request;
	t.deepEqual(from(1), {kind: 'row', id: 11, by: 0});
	t.deepEqual(from(-1), {kind: 'row', id: 11, by: 0});
	t.deepEqual(from(5), {kind: 'row', id: 11, by: 4});
});

test('a move starts from the socket that the engine confirmed', t => {
	const cursor = moveCursor(atRow(5, 3), byRows(1), current(viewOf({id: 13, index: 7})));
	t.deepEqual(cursor.request, {kind: 'row', id: 13, by: 1});
	t.is(cursor.frozen, frozenSamples);
});

test('moves are added up until the answer arrives', t => {
	const answer = outdated(viewOf({id: 13, index: 7}));
	t.deepEqual(moveAll(atRow(13, 1), [1, 1, -1, 10], answer).request, {kind: 'row', id: 13, by: 12});
});

test('added moves stay within the list', t => {
	const answer = outdated(viewOf({id: 13, index: 97}));
	const atEnd = moveAll(atRow(13), [5, 5, 5], answer);
	t.deepEqual(atEnd.request, {kind: 'row', id: 13, by: 2});
	t.deepEqual(moveCursor(atEnd, byRows(-1), answer).request, {kind: 'row', id: 13, by: 1});
	t.deepEqual(moveCursor(atRow(13), byRows(-200), current(viewOf({id: 13, index: 97}))).request, {kind: 'row', id: 13, by: -97});
});

test('moves after a jump wait for its answer', t => {
	const jumped = moveCursor(atRow(13), {kind: 'first'}, current(viewOf({id: 13, index: 7})));
	t.deepEqual(jumped.request, {kind: 'first'});
	const moved = moveAll(jumped, [2, 1], outdated(viewOf({id: 13, index: 7})));
	t.deepEqual(moved.request, {kind: 'first'});
	const there = continueCursor(moved, viewOf({id: 11, index: 0}));
	t.deepEqual(there.request, {kind: 'row', id: 11, by: 3});
	t.deepEqual(there.waiting, []);
});

test('a jump to an end discards queued moves', t => {
	const cursor = moveCursor({request: {kind: 'first'}, waiting: [byRows(4)], frozen: 1}, {kind: 'last'}, outdated());
	t.deepEqual(cursor.request, {kind: 'last'});
	t.deepEqual(cursor.waiting, []);
});

test('moves to matches are requested one after the other', t => {
	const next = {kind: 'match', direction: 1} as const;
	const first = moveCursor(atRow(13), next, current(viewOf({id: 13, index: 7})));
	t.deepEqual(first.request, {kind: 'match', id: 13, direction: 1});
	const second = moveCursor(first, next, outdated(viewOf({id: 13, index: 7})));
	t.deepEqual(second.request, first.request);
	t.deepEqual(continueCursor(second, viewOf({id: 15, index: 9})).request, {kind: 'match', id: 15, direction: 1});
});

test('the queue is bounded', t => {
	let cursor: Cursor = {request: {kind: 'first'}, waiting: [], frozen: 0};
	for (let count = 0; count < 1000; count++) {
		cursor = moveCursor(cursor, count % 2 === 0 ? {kind: 'match', direction: 1} : byRows(1), outdated());
	}

	t.true(cursor.waiting.length <= 100);
});

test('sorting pauses for some samples, then the cursor follows its socket', t => {
	const answer = current(viewOf({id: 14, index: 8}));
	let cursor = moveCursor(atRow(13), byRows(1), current(viewOf({id: 13, index: 7})));
	for (let sample = 1; sample < frozenSamples; sample++) {
		cursor = countSample(cursor, answer);
		t.true(cursor.frozen > 0);
		t.deepEqual(cursor.request, {kind: 'row', id: 13, by: 1});
	}

	cursor = countSample(cursor, answer);
	t.deepEqual(cursor, atRow(14));
	t.deepEqual(countSample(cursor, current(viewOf({id: 99, index: 0}))), cursor);
});

test('a changed query resumes sorting, but keeps a pending move', t => {
	const moving: Cursor = {request: {kind: 'row', id: 13, by: 2}, waiting: [], frozen: 3};
	t.deepEqual(unfreezeCursor(moving, outdated(viewOf({id: 13, index: 7}))), {...moving, frozen: 0});
	t.deepEqual(unfreezeCursor(moving, current(viewOf({id: 15, index: 9}))), atRow(15));
	// A filter hides the socket: it is asked for again when it comes back.
	t.deepEqual(unfreezeCursor(moving, current(viewOf())), {...moving, frozen: 0});
});
