import test from 'ava';
import fc from '../helpers/property.js';
import {Life} from '../../source/table/columns/columns.js';
import {lingerMilliseconds} from '../../source/table/columns/lingering.js';
import {Family} from '../../source/addresses/family.js';
import {domainFamilies, Protocol} from '../../source/table/columns/protocols.js';
import type {Changes} from '../../source/table/changes.js';
import type {Scope} from '../../source/table/identified-sockets.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State, stateCount} from '../../source/table/columns/states.js';

const everyState = -1;
const tcp: Scope = {protocol: Protocol.tcp, family: Family.inet, states: everyState};

type Seen = {readonly cookie: number; readonly state?: number; readonly sent?: number; readonly received?: number};

/** One sample of TCP sockets over IPv4. */
const sample = (table: SocketTable, now: number, sockets: readonly Seen[], complete: readonly Scope[] = [tcp]): Changes => {
	table.begin(now);
	for (const {cookie, state = State.established, sent, received} of sockets) {
		const slot = table.observe(cookie, 0);
		table.setState(slot, Protocol.tcp, state);
		table.core.family[slot] = Family.inet;
		if (sent !== undefined) {
			table.setCounters(slot, sent, received ?? 0);
		}
	}

	return table.end(complete);
};

const cookiesOf = (table: SocketTable, slots: readonly number[]): number[] => slots.map(slot => table.core.cookieLow[slot]).toSorted((a, b) => a - b);

test('the first sample opens all; a later one reports the new ones', t => {
	const table = new SocketTable();
	t.deepEqual(cookiesOf(table, sample(table, 0, [{cookie: 1}, {cookie: 2}]).opened), [1, 2]);
	const changes = sample(table, 1000, [{cookie: 2}, {cookie: 3}, {cookie: 1}]);
	t.deepEqual(cookiesOf(table, changes.opened), [3]);
	t.is(table.size, 3);
});

test('a socket absent once is not closed; absent twice it is', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1}, {cookie: 2}]);
	t.deepEqual(sample(table, 1000, [{cookie: 1}]).closed, []);
	t.deepEqual(cookiesOf(table, sample(table, 2000, [{cookie: 1}]).closed), [2]);
});

test('the count of misses restarts when a socket comes back', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1}]);
	sample(table, 1000, []);
	sample(table, 2000, [{cookie: 1}]);
	t.deepEqual(sample(table, 3000, []).closed, []);
	t.is(table.size, 1);
});

test('a failed sample closes nothing', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1}]);
	for (let now = 1000; now < 10_000; now += 1000) {
		t.deepEqual(sample(table, now, [], []).closed, []);
	}
});

test('a scope closes only sockets of its protocol, family and states', t => {
	const table = new SocketTable();
	const others: readonly Scope[] = [
		{protocol: Protocol.udp, family: Family.inet, states: everyState},
		{protocol: Protocol.tcp, family: Family.inet6, states: everyState},
		{protocol: Protocol.tcp, family: Family.inet, states: 1 << State.listen},
	];
	sample(table, 0, [{cookie: 1}]);
	for (let now = 1000; now < 5000; now += 1000) {
		t.deepEqual(sample(table, now, [], others).closed, []);
	}
});

test('a closed row lingers, then its slot is reused with another id', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1}]);
	const slot = table.find(1, 0);
	const id = table.core.id[slot];
	table.begin(1000);
	table.close(slot);
	table.end([]);
	t.true(table.isClosed(slot));
	t.is(table.size, 0);
	sample(table, 1000 + lingerMilliseconds - 1, []);
	t.true(table.isUsed(slot));
	sample(table, 1000 + lingerMilliseconds, [{cookie: 1}]);
	t.is(table.find(1, 0), slot);
	t.not(table.core.id[slot], id);
});

test('a cookie that returns while its closed row lingers is a new row', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1}, {cookie: 2}]);
	table.begin(1000);
	table.close(table.find(1, 0));
	table.end([]);
	const {opened} = sample(table, 2000, [{cookie: 1}, {cookie: 2}]);
	t.is(opened.length, 1);
	t.is(table.size, 2);
});

test('a socket whose state changes twice in a sample is in the lists once', t => {
	const table = new SocketTable();
	table.begin(0);
	const slot = table.observe(1, 0);
	table.setState(slot, Protocol.tcp, State.synReceived);
	table.end([]);
	table.begin(1000);
	const opened = table.observe(2, 0);
	for (const state of [State.established, State.timeWait]) {
		table.setState(slot, Protocol.tcp, state);
		table.setState(opened, Protocol.tcp, state);
	}

	t.like(table.end([]), {opened: [opened], changed: [slot], previousStates: [State.synReceived]});
});

test('reports the previous state of a socket', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1, state: State.synSent}]);
	const {changed, previousStates} = sample(table, 1000, [{cookie: 1, state: State.established}]);
	t.deepEqual(cookiesOf(table, changed), [1]);
	t.deepEqual(previousStates, [State.synSent]);
	t.is(table.core.stateSince[changed[0]], 1000);
	t.is(table.counts[Protocol.tcp * stateCount + State.synSent], 0);
	t.is(table.counts[Protocol.tcp * stateCount + State.established], 1);
});

test('a state that this version does not know counts as unknown', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1, state: 77}]);
	t.is(table.core.state[table.find(1, 0)], State.unknown);
	t.deepEqual(sample(table, 1000, [{cookie: 1, state: 77}]).changed, []);
});

test('rates are differences over the measured time', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1, sent: 1000, received: 500}]);
	const slot = table.find(1, 0);
	t.is(table.core.txRate[slot], NaN);
	sample(table, 2000, [{cookie: 1, sent: 5000, received: 500}]);
	t.is(table.core.txRate[slot], 2000);
	t.is(table.core.rxRate[slot], 0);
	t.is(table.bytesSentInSample, 4000);
});

test('a socket that is new since the last sample moved its bytes in between; one that existed at the start did not', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1, sent: 1_000_000}]);
	t.is(table.bytesSentInSample, 0);
	sample(table, 1000, [{cookie: 1, sent: 1_000_000}, {cookie: 2, sent: 300}]);
	t.is(table.core.txRate[table.find(2, 0)], 300);
	t.is(table.bytesSentInSample, 300);
});

test('counters that were unknown at first give no rate for the time before', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 9}]);
	sample(table, 1000, [{cookie: 9}, {cookie: 1}]);
	sample(table, 2000, [{cookie: 9}, {cookie: 1, sent: 5000}]);
	t.is(table.core.txRate[table.find(1, 0)], NaN);
});

test('a socket that a dump contains twice is one row and keeps its rate', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1, sent: 0}]);
	const changes = sample(table, 1000, [{cookie: 1, sent: 700}, {cookie: 1, sent: 700}]);
	t.deepEqual(changes.opened, []);
	t.is(table.core.txRate[table.find(1, 0)], 700);
	t.is(table.bytesSentInSample, 700);
});

test('a falling counter gives no rate', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1, sent: 1000}]);
	sample(table, 1000, [{cookie: 1, sent: 10}]);
	t.is(table.bytesSentInSample, 0);
	t.is(table.core.bytesSent[table.find(1, 0)], 10);
});

test('optional columns exist while they are wanted and start absent', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1}]);
	t.is(table.optional('cwnd'), undefined);
	table.setOptionalColumns(['cwnd']);
	const slot = table.find(1, 0);
	t.is(table.optional('cwnd')?.[slot], 0xFF_FF_FF_FF);
	table.setOptionalColumns([]);
	t.is(table.optional('cwnd'), undefined);
});

test('columns keep their values when the table grows', t => {
	const table = new SocketTable();
	table.setOptionalColumns(['cwnd']);
	sample(table, 0, [{cookie: 1, sent: 5}]);
	const cwnd = table.optional('cwnd');
	cwnd?.fill(10, 0, 1);
	sample(table, 1000, [{cookie: 1, sent: 7}, ...Array.from({length: 5000}, (_, index) => ({cookie: index + 2}))]);
	const slot = table.find(1, 0);
	t.is(table.core.bytesSent[slot], 7);
	t.is(table.optional('cwnd')?.[slot], 10);
	t.is(table.size, 5001);
});

test('follows a model through any sequence of samples', t => {
	const states = fc.constantFrom(State.established, State.listen, State.timeWait, State.closeWait);
	const sampleOf = fc.record({
		sockets: fc.uniqueArray(fc.record({cookie: fc.integer({min: 1, max: 12}), state: states}), {selector: ({cookie}) => cookie}),
		isComplete: fc.boolean(),
	});
	fc.assert(fc.property(fc.array(sampleOf, {maxLength: 30}), samples => {
		const table = new SocketTable();
		/** Cookie → state and misses. */
		const model = new Map<number, {state: number; misses: number}>();
		for (const [index, {sockets, isComplete}] of samples.entries()) {
			const changes = sample(table, index * 2000, sockets, isComplete ? [tcp] : []);
			const seen = new Map(sockets.map(({cookie, state}) => [cookie, state]));
			const opened = seen.keys().filter(cookie => !model.has(cookie)).toArray();
			const changed = [...seen].filter(([cookie, state]) => model.has(cookie) && model.get(cookie)?.state !== state).map(([cookie]) => cookie);
			const closed: number[] = [];
			for (const [cookie, state] of seen) {
				model.set(cookie, {state, misses: 0});
			}

			for (const [cookie, known] of model) {
				if (isComplete && !seen.has(cookie)) {
					known.misses++;
					if (known.misses === 2) {
						closed.push(cookie);
						model.delete(cookie);
					}
				}
			}

			const sorted = (cookies: number[]): number[] => cookies.toSorted((a, b) => a - b);
			t.deepEqual(cookiesOf(table, changes.opened), sorted(opened));
			t.deepEqual(cookiesOf(table, changes.changed), sorted(changed));
			t.deepEqual(cookiesOf(table, changes.closed), sorted(closed));
			t.is(table.size, model.size);
			t.is(table.counts.reduce((sum, count) => sum + count, 0), model.size);
			for (const [cookie, {state}] of model) {
				t.is(table.core.state[table.find(cookie, 0)], state);
			}
		}
	}), {numRuns: 200});
});

test('sockets of a newly watched protocol existed before; those of an unwatched one are dropped', t => {
	const table = new SocketTable();
	const observe = (cookie: number, protocol: number): number => {
		const slot = table.observe(cookie, 0);
		table.core.family[slot] = protocol === Protocol.tcp ? Family.inet : domainFamilies.unix;
		table.setState(slot, protocol, State.established);
		return slot;
	};

	const scopes = [{protocol: Protocol.tcp, family: Family.inet, states: -1}, {protocol: Protocol.u_str, family: domainFamilies.unix, states: -1}];
	table.watch([Protocol.tcp]);
	table.begin(0);
	observe(1, Protocol.tcp);
	table.end(scopes.slice(0, 1));
	table.watch([Protocol.tcp, Protocol.u_str]);
	table.begin(1000);
	const connection = observe(2, Protocol.tcp);
	const unix = observe(3, Protocol.u_str);
	observe(1, Protocol.tcp);
	table.end(scopes);
	t.is(table.core.life[connection] & (Life.initial | Life.established), Life.established);
	t.is(table.core.life[unix] & (Life.initial | Life.established), Life.initial);
	table.begin(2000);
	const later = observe(4, Protocol.u_str);
	for (const [cookie, protocol] of [[1, Protocol.tcp], [2, Protocol.tcp], [3, Protocol.u_str]]) {
		observe(cookie, protocol);
	}

	table.end(scopes);
	t.is(table.core.life[later] & (Life.initial | Life.established), Life.established);

	table.watch([Protocol.tcp]);
	table.begin(3000);
	observe(1, Protocol.tcp);
	observe(2, Protocol.tcp);
	const {closed} = table.end(scopes.slice(0, 1));
	t.deepEqual(new Set(closed), new Set([unix, later]));
	t.true(closed.every(slot => (table.core.life[slot] & Life.dropped) !== 0));
	t.is(table.size, 2);

	// They have not closed: once their protocol is watched again, each has one row.
	table.watch([Protocol.tcp, Protocol.u_str]);
	table.begin(4000);
	for (const [cookie, protocol] of [[1, Protocol.tcp], [2, Protocol.tcp], [3, Protocol.u_str], [4, Protocol.u_str]]) {
		observe(cookie, protocol);
	}

	table.end(scopes);
	const rows = Array.from({length: table.used}, (_, slot) => slot).filter(slot => (table.core.life[slot] & Life.used) !== 0);
	t.is(rows.length, 4);
	t.true(rows.every(slot => (table.core.life[slot] & (Life.closed | Life.dropped)) === 0));
});

test('texts that no row holds any more are freed', t => {
	const table = new SocketTable();
	for (let round = 0; round < 40; round++) {
		table.begin(round * 10_000);
		for (let index = 0; index < 1000; index++) {
			const slot = table.observe(round * 1000 + index + 1, 0);
			table.core.family[slot] = domainFamilies.unix;
			table.setState(slot, Protocol.u_str, State.listen);
			table.core.localName[slot] = table.texts.intern(`/run/${round}/${index}`);
		}

		table.end([{protocol: Protocol.u_str, family: domainFamilies.unix, states: -1}]);
	}

	t.true(table.texts.size < 20_000);
	const slot = table.find(39_001, 0);
	t.is(table.texts.of(table.core.localName[slot]), '/run/39/0');
});

/** One sample of sockets with equal cookies in several network namespaces, each read completely. */
const sampleNamespaces = (table: SocketTable, now: number, seen: ReadonlyMap<number, readonly number[]>): Changes => {
	table.begin(now);
	for (const [namespace, cookies] of seen) {
		table.enter(namespace);
		for (const cookie of cookies) {
			const slot = table.observe(cookie, 0);
			table.setState(slot, Protocol.tcp, State.established);
			table.core.family[slot] = Family.inet;
		}
	}

	return table.end(Array.from(seen.keys(), namespace => ({...tcp, namespace})));
};

const namesOf = ({core}: SocketTable, slots: readonly number[]): string[] => slots.map(slot => `${core.namespace[slot]}:${core.cookieLow[slot]}`).toSorted();

test('equal cookies in two network namespaces are two sockets', t => {
	const table = new SocketTable();
	t.is(sampleNamespaces(table, 0, new Map([[1, [5, 6]], [2, [6, 5]]])).opened.length, 4);
	t.is(sampleNamespaces(table, 1000, new Map([[2, [5, 6]], [1, [6, 5]]])).opened.length, 0);
	table.enter(2);
	const slot = table.find(5, 0);
	t.is(table.core.namespace[slot], 2);
	table.close(slot);
	t.is(table.find(5, 0), -1);
	table.enter(1);
	t.not(table.find(5, 0), -1);
});

test('a complete scope closes only sockets of its network namespace', t => {
	const table = new SocketTable();
	sampleNamespaces(table, 0, new Map([[1, [5, 6]], [2, [5, 6]]]));
	sampleNamespaces(table, 1000, new Map([[1, [5]]]));
	t.deepEqual(namesOf(table, sampleNamespaces(table, 2000, new Map([[1, [5]]])).closed), ['1:6']);
});

test('the sockets of a removed network namespace are dropped, and its number can be reused', t => {
	const table = new SocketTable();
	sampleNamespaces(table, 0, new Map([[1, [5]], [2, [5]]]));
	table.begin(1000);
	table.dropNamespace(1);
	const {closed} = table.end([]);
	t.deepEqual(namesOf(table, closed), ['1:5']);
	t.true(closed.every(slot => (table.core.life[slot] & Life.dropped) !== 0));
	t.deepEqual(namesOf(table, sampleNamespaces(table, 2000, new Map([[1, [5]], [2, [5]]])).opened), ['1:5']);
	t.is(table.size, 2);
});

test('a slot that is reused in another network namespace is not mistaken for its earlier socket', t => {
	const table = new SocketTable();
	sampleNamespaces(table, 0, new Map([[1, [4, 5]]]));
	table.begin(1000);
	table.enter(1);
	table.close(table.find(5, 0));
	table.end([]);
	sampleNamespaces(table, 1000 + lingerMilliseconds, new Map([[1, [4]], [2, [5]]]));
	const {opened} = sampleNamespaces(table, 2000 + lingerMilliseconds, new Map([[1, [4, 5]], [2, [5]]]));
	t.deepEqual(namesOf(table, opened), ['1:5']);
	t.is(table.size, 3);
});
