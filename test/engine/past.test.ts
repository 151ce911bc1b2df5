import test, {type ExecutionContext} from 'ava';
import type {View} from '../../source/contract/messages.js';
import type {Marked} from '../../source/engine/marking.js';
import {createPast} from '../../source/engine/past.js';
import type {MarkRequest, Query} from '../../source/query/query.js';
import {openRecording} from '../../source/recording/archive/recording.js';
import type {StoredMoment} from '../../source/recording/frames/frame-store.js';
import {makeFolder} from '../helpers/folder.js';
import {createMadeRecording} from '../helpers/recorded-samples.js';

const wall = 1_700_000_000_000;

const queryWith = (mark?: MarkRequest): Query => ({
	filter: '',
	search: '',
	classes: {protocols: ['tcp'], families: [], states: []},
	sort: {field: 'peerPort', descending: false},
	columns: ['peerPort', 'sinceMark', 'sentSinceMark'],
	window: {height: 20, cursor: {kind: 'none'}, frozen: false},
	...(mark && {mark}),
});

const difference = (number: number): Query => queryWith({number, shown: 'difference'});

const textsOf = ({rows}: Pick<View, 'rows'>): readonly string[] => rows.map(({values}) => JSON.stringify(values));

/** Records five samples, a second apart: 1025 stays open and sends, 1026 closes before the third, 1027 opens in the third, 1028 in the fifth. */
const start = async (t: ExecutionContext) => {
	const folder = makeFolder(t);
	const made = createMadeRecording(folder);
	for (const [index, sockets] of [
		[{cookie: 1, sent: 10}, {cookie: 2, sent: 5}],
		[{cookie: 1, sent: 10}, {cookie: 2, sent: 5}],
		[{cookie: 1, sent: 30}, {cookie: 3, sent: 7}],
		[{cookie: 1, sent: 30}, {cookie: 3, sent: 7}],
		[{cookie: 1, sent: 60}, {cookie: 3, sent: 7}, {cookie: 4, sent: 1}],
	].entries()) {
		await made.sample(sockets, wall + (index * 1000));
	}

	await made.recorder.close();
	const recording = openRecording(folder);
	const moments = recording.positions.map((position): StoredMoment => ({moment: position.moment, state: () => recording.stateAt(position)}));
	let now: Marked | undefined;
	const past = createPast({facts: {title: 'test', hostname: 'tester', kernelRelease: '6.18'}, markedNow: () => now, onChange: () => undefined});
	t.teardown(() => {
		past.close();
		recording.close();
	});
	return {
		moments,
		past,
		/** Sets a mark in the present. */
		markNow(marked: Marked) {
			now = marked;
		},
		/** Answers a query at a moment. Returns ports with their difference and bytes. */
		async rowsAt(index: number, query: Query) {
			await past.show(moments, index, query);
			return textsOf(past.answer(query));
		},
	};
};

const between = ['[1025,"grown",20]', '[1026,"closed",0]', '[1027,"opened",7]'];

test('a mark at one moment and the difference at a later one show what changed between them', async t => {
	const {rowsAt, past} = await start(t);
	await rowsAt(1, queryWith({number: 1, shown: 'all'}));
	const changed = await rowsAt(3, difference(1));
	t.deepEqual(changed, between);
	t.is(past.answer(difference(1)).markedAt, wall + 1000);
});

test('a mark at one moment and the difference at an earlier one show the same', async t => {
	const {rowsAt, past, moments} = await start(t);
	await rowsAt(1, queryWith({number: 1, shown: 'all'}));
	const forward = await rowsAt(3, difference(1));
	await rowsAt(3, queryWith({number: 2, shown: 'all'}));
	t.deepEqual(await rowsAt(1, difference(2)), forward);
	t.is(past.answer(difference(2)).markedAt, wall + 3000);

	// Without the difference, the earlier moment is shown again; the mark stays.
	const all = queryWith({number: 2, shown: 'all'});
	past.answer(all);
	await past.adapt(moments, all);
	t.is(past.answer(all).rows.length, 2);
	t.is(past.answer(all).markedAt, wall + 3000);
	await past.adapt(moments, difference(2));
	t.deepEqual(textsOf(past.answer(difference(2))), forward);
	t.deepEqual(await rowsAt(0, difference(2)), forward);
});

test('a mark set in the present is also used in the past', async t => {
	const {rowsAt, past, markNow} = await start(t);
	markNow({number: 7, time: wall + 3200});
	t.is((await rowsAt(2, difference(7))).length, 0);
	t.is(past.answer(difference(7)).markedAt, wall + 3200);
	t.is((await rowsAt(1, difference(7))).length, 3);
	t.is((await rowsAt(4, difference(7))).length, 2);
});

test('a mark of the present that was set at the shown moment is not later', async t => {
	const {rowsAt, past, markNow} = await start(t);
	markNow({number: 7, time: wall + 2000});
	t.is((await rowsAt(2, difference(7))).length, 0);
	t.is(past.answer(difference(7)).markedAt, wall + 2000);
	t.is((await rowsAt(4, difference(7))).length, 2);
	t.is((await rowsAt(1, difference(7))).length, 3);
});

test('for a mark before the first sample, the difference starts at the first sample', async t => {
	const {rowsAt, past, markNow} = await start(t);
	markNow({number: 7, time: wall - 60_000});
	t.is((await rowsAt(3, difference(7))).length, 3);
	t.is(past.answer(difference(7)).markedAt, wall);
});

test('a query with new columns reads the sample again, one without does not', async t => {
	const {rowsAt, past, moments} = await start(t);
	await rowsAt(3, queryWith());
	const read: number[] = [];
	const counted = moments.map((moment, index) => ({
		...moment,
		state() {
			read.push(index);
			return moment.state();
		},
	}));
	await past.show(counted, 2, queryWith());
	read.length = 0;
	await past.adapt(counted, {...queryWith(), search: '1025'});
	t.deepEqual(read, []);
	await past.adapt(counted, {...queryWith(), columns: ['cgroup']});
	t.deepEqual(read, [2]);
});
