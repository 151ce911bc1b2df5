import test from 'ava';
import {createRecording, type OpenedRecorder} from '../../source/engine/recording.js';
import type {Sampler} from '../../source/sampling/sampler.js';
import {createJournal} from '../../source/table/journal.js';
import {Event} from '../../source/table/journal-table.js';
import type {Changes} from '../../source/table/changes.js';
import {createStillSampler} from '../helpers/still-sampler.js';
import {createTestContext} from '../helpers/context.js';
import {until} from '../helpers/until.js';

const start = (open?: () => Promise<OpenedRecorder>, closeTime?: number) => {
	const context = createTestContext();
	const journal = createJournal(context.table);
	const taken: Array<{readonly wall: number; readonly dropped: number}> = [];
	const messages: string[] = [];
	const state = {
		turns: 0, closed: 0, isWritten: true,
	};
	const sampler: Sampler = {...createStillSampler(context), journal};
	const recording = createRecording({
		sampler,
		open: open ?? (async () => ({
			folder: '/var/lib/conntop',
			columns: new Set(['lost'] as const),
			recorder: {
				async take({droppedEvents}, wall) {
					taken.push({wall, dropped: droppedEvents});
					return state.isWritten;
				},
				async close() {
					state.closed++;
				},
			},
		})),
		say(sentence) {
			messages.push(sentence);
		},
		onTurn() {
			state.turns++;
		},
		...(closeTime !== undefined && {closeTime}),
	});
	return {
		recording, taken, messages, state, journal, context,
	};
};

const sampled = {changes: {} as Changes, droppedEvents: 2}; // eslint-disable-line @typescript-eslint/consistent-type-assertions -- The fake recorder reads no changes.

test('records from start to stop', async t => {
	const {recording, taken, state, journal, context} = start();
	journal.table.append(context.table, context.add(), {event: Event.opened, time: 1});
	await recording.take(sampled);
	t.deepEqual(taken, []);
	t.is(recording.status(), undefined);
	t.is(recording.needs().columns.size, 0);

	recording.turn(true);
	await until(() => state.turns === 1, 'the recorder');
	t.deepEqual(recording.status(), {folder: '/var/lib/conntop', isWritten: true});
	t.deepEqual([...recording.needs().columns], ['lost']);
	t.deepEqual(journal.takeCompleted().slots, [], 'earlier entries of the journal are not recorded');
	await recording.take(sampled);
	t.deepEqual(taken, [{wall: 1_700_000_000_000, dropped: 2}], 'the time of the sample, and the events dropped since the previous one');
	state.isWritten = false;
	await recording.take(sampled);
	t.false(recording.status()?.isWritten);

	recording.turn(false);
	t.is(state.closed, 1);
	t.is(recording.status(), undefined);
	await recording.take(sampled);
	t.is(taken.length, 2);
	await recording.close();
	t.is(state.closed, 1);
});

test('reports why it cannot record, and can be started again', async t => {
	let attempts = 0;
	const {recording, messages, state} = start(async () => {
		attempts++;
		throw new Error('another conntop records into /x already');
	});
	recording.turn(true);
	await until(() => state.turns === 1, 'the recorder');
	t.deepEqual(messages, ['another conntop records into /x already']);
	t.is(recording.status(), undefined);
	recording.turn(true);
	await until(() => attempts === 2, 'the recorder');
});

test('a recorder that is stopped while it opens is closed once it is open', async t => {
	const {promise: opening, resolve: open} = Promise.withResolvers<OpenedRecorder>();
	let closed = 0;
	const {recording, state} = start(async () => opening);
	recording.turn(true);
	recording.turn(false);
	open({
		folder: '/x', columns: new Set(), recorder: {
			take: async () => true,
			async close() {
				closed++;
			},
		},
	});
	await until(() => state.turns === 2, 'the recorder');
	t.is(closed, 1);
	t.is(recording.status(), undefined);
});

test('a recorder is opened again only when the one before has written its last sample', async t => {
	const {promise: writing, resolve: finish} = Promise.withResolvers<void>();
	let opened = 0;
	const {recording, state} = start(async () => {
		opened++;
		return {
			folder: '/x', columns: new Set(), recorder: {
				take: async () => true,
				close: async () => writing,
			},
		};
	});
	recording.turn(true);
	await until(() => state.turns === 1, 'the recorder');
	recording.turn(false);
	recording.turn(true);
	t.is(recording.status(), undefined);
	t.is(opened, 1);
	finish();
	await until(() => state.turns === 3, 'the recorder again');
	t.is(opened, 2);
	t.is(recording.status()?.folder, '/x');
});

test('leaving does not wait for a sample that is never written', async t => {
	const {promise: writing} = Promise.withResolvers<void>();
	const {recording, state} = start(async () => ({
		folder: '/x', columns: new Set(), recorder: {
			take: async () => true,
			close: async () => writing,
		},
	}), 10);
	recording.turn(true);
	await until(() => state.turns === 1, 'the recorder');
	await recording.close();
	t.is(recording.status(), undefined);
});
