import test from 'ava';
import {openDestroyFeed} from '../../../source/netlink/destroy-feed.js';
import {createDestroyEvents} from '../../../source/sources/netlink/destroy-events.js';
import {Life, Trait} from '../../../source/table/columns/columns.js';
import {Family} from '../../../source/addresses/family.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import type {Changes} from '../../../source/table/changes.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {State} from '../../../source/table/columns/states.js';
import {destroyEvent} from '../../helpers/destroy-event-messages.js';

type Seen = {
	readonly cookie: number;
	readonly ports: readonly [local: number, peer: number];
	readonly state?: number;
	readonly sent?: number;
	readonly protocol?: number;
};

/** A table with a feed. A sample consists of the sockets in its dump, and of the events that arrive before, during and after it. */
const create = (isWatched = (_protocol: number): boolean => true) => {
	const table = new SocketTable();
	const kernel: Uint8Array[] = [];
	const feed = openDestroyFeed({
		open: () => ({
			receive(buffer) {
				const next = kernel.shift();
				if (next === undefined) {
					return -1;
				}

				buffer.set(next);
				return next.byteLength;
			},
			drops: () => 0,
			watch: () => ({start: () => undefined, stop: () => undefined, close: () => undefined}),
			close: () => undefined,
		}),
	});
	const events = createDestroyEvents(table, feed);
	return {
		table,
		feed,
		sample(now: number, dump: readonly Seen[], {before = [], meanwhile = [], isComplete = true}: {
			readonly before?: readonly Uint8Array[]; readonly meanwhile?: readonly Uint8Array[]; readonly isComplete?: boolean;
		} = {}): Changes {
			table.begin(now);
			kernel.push(...before);
			events.mergeBeforeDump(new Set(), isWatched);
			for (const {cookie, ports: pair, state = State.established, sent, protocol = Protocol.tcp} of dump) {
				const [local, peer] = pair;
				const slot = table.observe(cookie, 0);
				table.setState(slot, protocol, state);
				table.core.family[slot] = Family.inet;
				table.core.localPort[slot] = local;
				table.core.peerPort[slot] = peer;
				table.core.timer[slot] = state === State.timeWait ? 3 : 0;
				table.core.localAddress.set([127, 0, 0, 1], slot * 16);
				table.core.peerAddress.set([127, 0, 0, 1], slot * 16);
				if (sent !== undefined) {
					table.setCounters(slot, sent, 0);
				}
			}

			kernel.push(...meanwhile);
			events.mergeAfterDump(isComplete);
			events.discountFins();
			return table.end([]);
		},
	};
};

const ports = [40_000, 80] as const;

test('gives a row its last counters, and counts the bytes since the previous sample', t => {
	const {table, sample} = create();
	sample(1000, [{cookie: 1, ports, sent: 100}]);
	const {closed, shortLived} = sample(2000, [{cookie: 1, ports, state: State.timeWait}], {
		before: [destroyEvent({
			cookie: 1, ports, sent: 350, received: 20,
		})],
	});
	const slot = table.find(1, 0);
	t.deepEqual([closed, shortLived], [[], []]);
	t.is(table.core.state[slot], State.timeWait);
	t.is(table.core.bytesSent[slot], 350);
	t.is(table.core.bytesReceived[slot], 20);
	t.is(table.bytesSentInSample, 250);
	t.is(table.bytesReceivedInSample, 20);
	t.true((table.core.life[slot] & Life.ended) !== 0);
	sample(3000, [{cookie: 1, ports, state: State.timeWait}]);
	t.is(table.bytesSentInSample, 0);
});

test('events that come after the dump has counted the socket wait for the next sample', t => {
	const {table, sample} = create();
	sample(1000, [{cookie: 1, ports, sent: 100}]);
	sample(2000, [{cookie: 1, ports, sent: 150}], {meanwhile: [destroyEvent({cookie: 1, ports, sent: 400})]});
	const slot = table.find(1, 0);
	t.is(table.core.bytesSent[slot], 150);
	t.is(table.bytesSentInSample, 50);
	sample(3000, []);
	t.is(table.core.bytesSent[slot], 400);
	t.is(table.bytesSentInSample, 250);
});

test('a socket that no dump contained is short-lived: neither opened nor closed, with its bytes', t => {
	const {table, sample} = create();
	sample(1000, []);
	const {opened, closed, shortLived} = sample(2000, [], {
		before: [destroyEvent({
			cookie: 9, ports, sent: 70, received: 5,
		})],
	});
	t.deepEqual([opened, closed], [[], []]);
	t.is(shortLived.length, 1);
	const [slot] = shortLived;
	t.is(table.core.bytesSent[slot], 70);
	t.is(table.core.localPort[slot], 40_000);
	t.is(table.core.uid[slot], 0xFF_FF_FF_FF);
	t.true(table.isClosed(slot));
	t.is(table.size, 0);
	t.is(table.bytesSentInSample, 70);
	t.is(table.counts.reduce((sum, count) => sum + count), 0);
	t.deepEqual(sample(3000, []).shortLived, []);
});

test('the event of a connection whose request socket was dumped with another cookie belongs to that row', t => {
	const {table, sample} = create();
	sample(1000, []);
	const {opened} = sample(2000, [{cookie: 5, ports, state: State.synReceived}]);
	t.is(opened.length, 1);
	const after = sample(3000, [], {before: [destroyEvent({cookie: 9, ports, sent: 70})]});
	t.deepEqual([after.opened, after.shortLived], [[], []]);
	const [slot] = opened;
	t.is(table.find(9, 0), slot);
	t.is(table.find(5, 0), -1);
	t.is(table.core.state[slot], State.established);
	t.is(table.core.bytesSent[slot], 70);
	t.true((table.core.life[slot] & Life.ended) !== 0);
});

test('the event of an unknown socket belongs to its minisocket in TIME-WAIT, whatever its cookie', t => {
	const {table, sample} = create();
	sample(1000, []);
	const {opened, shortLived} = sample(2000, [
		{cookie: 50, ports: [40_000, 81], state: State.timeWait},
		{cookie: 51, ports, state: State.timeWait},
	], {before: [destroyEvent({cookie: 9, ports, sent: 70})]});
	t.deepEqual(shortLived, []);
	t.is(opened.length, 2);
	t.is(table.core.bytesSent[table.find(51, 0)], 70);
	t.true(Number.isNaN(table.core.bytesSent[table.find(50, 0)]));
	t.is(table.bytesSentInSample, 70);
});

test('the event of a socket that was found unconnected waits for a dump that can contain its minisocket', t => {
	const held = {cookie: 5, ports, state: State.unconnected};
	for (const when of ['before', 'meanwhile'] as const) {
		const {table, sample} = create();
		sample(1000, []);
		// The connection goes to TIME-WAIT after the dump of connections, and before that of bound sockets.
		const event = {[when]: [destroyEvent({cookie: 5, ports, sent: 70})]};
		sample(2000, [held], when === 'meanwhile' ? event : {});
		const {opened} = sample(3000, [{cookie: 9, ports, state: State.timeWait}], when === 'before' ? event : {});
		t.is(opened.length, 1);
		t.is(table.core.bytesSent[opened[0]], 70);
		t.true((table.core.traits[table.find(5, 0)] & Trait.leftover) !== 0);
	}

	const {table, sample} = create();
	sample(1000, []);
	sample(2000, [held]);
	sample(3000, [], {before: [destroyEvent({cookie: 5, ports, sent: 70})]});
	const slot = table.find(5, 0);
	t.deepEqual([table.core.bytesSent[slot], table.core.traits[slot] & Trait.leftover, table.core.life[slot] & Life.ended], [70, 0, Life.ended], 'there is no minisocket');
});

test('an event of an unknown socket waits for the next dump', t => {
	const {feed, sample} = create();
	sample(1000, []);
	t.deepEqual(sample(2000, [], {meanwhile: [destroyEvent({cookie: 9, ports})]}).shortLived, []);
	t.is(feed.waiting, 1);
	t.deepEqual(sample(3000, [], {isComplete: false}).shortLived, []);
	t.is(sample(4000, []).shortLived.length, 1);
	t.is(feed.waiting, 0);
});

test('a reset by its own process, which clears the counters, does not lower the known ones', t => {
	const {table, sample} = create();
	sample(1000, [{cookie: 1, ports, sent: 100}]);
	const {shortLived} = sample(2000, [], {before: [destroyEvent({cookie: 1, ports: [40_000, 0]}), destroyEvent({cookie: 2, ports: [40_001, 0]})]});
	t.is(table.core.bytesSent[table.find(1, 0)], 100);
	t.is(shortLived.length, 1);
	t.true(Number.isNaN(table.core.bytesSent[shortLived[0]]));
});

test('a UDP socket closes with its event', t => {
	const {sample} = create();
	sample(1000, [{cookie: 1, ports, protocol: Protocol.udp}]);
	const {closed, shortLived} = sample(2000, [], {
		before: [
			destroyEvent({cookie: 1, ports, protocol: 'udp'}),
			destroyEvent({cookie: 2, ports: [5353, 0], protocol: 'udp'}),
		],
	});
	t.is(closed.length, 1);
	t.is(shortLived.length, 1);
});

test('a late event of a socket that is already closed does not count as a short-lived socket', t => {
	const {table, sample} = create();
	sample(1000, [{cookie: 1, ports, sent: 100}]);
	sample(2000, []);
	const slot = table.find(1, 0);
	table.close(slot);
	const {shortLived} = sample(3000, [], {before: [destroyEvent({cookie: 1, ports, sent: 130})]});
	t.deepEqual(shortLived, []);
	t.is(table.core.bytesSent[slot], 130);
	t.is(sample(4000, [], {before: [destroyEvent({cookie: 1, ports})]}).shortLived.length, 1);
});

test('ignores tables that are not read, sockets without a port, and closes before the first sample', t => {
	const {sample, feed} = create(protocol => protocol === Protocol.tcp);
	t.deepEqual(sample(1000, [], {before: [destroyEvent({cookie: 1, ports})]}).shortLived, []);
	const {shortLived} = sample(2000, [], {before: [destroyEvent({cookie: 2, ports, protocol: 'udp'}), destroyEvent({cookie: 3, ports: [0, 0]})]});
	t.deepEqual(shortLived, []);
	t.is(feed.waiting, 0);
});

test('a limited number of short-lived sockets lingers', t => {
	const {table, sample} = create();
	sample(1000, []);
	t.is(sample(2000, [], {before: Array.from({length: 1000}, (_, index) => destroyEvent({cookie: 10 + index, ports: [index + 1, 80]}))}).shortLived.length, 1000);
	sample(3000, []);
	t.is(table.lingering.length, 256);
	sample(60_000, []);
	t.is(table.lingering.length, 0);
});

test('a connection that closed during a dump, which found it in TIME-WAIT, gets its counters in the next sample and is not counted twice', t => {
	const {table, sample} = create();
	const shadow = {cookie: 9, ports, state: State.timeWait};
	sample(1000, []);
	t.is(sample(2000, [shadow], {
		meanwhile: [destroyEvent({
			cookie: 8, ports, sent: 70, received: 20,
		})],
	}).opened.length, 1);
	const slot = table.find(9, 0);
	t.true(Number.isNaN(table.core.bytesSent[slot]));
	const {opened, shortLived} = sample(3000, [shadow]);
	t.deepEqual([opened, shortLived], [[], []]);
	t.is(table.core.bytesSent[slot], 70);
	// The next one with these ports and without a minisocket is another connection.
	t.is(sample(4000, [shadow], {
		before: [destroyEvent({
			cookie: 18, ports, sent: 5, received: 5,
		})],
	}).shortLived.length, 1);
	t.is(table.core.bytesSent[slot], 70);
});

/** A connection that a sample finds only in TIME-WAIT, with another cookie. */
const closedFirst = {cookie: 50, ports, state: State.timeWait};

test('a FIN does not count as a received byte: for the side that closed second, and for the one that closed first if the FIN was not read', t => {
	const {table, sample} = create();
	sample(1000, []);
	sample(2000, [closedFirst], {
		before: [
			destroyEvent({
				cookie: 1, ports, sent: 70, received: 31, recvQ: 1, dataSegmentsIn: 1,
			}),
			destroyEvent({
				cookie: 2, ports: [443, 50_000], sent: 5, received: 41, dataSegmentsIn: 1,
			}),
		],
	});
	const received = (localPort: number): number => {
		const slot = [...table.core.localPort.subarray(0, table.used)].indexOf(localPort);
		return table.core.bytesReceived[slot];
	};

	t.is(received(40_000), 30);
	t.is(received(443), 40);
	t.is(table.bytesReceivedInSample, 70);
});

test('for the side that closed first and read to the end, the counters of the other side decide, in whichever sample they come', t => {
	const first = destroyEvent({
		cookie: 1, ports, sent: 70, received: 31, dataSegmentsIn: 1,
	});
	const second = (sent: number): Uint8Array => destroyEvent({
		cookie: 2, ports: [80, 40_000], sent, received: 71, dataSegmentsIn: 1,
	});
	for (const sent of [30, 31]) {
		const together = create();
		together.sample(1000, []);
		together.sample(2000, [closedFirst], {before: [first, second(sent)]});
		t.is(together.table.core.bytesReceived[together.table.find(50, 0)], 30 + (sent === 30 ? 0 : 1));

		const apart = create();
		apart.sample(1000, []);
		apart.sample(2000, [closedFirst], {before: [first]});
		const slot = apart.table.find(50, 0);
		t.is(apart.table.core.bytesReceived[slot], 31, 'whether a FIN is among the bytes is not known yet');
		const {counted} = apart.sample(3000, [closedFirst], {before: [second(sent)]});
		t.is(apart.table.core.bytesReceived[slot], sent);
		t.is(counted.includes(slot), sent === 30);
	}
});

test('the event of a held descriptor brings the last counters, even if the row is gone', t => {
	const {table, sample} = create();
	sample(1000, [{cookie: 1, ports, sent: 100}]);
	const slot = table.find(1, 0);
	const id = table.core.id[slot];
	sample(2000, []);
	table.close(slot);
	sample(3000, []);
	sample(60_000, []);
	t.false(table.isUsed(slot));
	const {late, shortLived} = sample(61_000, [], {
		before: [destroyEvent({
			cookie: 1, ports, sent: 130, received: 21, dataSegmentsIn: 1,
		})],
	});
	t.deepEqual(shortLived, []);
	t.like(late[0], {id, bytesSent: 130, bytesReceived: 21});
	t.deepEqual(late.slice(1), [{id, bytesReceived: 20}], 'the FIN is subtracted');
});

test('the same if the sample after the close comes so late that the row is gone by then', t => {
	const {table, sample} = create();
	sample(1000, [{cookie: 1, ports, sent: 100}]);
	const slot = table.find(1, 0);
	const id = table.core.id[slot];
	table.begin(2000);
	table.close(slot);
	table.end([]);
	const {late, shortLived} = sample(60_000, [{cookie: 2, ports: [40_001, 80], sent: 5}], {before: [destroyEvent({cookie: 1, ports, sent: 130})]});
	t.is(table.core.id[slot], id + 1, 'the slot belongs to another socket');
	t.deepEqual(shortLived, []);
	t.like(late[0], {id, bytesSent: 130});
});

test('the event of a descriptor that was held through TIME-WAIT belongs to that connection, even after TIME-WAIT', t => {
	const {table, sample} = create();
	sample(1000, []);
	sample(2000, [closedFirst]);
	const slot = table.find(50, 0);
	const id = table.core.id[slot];
	for (const now of [3000, 4000, 5000]) {
		sample(now, [closedFirst]);
	}

	t.deepEqual(sample(6000, [closedFirst], {before: [destroyEvent({cookie: 8, ports, sent: 70})]}).shortLived, []);
	t.is(table.core.bytesSent[slot], 70);

	const other = {cookie: 60, ports: [40_001, 80] as const, state: State.timeWait};
	sample(7000, [closedFirst, other]);
	sample(8000, [closedFirst, other]);
	sample(9000, [closedFirst, other]);
	const otherId = table.core.id[table.find(60, 0)];
	sample(10_000, [closedFirst]);
	table.close(table.find(60, 0));
	sample(60_000, [closedFirst]);
	sample(70_000, [closedFirst]);
	const {late, shortLived} = sample(71_000, [closedFirst], {before: [destroyEvent({cookie: 9, ports: [40_001, 80], sent: 7})]});
	t.deepEqual(shortLived, []);
	t.like(late[0], {id: otherId, bytesSent: 7});
	t.not(otherId, id);
});

test('the same if the socket is found unconnected after TIME-WAIT', t => {
	const {table, sample} = create();
	sample(1000, [{cookie: 5, ports, sent: 50}]);
	const slot = table.find(5, 0);
	const id = table.core.id[slot];
	sample(2000, [{cookie: 5, ports, state: State.timeWait}]);
	table.close(slot);
	sample(3000, [{cookie: 5, ports, state: State.unconnected}]);
	const held = table.find(5, 0);
	t.not(held, slot);
	const {late} = sample(4000, [], {before: [destroyEvent({cookie: 5, ports, sent: 70})]});
	t.like(late[0], {id, bytesSent: 70});
	t.true((table.core.traits[held] & Trait.leftover) !== 0);
});

test('a socket that was only bound when it was found, and has connected since, gets its peer', t => {
	const {table, sample} = create();
	sample(1000, []);
	sample(2000, [{cookie: 5, ports: [40_000, 0], state: State.unconnected}]);
	sample(3000, [], {before: [destroyEvent({cookie: 5, ports, sent: 70})]});
	const slot = table.find(5, 0);
	t.deepEqual([table.core.localPort[slot], table.core.peerPort[slot], table.core.bytesSent[slot]], [...ports, 70]);
});

test('the two sides of a connection are told apart, even if both have the same port', t => {
	const same = [443, 443] as const;
	const client = {cookie: 50, ports: same, state: State.timeWait};
	const {table, sample} = create();
	sample(1000, []);
	const events = [
		destroyEvent({
			cookie: 1, ports: same, sent: 70, received: 31, dataSegmentsIn: 1, peer: [127, 0, 0, 2],
		}),
		destroyEvent({
			cookie: 2, ports: same, sent: 30, received: 71, dataSegmentsIn: 1, local: [127, 0, 0, 2],
		}),
	];
	sample(2000, [client], {before: events});
	const received = [...table.core.bytesReceived.subarray(0, table.used)];
	t.true(received.includes(30) && received.includes(70), received.join(' '));
});

test('a socket that is found unconnected besides TIME-WAIT is not the connection', t => {
	const {table, sample} = create();
	sample(1000, []);
	const left = {cookie: 9, ports, state: State.unconnected};
	sample(2000, [closedFirst, left]);
	sample(3000, [closedFirst, left]);
	sample(4000, [closedFirst], {before: [destroyEvent({cookie: 9, ports, sent: 70})]});
	t.is(table.core.bytesSent[table.find(50, 0)], 70);
	t.true((table.core.traits[table.find(9, 0)] & Trait.leftover) !== 0);
});
