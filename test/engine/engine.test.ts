import test from 'ava';
import {startEngine, type Engine} from '../../source/engine/engine.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import type {FromEngine, View} from '../../source/contract/messages.js';
import type {Sampler} from '../../source/sampling/sampler.js';
import {journalContextOf} from '../../source/sampling/journal-context.js';
import type {FieldContext} from '../../source/fields/model/field.js';
import type {Yielder} from '../../source/parts/parts.js';
import type {Query} from '../../source/query/query.js';
import {createJournal} from '../../source/table/journal.js';
import {Family} from '../../source/addresses/family.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';
import type {SourceFacts} from '../../source/sources/source-facts.js';
import {parseAddress} from '../../source/addresses/address.js';
import {fileFacts, netlinkFacts} from '../helpers/source-facts.js';

type Scripted = {readonly port: number; readonly state?: number; readonly sent?: number};

const query: Query = {
	filter: '',
	search: '',
	classes: {protocols: ['tcp', 'udp'], families: [], states: []},
	sort: {field: 'localPort', descending: false},
	columns: ['protocol', 'state', 'localPort', 'txRate'],
	window: {height: 10, cursor: {kind: 'none'}, frozen: false},
};

const timing = {
	interval: 1_000_000, freshTime: 5000, closedTime: 5000, journal: {entries: 10_000, age: Infinity},
};

/** Milliseconds since 1970 when the clock of the source was at 0. */
const wallAtZero = 1_700_000_000_000;

/** Creates an engine with sockets set by the test, and a clock that advances by one second per sample. */
const startScripted = (first: readonly Scripted[], facts: SourceFacts = netlinkFacts) => {
	const table = new SocketTable();
	const views: View[] = [];
	const failures: string[] = [];
	let sockets = first;
	let error: Error | undefined;
	let now = 0;
	let closed = 0;
	const budgets: number[] = [];
	/** The sequence number of the last answer before each owner search. */
	const searchedAfter: Array<number | undefined> = [];
	let onView: (() => void) | undefined;
	let during: ((yieldNow: Yielder | undefined) => Promise<void>) | undefined;
	const context: FieldContext = {
		table, owners: createOwnerSets(), userName: () => undefined, interfaceName: () => undefined, namespace: () => undefined, cgroupPath: () => undefined,
	};
	const journal = createJournal(table);
	const sampler: Sampler = {
		source: {
			facts,
			time: {now: () => now, wall: () => wallAtZero + now},
			sample: () => ({complete: [], problems: []}),
			close() {
				closed++;
			},
		},
		context,
		journal,
		journalContext: journalContextOf(context, journal.table, undefined),
		async sample(columns, _protocols, how) {
			if (error !== undefined) {
				throw error;
			}

			table.setOptionalColumns(columns);
			table.begin(now);
			now += 1000;
			for (const {port, state = State.established, sent} of sockets) {
				const slot = table.observe(port, 0);
				table.setState(slot, Protocol.tcp, state);
				table.core.family[slot] = Family.inet;
				table.core.localPort[slot] = port;
				table.core.inode[slot] = port;
				parseAddress('127.0.0.1', table.core.localAddress, slot * 16);
				if (sent !== undefined) {
					table.setCounters(slot, sent, 0);
				}
			}

			await during?.(how?.yieldNow);
			const changes = table.end([{protocol: Protocol.tcp, family: Family.inet, states: -1}]);
			return {
				changes, problems: [], time: 1, droppedEvents: 0,
			};
		},
		async findOwners(changes, budget) {
			budgets.push(budget);
			searchedAfter.push(views.at(-1)?.sequence);
			journal.record(changes, 0);
		},
		sampleTime: () => wallAtZero + table.now,
		hiddenOwners: () => 0,
		privilege: {sentence: 'run as root', word: 'root'},
		close() {
			closed++;
		},
	};
	const post = (message: FromEngine): void => {
		if (message.type === 'view') {
			views.push(message.view);
		} else if (message.type === 'failed') {
			failures.push(message.message);
		}

		onView?.();
	};

	return {
		start: (): Engine => startEngine({
			sampler, timing, query, post,
		}),
		views,
		failures,
		budgets,
		searchedAfter,
		closed: () => closed,
		set(next: readonly Scripted[]) {
			sockets = next;
		},
		/** Sets a callback for the middle of each sample. */
		during(next: typeof during) {
			during = next;
		},
		fail(next: Error | undefined) {
			error = next;
		},
		/** Waits for the next answer. */
		async next(): Promise<void> {
			const {promise, resolve} = Promise.withResolvers<void>();
			onView = resolve;
			await promise;
		},
	};
};

const last = (views: readonly View[]): View => {
	const view = views.at(-1);
	if (view === undefined) {
		throw new Error('The engine has not answered.');
	}

	return view;
};

test('answers after the first sample without a query', async t => {
	const scripted = startScripted([{port: 80, state: State.listen}, {port: 443}]);
	const engine = scripted.start();
	await scripted.next();
	const {rows, matching, known, summary, status} = last(scripted.views);
	t.deepEqual(rows.map(({values}) => values.slice(0, 3)), [['tcp', 'LISTEN', 80], ['tcp', 'ESTAB', 443]]);
	t.is(matching, 2);
	t.is(known, 2);
	t.deepEqual(summary.states, [{state: 'ESTAB', count: 1}, {state: 'LISTEN', count: 1}]);
	t.deepEqual(summary.protocols, {tcp: 2, udp: 0});
	t.is(summary.openedPerSecond, 0, 'sockets that existed before are not new');
	t.is(status.samples, 1);
	t.false(rows.some(({marks}) => marks.fresh || marks.established));
	await engine.stop();
});

test('marks new sockets, those that entered ESTAB and closed ones, and counts them', async t => {
	const scripted = startScripted([{port: 80}, {port: 81, state: State.synSent}]);
	const engine = scripted.start();
	await scripted.next();
	scripted.set([{port: 81}, {port: 82, sent: 500}]);
	engine.receive({type: 'refresh'});
	await scripted.next();
	const marks = new Map(last(scripted.views).rows.map(({values, marks}) => [values[2], marks]));
	t.deepEqual(marks.get(81), {
		fresh: false, established: true, closed: false, found: false, waiting: false,
	});
	t.deepEqual(marks.get(82), {
		fresh: true, established: true, closed: false, found: false, waiting: false,
	});
	t.is(last(scripted.views).summary.openedPerSecond, 1);
	t.is(last(scripted.views).summary.sendRate, 500);
	engine.receive({type: 'refresh'});
	await scripted.next();
	const {rows, summary} = last(scripted.views);
	t.true(rows.find(({values}) => values[2] === 80)?.marks.closed);
	t.is(summary.closedPerSecond, 1);
	t.deepEqual(summary.history.closed, [0, 1]);
	await engine.stop();
});

test('answers a new query at once, with its sequence number', async t => {
	const scripted = startScripted([{port: 80}, {port: 443}]);
	const engine = scripted.start();
	await scripted.next();
	engine.receive({type: 'query', sequence: 7, query: {...query, port: {digits: '44', exact: false}}});
	const {sequence, matching, known, status} = last(scripted.views);
	t.deepEqual([sequence, matching, known, status.samples], [7, 1, 2, 1]);
	await engine.stop();
});

test('reports a filter that does not parse, and keeps the last valid one', async t => {
	const scripted = startScripted([{port: 80}, {port: 443}]);
	const engine = scripted.start();
	await scripted.next();
	engine.receive({type: 'query', sequence: 1, query: {...query, filter: 'port 80'}});
	t.is(last(scripted.views).matching, 1);
	engine.receive({type: 'query', sequence: 2, query: {...query, filter: 'port 80 state'}});
	t.is(last(scripted.views).matching, 1);
	t.truthy(last(scripted.views).filterProblem);
	await engine.stop();
});

test('fills a column that no sample has filled yet at once', async t => {
	const scripted = startScripted([{port: 80}]);
	const engine = scripted.start();
	await scripted.next();
	engine.receive({type: 'query', sequence: 1, query: {...query, columns: ['localPort', 'cwnd']}});
	await scripted.next();
	t.is(last(scripted.views).status.samples, 2);
	await engine.stop();
});

test('reports a pause at once, and samples on resume', async t => {
	const scripted = startScripted([{port: 80}]);
	const engine = scripted.start();
	await scripted.next();
	engine.receive({type: 'pause', paused: true});
	t.true(last(scripted.views).status.paused);
	engine.receive({type: 'pause', paused: false});
	await scripted.next();
	t.is(last(scripted.views).status.samples, 2);
	await engine.stop();
});

test('a failed first sample stops the engine; after a later one it tries again', async t => {
	const broken = startScripted([]);
	broken.fail(new Error('no tables'));
	broken.start();
	await broken.next();
	t.deepEqual(broken.failures, ['no tables']);
	t.is(broken.closed(), 1);

	const scripted = startScripted([{port: 80}]);
	const engine = scripted.start();
	await scripted.next();
	scripted.fail(new Error('ss failed'));
	engine.receive({type: 'refresh'});
	await scripted.next();
	t.deepEqual(last(scripted.views).status.problems, ['ss failed; trying again']);
	t.is(last(scripted.views).rows.length, 1);
	scripted.fail(undefined);
	engine.receive({type: 'refresh'});
	await scripted.next();
	t.deepEqual(last(scripted.views).status.problems, []);
	await engine.stop();
	t.deepEqual(scripted.failures, []);
});

test('a recording is read once', async t => {
	const scripted = startScripted([{port: 80}], fileFacts);
	const engine = scripted.start();
	await scripted.next();
	engine.receive({type: 'refresh'});
	engine.receive({type: 'query', sequence: 1, query});
	t.is(last(scripted.views).status.samples, 1);
	await engine.stop();
});

test('answers a query during a long sample', async t => {
	const scripted = startScripted([{port: 80}, {port: 443}]);
	const engine = scripted.start();
	await scripted.next();
	scripted.during(async rest => {
		setImmediate(() => {
			engine.receive({type: 'query', sequence: 7, query: {...query, filter: 'port 443'}});
		});
		while (last(scripted.views).sequence !== 7) {
			await rest?.();
		}
	});
	engine.receive({type: 'refresh'});
	await scripted.next();
	t.deepEqual(last(scripted.views).rows.map(({values}) => values[2]), [443]);
	t.is(last(scripted.views).status.samples, 1);
	await scripted.next();
	t.is(last(scripted.views).status.samples, 2);
	await engine.stop();
});

test('answers a query that came during the last dump before the owner search', async t => {
	const scripted = startScripted([{port: 80}]);
	const engine = scripted.start();
	await scripted.next();
	scripted.during(async () => {
		setImmediate(() => {
			engine.receive({type: 'query', sequence: 7, query: {...query, filter: 'port 80'}});
		});
		const started = performance.now();
		while (performance.now() - started < 10) {
			// Longer than the longest delay of an answer.
		}
	});
	engine.receive({type: 'refresh'});
	await scripted.next();
	await scripted.next();
	t.is(scripted.searchedAfter.at(-1), 7);
	await engine.stop();
});

test('a new preference changes at once how long rows are fresh, also in the journal', async t => {
	const scripted = startScripted([]);
	const engine = scripted.start();
	await scripted.next();
	scripted.set([{port: 1}]);
	engine.receive({type: 'refresh'});
	await scripted.next();
	engine.receive({type: 'refresh'});
	await scripted.next();
	const isFresh = (isJournal: boolean): boolean | undefined => {
		engine.receive({type: 'query', sequence: 1, query: isJournal ? {...query, journal: {changes: false}} : query});
		return last(scripted.views).rows.at(0)?.marks.fresh;
	};

	const setTime = (freshTime: number): void => {
		engine.receive({type: 'timing', timing: {...timing, freshTime}});
	};

	t.true(isFresh(false));
	t.true(isFresh(true));
	setTime(1000);
	t.false(last(scripted.views).rows.at(0)?.marks.fresh, 'the answer does not wait for a sample');
	t.false(isFresh(false));
	setTime(1001);
	t.true(last(scripted.views).rows.at(0)?.marks.fresh);
	t.true(isFresh(true));
	engine.receive({type: 'stop'});
});

test('the journal is grouped and marked like the sockets, and a group head is about no socket', async t => {
	const scripted = startScripted([]);
	const engine = scripted.start();
	await scripted.next();
	const grouped: Query = {
		...query, journal: {changes: false}, groups: {by: ['port'], folded: {all: false, except: []}}, window: {height: 10, cursor: {kind: 'first'}, frozen: false},
	};
	const labels = (sequence: number, change: Partial<Query>): ReadonlyArray<string | undefined> => {
		engine.receive({type: 'query', sequence, query: {...grouped, ...change}});
		return last(scripted.views).rows.map(({group}) => group?.label);
	};

	const sample = async (...ports: readonly number[]): Promise<void> => {
		scripted.set(ports.map(port => ({port})));
		engine.receive({type: 'refresh'});
		await scripted.next();
	};

	await sample(1);
	t.deepEqual(labels(1, {}), ['port 1', undefined]);
	t.true((last(scripted.views).selected?.id ?? 0) < 0);
	t.false('about' in last(scripted.views));
	t.deepEqual(labels(2, {mark: {number: 1, shown: 'new'}}), []);
	await sample(1, 2);
	t.deepEqual(last(scripted.views).rows.map(({group}) => group?.label), ['port 2', undefined]);
	t.deepEqual(labels(3, {mark: {number: 1, shown: 'all'}}), ['port 1', undefined, 'port 2', undefined]);
	engine.receive({type: 'stop'});
});

test('marks the last sample when a query has another mark, and reports when that was', async t => {
	const scripted = startScripted([{port: 80, sent: 10}]);
	const engine = scripted.start();
	await scripted.next();
	t.false('markedAt' in last(scripted.views));
	const since: Query = {...query, columns: ['sinceMark', 'sentSinceMark'], mark: {number: 5, shown: 'all'}};
	engine.receive({type: 'query', sequence: 2, query: since});
	const {markedAt} = last(scripted.views);
	t.is(markedAt, wallAtZero, 'the time of the marked sample, by the source');
	scripted.set([{port: 80, sent: 30}, {port: 81, sent: 1}]);
	engine.receive({type: 'refresh'});
	await scripted.next();
	t.is(last(scripted.views).markedAt, markedAt);
	t.deepEqual(last(scripted.views).rows.map(({values}) => values), [['grown', 20], ['opened', 1]]);
	engine.receive({type: 'query', sequence: 3, query: {...since, mark: {number: 5, shown: 'new'}}});
	t.deepEqual(last(scripted.views).rows.map(({values}) => values), [['opened', 1]], 'the same mark');
	engine.receive({type: 'query', sequence: 4, query: {...since, mark: {number: 6, shown: 'all'}}});
	t.deepEqual(last(scripted.views).rows.map(({values}) => values), [[undefined, 0], [undefined, 0]], 'another one');
	engine.receive({type: 'query', sequence: 5, query});
	t.false('markedAt' in last(scripted.views));
	await engine.stop();
});
