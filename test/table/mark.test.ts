import test from 'ava';
import fc from '../helpers/property.js';
import {isNew} from '../../source/table/freshness.js';
import {freshMilliseconds} from '../../source/table/columns/sampled-columns.js';
import {keptSinceMark, lingerMilliseconds} from '../../source/table/columns/lingering.js';
import {bindKept, differenceSince, type Mark} from '../../source/table/mark.js';
import {Family} from '../../source/addresses/family.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';

type Sampled = {readonly cookie: number; readonly sent?: number; readonly received?: number; readonly protocol?: number};

const watched = [Protocol.tcp, Protocol.udp] as const;

/** Takes a sample of exactly these sockets; the others close. */
const sample = (table: SocketTable, now: number, sockets: readonly Sampled[]): void => {
	table.begin(now);
	for (const {cookie, sent, received = 0, protocol = Protocol.tcp} of sockets) {
		const slot = table.observe(cookie, 0);
		table.core.family[slot] = Family.inet;
		table.setState(slot, protocol, State.established);
		if (sent !== undefined) {
			table.setCounters(slot, sent, received);
		}
	}

	for (const protocol of watched) {
		for (const slot of table.missing({protocol, family: Family.inet, states: -1})) {
			table.close(slot);
		}
	}

	table.end([]);
};

const slotOf = (table: SocketTable, cookie: number): number => table.core.cookieLow.subarray(0, table.used).lastIndexOf(cookie);

const markOf = ({mark}: SocketTable): Mark => {
	if (mark === undefined) {
		throw new Error('Nothing is marked.');
	}

	return mark;
};

const difference = (table: SocketTable, cookie: number): string | undefined => differenceSince(markOf(table), slotOf(table, cookie));

test('reports what was opened, closed or has grown since the mark, and by how much', t => {
	const table = new SocketTable();
	sample(table, 1000, [{cookie: 1, sent: 100, received: 50}, {cookie: 2, sent: 7}, {cookie: 3, sent: 7}, {cookie: 4}]);
	table.setMark();
	t.deepEqual([1, 2, 3, 4].map(cookie => difference(table, cookie)), [undefined, undefined, undefined, undefined]);
	sample(table, 2000, [{cookie: 1, sent: 130, received: 55}, {cookie: 2, sent: 7}, {cookie: 4}, {cookie: 5, sent: 9}, {cookie: 6}]);
	sample(table, 3000, [{cookie: 1, sent: 130, received: 56}, {cookie: 2, sent: 7}, {cookie: 4}, {cookie: 5, sent: 9}]);
	t.deepEqual([1, 2, 3, 4, 5, 6].map(cookie => difference(table, cookie)), ['grown', undefined, 'closed', undefined, 'opened', 'closed']);
	const {sentSince, receivedSince, isOpenedSince} = markOf(table);
	t.deepEqual([1, 2, 4, 5].map(cookie => sentSince(slotOf(table, cookie))), [30, 0, NaN, 9]);
	t.is(receivedSince(slotOf(table, 1)), 6);
	t.true(isOpenedSince(slotOf(table, 6)), 'opened and closed since the mark');
	table.setMark();
	t.deepEqual([1, 3, 5, 6].map(cookie => difference(table, cookie)), [undefined, undefined, undefined, undefined], 'there is a new mark');
});

test('"new" means since the mark, and fresh without one', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1}]);
	sample(table, 1000, [{cookie: 1}, {cookie: 2}]);
	t.deepEqual([1, 2].map(cookie => isNew(table, slotOf(table, cookie))), [false, true]);
	table.setMark();
	t.deepEqual([1, 2].map(cookie => isNew(table, slotOf(table, cookie))), [false, false]);
	sample(table, 2000, [{cookie: 1}, {cookie: 2}, {cookie: 3}]);
	sample(table, 2000 + freshMilliseconds, [{cookie: 1}, {cookie: 2}, {cookie: 3}]);
	t.deepEqual([1, 2, 3].map(cookie => isNew(table, slotOf(table, cookie))), [false, false, true]);
	table.clearMark();
	t.false(isNew(table, slotOf(table, 3)));
});

test('sockets of a newly watched protocol are not new, and those of a dropped one are not closed', t => {
	const table = new SocketTable();
	table.watch([Protocol.tcp]);
	sample(table, 0, [{cookie: 1}]);
	table.setMark();
	table.watch([Protocol.udp]);
	sample(table, 1000, [{cookie: 2, protocol: Protocol.udp, sent: 5}]);
	t.deepEqual([1, 2].map(cookie => difference(table, cookie)), [undefined, undefined]);
	t.is(markOf(table).sentSince(slotOf(table, 2)), NaN);
});

test('a reused slot keeps nothing of its earlier socket', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1, sent: 1000}]);
	table.setMark();
	const slot = slotOf(table, 1);
	sample(table, 1000, []);
	table.clearMark();
	sample(table, 1000 + lingerMilliseconds, [{cookie: 2, sent: 5}]);
	t.is(slotOf(table, 2), slot);
	table.setMark();
	sample(table, 2000 + lingerMilliseconds, [{cookie: 2, sent: 8}]);
	t.is(markOf(table).sentSince(slot), 3);
});

test('rows closed after the mark stay until it is cleared; those closed before it expire', t => {
	const table = new SocketTable();
	sample(table, 0, [{cookie: 1}, {cookie: 2}]);
	sample(table, 1000, [{cookie: 2}]);
	table.setMark();
	sample(table, 2000, []);
	t.is(bindKept(table), undefined);
	sample(table, 2000 + lingerMilliseconds, []);
	t.deepEqual(table.lingering, [slotOf(table, 2)]);
	t.true(bindKept(table)?.(slotOf(table, 2)));
	sample(table, 1_000_000, [{cookie: 3}]);
	t.is(difference(table, 2), 'closed');
	t.false(bindKept(table)?.(slotOf(table, 3)), 'an open socket');
	table.clearMark();
	sample(table, 1_001_000, [{cookie: 3}]);
	t.deepEqual(table.lingering, []);
});

test('keeps a limited number of closed rows: the last ones', t => {
	const table = new SocketTable();
	const sockets = Array.from({length: keptSinceMark + 10}, (_, index) => ({cookie: index + 1}));
	sample(table, 0, sockets);
	table.setMark();
	sample(table, 1000, sockets.slice(10));
	sample(table, 2000, []);
	sample(table, 2000 + lingerMilliseconds, []);
	t.is(table.lingering.length, keptSinceMark);
	t.true(table.lingering.every(slot => table.core.closedAt[slot] === 2000));
});

test('the difference depends only on the two moments, not on what happened in between', t => {
	const anySample = fc.uniqueArray(fc.record({cookie: fc.integer({min: 1, max: 12}), moved: fc.nat(2)}), {selector: ({cookie}) => cookie});
	fc.assert(fc.property(fc.array(anySample, {minLength: 1, maxLength: 6}), fc.array(anySample, {maxLength: 10}), fc.integer({min: 1, max: 9}), (before, after, seconds) => {
		const table = new SocketTable();
		/** Bytes that each open socket has sent so far. A socket that disappears and returns is a new one and starts at 0. */
		let openSockets = new Map<number, number>();
		const pass = (sockets: (typeof before)[number]): void => {
			openSockets = new Map(sockets.map(({cookie, moved}) => [cookie, (openSockets.get(cookie) ?? 0) + moved]));
			sample(table, table.now + (seconds * 1000), [...openSockets].map(([cookie, sent]) => ({cookie, sent})));
		};

		for (const sockets of before) {
			pass(sockets);
		}

		table.setMark();
		const then = openSockets;
		const kept = new Set(then.keys());
		const gone: number[] = [];
		const cameLater = new Set<number>();
		for (const sockets of after) {
			const now = new Set(sockets.map(({cookie}) => cookie));
			for (const cookie of openSockets.keys()) {
				if (!now.has(cookie)) {
					gone.push(cookie);
					kept.delete(cookie);
					cameLater.delete(cookie);
				}
			}

			for (const cookie of now) {
				if (!kept.has(cookie)) {
					cameLater.add(cookie);
				}
			}

			pass(sockets);
		}

		const found: Record<string, number[]> = {opened: [], closed: [], grown: []};
		for (let slot = 0; slot < table.used; slot++) {
			const kind = table.isUsed(slot) ? differenceSince(markOf(table), slot) : undefined;
			if (kind !== undefined) {
				found[kind].push(table.core.cookieLow[slot]);
			}
		}

		const grown = [...kept].filter(cookie => (openSockets.get(cookie) ?? 0) > (then.get(cookie) ?? 0));
		const inOrder = (cookies: Iterable<number>): number[] => [...cookies].toSorted((a, b) => a - b);
		t.deepEqual(inOrder(found.opened), inOrder(cameLater));
		t.deepEqual(inOrder(found.closed), inOrder(gone));
		t.deepEqual(inOrder(found.grown), inOrder(grown));
		for (const cookie of [...kept, ...cameLater]) {
			const sent = (openSockets.get(cookie) ?? 0) - (kept.has(cookie) ? then.get(cookie) ?? 0 : 0);
			t.is(markOf(table).sentSince(table.find(cookie, 0)), sent);
		}
	}), {numRuns: 200});
});
