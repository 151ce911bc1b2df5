import test from 'ava';
import {createInspector, type Inspector} from '../../source/engine/inspecting/inspector.js';
import {journalContextOf} from '../../source/sampling/journal-context.js';
import type {Examination} from '../../source/sources/source.js';
import {createJournal} from '../../source/table/journal.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import type {Changes} from '../../source/table/changes.js';
import {State} from '../../source/table/columns/states.js';
import {createTestContext, type TestContext} from '../helpers/context.js';

const noChanges: Changes = {
	opened: [], changed: [], previousStates: [], closed: [], shortLived: [], counted: [], late: [],
};

/** Milliseconds since 1970 when the table's clock was at 0. */
const start = 1_000_000_000_000;

type Scene = {
	readonly context: TestContext;
	readonly inspector: Inspector;
	/** The calls of the examination, by name. */
	readonly calls: string[];
	readonly slot: number;
	readonly id: number;
	/** Takes a sample at a time in milliseconds. */
	readonly sample: (now: number, change?: () => void) => void;
};

/** A connection that was sampled once without optional columns; whether it can be examined depends on the test. */
const begin = ({isExaminable = true, protocol = Protocol.tcp} = {}): Scene => {
	const context = createTestContext([]);
	const details = createTestContext();
	const calls: string[] = [];
	const slot = context.add({
		protocol, local: ['10.0.0.1', 80], peer: ['10.0.0.2', 4000], owners: [{pid: 7, name: 'nginx', fd: 3}, {pid: 7, name: 'nginx', fd: 4}, {pid: 8, name: 'cat'}],
	});
	const own = details.add({protocol, optional: {cwnd: 10}});
	const journal = createJournal(context.table);
	const examination: Examination = {
		table: details.table,
		slot: own,
		read() {
			calls.push('read');
			(details.table.optional('cwnd') ?? [])[own]++;
		},
		close() {
			calls.push('close');
		},
	};
	journal.record(context.table.end([]), start);
	return {
		context,
		calls,
		slot,
		id: context.table.core.id[slot],
		inspector: createInspector({
			context,
			source: {...(isExaminable && {examine: () => examination})},
			journalContext: journalContextOf(context, journal.table, undefined),
			background: ({pid}) => ({
				ancestors: [{pid: 1, name: 'init'}], commandLine: `command ${pid}`, uid: 1000, cgroup: '/system.slice/nginx.service',
			}),
			wallTime: moment => start + moment,
		}),
		sample(now, change) {
			context.table.begin(now);
			change?.();
			const changes = context.table.end([]);
			journal.record(changes, start + now);
			this.inspector.add(changes);
		},
	};
};

const valueIn = ({inspector}: Scene, id: string): unknown => inspector.read()?.values.find(value => value.id === id)?.value;

test('nothing is inspected without a request', t => {
	const {inspector, calls, id} = begin();
	inspector.add(noChanges);
	t.is(inspector.read(), undefined);
	t.deepEqual(calls, []);
	inspector.follow(id);
	inspector.follow(undefined);
	inspector.add(noChanges);
	t.is(inspector.read(), undefined);
	t.deepEqual(calls, ['read', 'close']);
});

test('values come from the table of all sockets, and from the one with all columns', t => {
	const scene = begin();
	scene.inspector.follow(scene.id);
	t.is(valueIn(scene, 'local'), '10.0.0.1:80');
	t.is(valueIn(scene, 'cwnd'), 11);
	t.is(valueIn(scene, 'rto'), undefined);
	t.deepEqual([...scene.inspector.neededColumns()], []);
	t.is(scene.context.table.optional('cwnd'), undefined);
});

test('if a socket cannot be read on its own, samples must fill its columns, but not those of other protocols', t => {
	const scene = begin({isExaminable: false});
	scene.inspector.follow(scene.id);
	const columns = scene.inspector.neededColumns();
	t.true(columns.has('cwnd'));
	t.false(columns.has('sctpAutoclose'));
	scene.inspector.follow(undefined);
	t.is(scene.inspector.neededColumns().size, 0);
});

test('lists each process once, with its descriptors, its parents and its unit', t => {
	const {inspector, id} = begin();
	inspector.follow(id);
	const owners = inspector.read()?.owners ?? [];
	t.deepEqual(owners.map(({pid, descriptors}) => [pid, descriptors]), [[7, [3, 4]], [8, []]]);
	t.like(owners[0], {
		commandLine: 'command 7', user: 'ann', ancestors: [{pid: 1, name: 'init'}], unit: 'nginx.service',
	});
});

/** Queue lengths of the socket, one per sample. */
const queues = ({inspector}: Scene): readonly number[] | undefined => inspector.read()?.history.recvQ;

/** Takes samples; in each the queue of a socket grows by one. */
const grow = (scene: Scene, slot: number, count: number): void => {
	const {table} = scene.context;
	for (let sample = 0; sample < count; sample++) {
		scene.sample(table.now + 1000, () => {
			table.core.recvQ[slot]++;
		});
	}
};

test('histories have one number per sample while a socket is inspected', t => {
	const scene = begin();
	const {inspector, slot, id} = scene;
	grow(scene, slot, 1);
	inspector.follow(id);
	grow(scene, slot, 3);
	t.deepEqual(queues(scene), [1, 2, 3, 4]);
	t.deepEqual(inspector.read()?.history.cwnd, [11, 12, 13, 14]);
	t.true(inspector.read()?.history.rtt.every(value => Number.isNaN(value)));
});

test('a history continues with a gap for the samples in between', t => {
	const scene = begin();
	const {inspector, slot, id} = scene;
	inspector.follow(id);
	grow(scene, slot, 1);
	inspector.follow(undefined);
	inspector.follow(id);
	t.deepEqual(queues(scene), [0, 1], 'no sample has come, so no number is repeated');
	inspector.follow(undefined);
	grow(scene, slot, 3);
	inspector.follow(id);
	t.deepEqual(queues(scene), [0, 1, NaN, NaN, 4]);
	grow(scene, slot, 1);
	t.deepEqual(queues(scene), [0, 1, NaN, NaN, 4, 5]);
});

test('while another socket is inspected, histories get the values of samples only', t => {
	const scene = begin();
	const {context, inspector, slot, id, calls} = scene;
	const other = context.table.core.id[context.add({local: ['10.0.0.3', 99]})];
	inspector.follow(id);
	grow(scene, slot, 1);
	const before = calls.length;
	inspector.follow(other);
	grow(scene, slot, 2);
	t.deepEqual(calls.slice(before), ['close', 'read', 'read', 'read'], 'only the inspected socket is examined');
	inspector.follow(id);
	t.deepEqual(queues(scene), [0, 1, 2, 3]);
	t.deepEqual(inspector.read()?.history.cwnd.slice(0, 4), [11, 12, NaN, NaN]);
});

test('keeps the histories of the last eight sockets, including closed ones', t => {
	const scene = begin();
	const {context, inspector, slot, id} = scene;
	inspector.follow(id);
	grow(scene, slot, 2);
	const others = Array.from({length: 8}, (_, index) => context.table.core.id[context.add({local: ['10.0.0.4', 1000 + index]})]);
	for (const other of others.slice(0, 7)) {
		inspector.follow(other);
	}

	context.table.close(slot);
	scene.sample(60_000);
	scene.sample(120_000);
	inspector.follow(id);
	t.true(inspector.read()?.isGone);
	t.deepEqual(queues(scene), [0, 1, 2]);
	inspector.follow(others[7]);
	inspector.follow(id);
	t.deepEqual(queues(scene), []);
});

test('a history is no longer than the widest graph, however long the gap', t => {
	const scene = begin();
	const {inspector, slot, id} = scene;
	inspector.follow(id);
	grow(scene, slot, 500);
	t.is(queues(scene)?.length, 400);
	t.is(queues(scene)?.at(-1), 500);
	inspector.follow(undefined);
	grow(scene, slot, 500);
	inspector.follow(id);
	t.is(queues(scene)?.length, 400);
	t.is(queues(scene)?.filter(value => !Number.isNaN(value)).length, 1);
});

test('the states come from the journal, and then from the samples', t => {
	const scene = begin();
	const {context: {table}, inspector, slot, id} = scene;
	const enter = (now: number, state: number): void => {
		scene.sample(now, () => {
			table.setState(slot, Protocol.tcp, state);
		});
	};

	enter(1000, State.finWait1);
	inspector.follow(id);
	enter(3000, State.finWait2);
	t.deepEqual(inspector.read()?.life.steps, [
		{state: 'ESTAB', since: start, isLeast: true}, {state: 'FIN-WAIT-1', since: start + 1000}, {state: 'FIN-WAIT-2', since: start + 3000},
	]);
	t.true(inspector.read()?.life.isOlder);
});

test('a socket is followed until it closes, and its last values stay when its row is gone', t => {
	const scene = begin();
	const {context: {table}, inspector, slot, id} = scene;
	inspector.follow(id);
	scene.sample(1000, () => {
		table.setCounters(slot, 500, 700);
	});
	scene.sample(2000, () => {
		table.close(slot);
	});
	t.like(inspector.read(), {isGone: false, life: {closedAt: start + 2000, now: start + 2000}});
	const {length} = inspector.read()?.history.recvQ ?? [];
	scene.sample(60_000);
	scene.context.add({local: ['10.0.0.9', 99]});
	t.like(inspector.read(), {id, isGone: true, life: {closedAt: start + 2000, now: start + 60_000}});
	t.is(valueIn(scene, 'bytesReceived'), 700);
	t.is(valueIn(scene, 'local'), '10.0.0.1:80');
	t.is(inspector.read()?.history.recvQ.length, length);
});

test('a socket without a row is read from the journal; without entries nothing is known', t => {
	const scene = begin();
	const {context: {table}, inspector, slot, id} = scene;
	scene.sample(1000, () => {
		table.close(slot);
	});
	scene.sample(60_000);
	inspector.follow(id);
	t.like(inspector.read(), {id, isGone: true, life: {closedAt: start + 1000, now: start + 60_000}});
	t.is(valueIn(scene, 'local'), '10.0.0.1:80');
	t.deepEqual(inspector.read()?.owners.map(({name}) => name), ['nginx', 'cat']);
	inspector.follow(4711);
	t.like(inspector.read(), {
		id: 4711, isGone: true, values: [], owners: [],
	});
});
