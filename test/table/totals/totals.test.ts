import test from 'ava';
import {Family} from '../../../source/addresses/family.js';
import fc from '../../helpers/property.js';
import type {Counts} from '../../../source/table/totals/group-totals.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {State} from '../../../source/table/columns/states.js';
import {totalsColumns} from '../../../source/table/totals/totals.js';

const nothing: Counts = {
	opened: 0, closed: 0, bytesSent: 0, bytesReceived: 0, bytesRetransmitted: 0,
};

type Seen = {
	readonly cookie: number;
	readonly protocol?: number;
	readonly state?: number;
	readonly port?: number;
	readonly sent?: number;
	readonly received?: number;
	readonly again?: number;
	/** Whether the kernel reported a destroy event. */
	readonly isEnded?: boolean;
	/** Whether no dump contained it. */
	readonly isShortLived?: boolean;
};

/** Returns the slot of the socket. */
const see = (table: SocketTable, {cookie, protocol = Protocol.tcp, state = State.established, port = 80, sent, received = 0, again = 0, isEnded, isShortLived}: Seen): number => {
	const slot = table.observe(cookie, 0);
	table.setState(slot, protocol, state);
	table.core.family[slot] = Family.inet;
	table.core.localPort[slot] = port;
	if (sent !== undefined) {
		table.setCounters(slot, sent, received);
		const column = table.optional('bytesRetransmitted');
		if (column !== undefined) {
			column[slot] = again;
		}
	}

	if (isShortLived) {
		table.closeShortLived(slot);
	} else if (isEnded) {
		table.close(slot);
	}

	return slot;
};

const sample = (table: SocketTable, ...sockets: readonly Seen[]): void => {
	table.begin(table.now + 1000);
	for (const socket of sockets) {
		see(table, socket);
	}

	table.end([]);
};

/** A table that counts by protocol. */
const countProtocols = (table = new SocketTable()) => {
	table.setOptionalColumns(totalsColumns);
	const counting = table.totals.by(slot => table.core.protocol[slot]);
	return {
		table,
		read(protocol: number = Protocol.tcp): Counts {
			table.totals.collect();
			return counting.read().get(protocol) ?? nothing;
		},
	};
};

test('for a socket that existed before, only later bytes and its close count', t => {
	const {table, read} = countProtocols();
	sample(table, {
		cookie: 1, sent: 500, received: 70, again: 5,
	});
	t.deepEqual(read(), nothing);
	sample(table, {
		cookie: 1, sent: 510, received: 71, again: 6,
	});
	t.deepEqual(read(), {
		...nothing, bytesSent: 10, bytesReceived: 1, bytesRetransmitted: 1,
	});
	sample(table, {
		cookie: 1, sent: 512, received: 71, again: 6, isEnded: true,
	});
	t.deepEqual(read(), {
		...nothing, closed: 1, bytesSent: 12, bytesReceived: 1, bytesRetransmitted: 1,
	});
});

test('all bytes of a new socket count once', t => {
	const {table, read} = countProtocols();
	sample(table);
	sample(table, {
		cookie: 1, sent: 500, received: 70, again: 5,
	});
	t.deepEqual(read(), {
		opened: 1, closed: 0, bytesSent: 500, bytesReceived: 70, bytesRetransmitted: 5,
	});
	t.deepEqual(read(), read(), 'reading does not change the totals');
	sample(table, {
		cookie: 1, sent: 600, received: 70, again: 5,
	}, {
		cookie: 1, sent: 600, received: 70, again: 5,
	});
	t.is(read().bytesSent, 600, 'a dump may contain it twice');
	sample(table, {
		cookie: 1, sent: 650, received: 70, again: 5, isEnded: true,
	});
	sample(table);
	t.deepEqual(read(), {
		opened: 1, closed: 1, bytesSent: 650, bytesReceived: 70, bytesRetransmitted: 5,
	});
});

test('a short-lived connection counts as opened and closed, with its last counters', t => {
	const {table, read} = countProtocols();
	sample(table);
	sample(table, ...Array.from({length: 1000}, (_, index) => ({
		cookie: index + 1, sent: index, received: 1, isShortLived: true,
	})));
	sample(table);
	t.deepEqual(read(), {
		opened: 1000, closed: 1000, bytesSent: 499_500, bytesReceived: 1000, bytesRetransmitted: 0,
	});
});

test('a connection closes when it enters TIME-WAIT, and not again when it leaves it', t => {
	const {table, read} = countProtocols();
	sample(table, {cookie: 1, sent: 5}, {cookie: 2, state: State.timeWait});
	sample(table, {cookie: 1, state: State.timeWait}, {cookie: 2, state: State.timeWait}, {cookie: 3, state: State.timeWait});
	t.deepEqual(read(), {...nothing, opened: 1, closed: 2}, 'a socket that was first seen in TIME-WAIT does not count as closed');
	sample(table, {cookie: 1, state: State.timeWait, sent: 9}, {cookie: 3, state: State.timeWait, sent: 7});
	t.is(read().bytesSent, 4 + 7, 'the last counters come later');
	sample(table, ...[1, 2, 3].map(cookie => ({cookie, state: State.timeWait, isEnded: true})));
	t.deepEqual(read(), {
		...nothing, opened: 1, closed: 2, bytesSent: 11,
	});
});

test('counters that restart at 0 belong to a new connection', t => {
	const {table, read} = countProtocols();
	sample(table);
	sample(table, {cookie: 1, sent: 1000, received: 1000});
	sample(table, {cookie: 1, sent: 10, received: 20});
	t.like(read(), {bytesSent: 1010, bytesReceived: 1020});
});

test('sent bytes fall a little when a retransmission fails, and nothing is counted twice', t => {
	const {table, read} = countProtocols();
	sample(table);
	for (const sent of [10_000, 9000, 9500, 10_000, 10_001]) {
		sample(table, {cookie: 1, sent, received: 5});
	}

	t.like(read(), {bytesSent: 10_001, bytesReceived: 5});
});

test('sockets of a protocol that is no longer read do not count as closed, and their bytes do not count meanwhile', t => {
	const {table, read} = countProtocols();
	sample(table, {cookie: 1, sent: 100});
	table.watch([Protocol.udp]);
	sample(table);
	table.watch([Protocol.tcp]);
	sample(table, {cookie: 1, sent: 300});
	sample(table, {cookie: 1, sent: 301});
	t.deepEqual(read(), {...nothing, bytesSent: 1});
});

test('bytes of MPTCP count as those of its subflows, or as its own if TCP is not read', t => {
	const {table, read} = countProtocols();
	sample(table);
	sample(table, {cookie: 1, sent: 100}, {cookie: 2, protocol: Protocol.mptcp, sent: 100});
	t.is(read().bytesSent, 100);
	t.deepEqual(read(Protocol.mptcp), {...nothing, opened: 1});
	t.is(table.bytesSentInSample, 100);
	table.watch([Protocol.mptcp]);
	sample(table, {cookie: 2, protocol: Protocol.mptcp, sent: 150});
	t.is(read().bytesSent, 100);
	t.is(read(Protocol.mptcp).bytesSent, 50);
	t.is(table.bytesSentInSample, 50);
});

test('each grouping counts from its start until it is stopped', t => {
	const table = new SocketTable();
	sample(table, {cookie: 1, port: 80, sent: 10});
	sample(table, {cookie: 1, port: 80, sent: 20}, {cookie: 2, port: 443, sent: 1});
	const byPort = table.totals.by(slot => table.core.localPort[slot]);
	t.deepEqual([...byPort.read()], []);
	sample(table, {cookie: 1, port: 80, sent: 21}, {cookie: 2, port: 443, sent: 3});
	const byProtocol = table.totals.by(slot => table.core.protocol[slot]);
	sample(table, {cookie: 1, port: 80, sent: 25}, {
		cookie: 2, port: 443, sent: 3, isEnded: true,
	}, {cookie: 3, port: 443, sent: 7});
	table.totals.collect();
	t.deepEqual([...byPort.read()], [
		[80, {...nothing, bytesSent: 5}],
		[443, {
			...nothing, opened: 1, closed: 1, bytesSent: 9,
		}],
	]);
	t.deepEqual([...byProtocol.read()], [[Protocol.tcp, {
		...nothing, opened: 1, closed: 1, bytesSent: 11,
	}]]);
	byPort.stop();
	sample(table, {cookie: 1, port: 80, sent: 125});
	table.totals.collect();
	t.is(byPort.read().get(80)?.bytesSent, 5);
	t.is(byProtocol.read().get(Protocol.tcp)?.bytesSent, 111);
	byProtocol.stop();
	const again = table.totals.by(() => 0);
	sample(table, {cookie: 1, port: 80, sent: 126});
	table.totals.collect();
	t.is(again.read().get(0)?.bytesSent, 1);
});

test('a socket whose group is not known yet counts as unknown, and stays in its group afterwards', t => {
	const table = new SocketTable();
	let number = -1;
	const counting = table.totals.by(() => number);
	sample(table);
	sample(table, {cookie: 1, sent: 10});
	table.totals.collect();
	number = 7;
	sample(table, {cookie: 1, sent: 15});
	table.totals.collect();
	number = 8;
	sample(table, {cookie: 1, sent: 16});
	table.totals.collect();
	t.deepEqual([...counting.read()], [[-1, {...nothing, opened: 1, bytesSent: 10}], [7, {...nothing, bytesSent: 6}]]);
});

test('last counters that come after the row is gone are added once', t => {
	const {table, read} = countProtocols();
	table.closedTime = 0;
	sample(table);
	sample(table, {cookie: 1, sent: 100, received: 10});
	const id = table.core.id[0];
	sample(table, {
		cookie: 1, sent: 120, received: 10, isEnded: true,
	});
	sample(table);
	sample(table, {cookie: 2, sent: 7});
	t.not(table.core.id[0], id, 'the slot belongs to another socket');
	table.begin(9000);
	table.noteLate({id, bytesSent: 150, bytesReceived: 11});
	table.noteLate({id: 99, bytesSent: 1_000_000});
	table.end([]);
	t.like(read(), {bytesSent: 157, bytesReceived: 11});
	table.begin(10_000);
	table.noteLate({id, bytesReceived: 10});
	table.end([]);
	t.like(read(), {bytesSent: 157, bytesReceived: 11}, 'totals do not decrease if a FIN turns out to be among the bytes');
	sample(table, {cookie: 2, sent: 7, received: 3});
	t.is(read().bytesReceived, 13);
});

test('received bytes that drop by a FIN are no new connection', t => {
	const {table, read} = countProtocols();
	sample(table);
	sample(table, {cookie: 1, sent: 100, received: 500});
	t.is(read().bytesReceived, 500);
	table.begin(9000);
	table.discountFin(see(table, {cookie: 1, sent: 100, received: 500}));
	table.end([]);
	t.like(read(), {bytesSent: 100, bytesReceived: 500});
	sample(table, {cookie: 1, sent: 100, received: 502});
	t.like(read(), {bytesSent: 100, bytesReceived: 501});
});

test('nothing is counted in the middle of a sample', t => {
	const {table, read} = countProtocols();
	sample(table);
	table.begin(5000);
	see(table, {cookie: 1, sent: 5});
	t.deepEqual(read(), nothing);
	table.end([]);
	t.is(read().bytesSent, 5);
});

/** One step of an existing socket. */
type Step = 'grow' | 'stay' | 'miss' | 'end' | 'timeWait' | 'disconnect' | 'dip';

const steps: readonly Step[] = ['grow', 'grow', 'grow', 'stay', 'miss', 'end', 'timeWait', 'disconnect', 'dip'];

const amount = fc.nat(5000);
const counters = fc.record({sent: amount, received: amount, again: amount});
const history = fc.array(fc.record({
	opened: fc.array(counters, {maxLength: 4}),
	shortLived: fc.array(counters, {maxLength: 4}),
	/** Counters that arrive after the close: the index of the socket, and their growth. */
	late: fc.array(fc.record({index: fc.nat(10), by: counters}), {maxLength: 3}),
	/** The steps of the open sockets, in turn. */
	steps: fc.array(fc.record({step: fc.constantFrom(...steps), by: counters}), {minLength: 1, maxLength: 6}),
	isRead: fc.boolean(),
	isFailed: fc.boolean(),
}), {minLength: 1, maxLength: 30});

type Increase = {readonly sent: number; readonly received: number; readonly again: number};

type Round = {
	readonly opened: readonly Increase[];
	readonly shortLived: readonly Increase[];
	readonly late: ReadonlyArray<{readonly index: number; readonly by: Increase}>;
	readonly steps: ReadonlyArray<{readonly step: Step; readonly by: Increase}>;
	readonly isRead: boolean;
	readonly isFailed: boolean;
};

/** An open socket of the model. */
type ModelSocket = Increase & {
	readonly cookie: number;
	readonly group: number;
	readonly state: number;
	readonly isOver: boolean;
};

/** The socket after a step. */
const next = (socket: ModelSocket, step: Step, by: Increase): ModelSocket => {
	switch (step) {
		case 'grow':
		case 'end': {
			return {
				...socket,
				sent: socket.sent + by.sent,
				received: socket.received + by.received,
				again: socket.again + by.again,
				isOver: socket.isOver || step === 'end',
			};
		}

		case 'dip': {
			return {...socket, sent: Math.max(Math.ceil(socket.sent / 2), socket.sent - by.sent)};
		}

		case 'disconnect': {
			return socket.received === 0
				? socket
				: {
					...socket, ...by, received: Math.min(by.received, socket.received - 1),
				};
		}

		case 'timeWait': {
			return {...socket, state: State.timeWait, isOver: true};
		}

		case 'stay':
		case 'miss': {
			return socket;
		}
	}
};

/** What a step adds to the counts. */
const difference = (before: ModelSocket, after: ModelSocket, step: Step): Counts => {
	const isNew = step === 'disconnect' && before.received > 0;
	return {
		opened: 0,
		closed: after.isOver && !before.isOver ? 1 : 0,
		bytesSent: isNew ? after.sent : after.sent - before.sent,
		bytesReceived: isNew ? after.received : after.received - before.received,
		bytesRetransmitted: isNew ? after.again : after.again - before.again,
	};
};

/** Applies a history to a table and to a model. Returns the totals of both. */
const play = (rounds: readonly Round[], closedTime: number) => {
	const table = new SocketTable(4);
	table.closedTime = closedTime;
	table.setOptionalColumns(totalsColumns);
	const groups = 3;
	const counting = table.totals.by(slot => table.core.localPort[slot]);
	const expected: Counts[] = Array.from({length: groups}, () => nothing);
	let openSockets: readonly ModelSocket[] = [];
	let cookie = 0;
	/** Closed sockets whose last counters have not arrived. */
	let closed: ReadonlyArray<ModelSocket & {readonly id: number; readonly slot: number}> = [];
	const shown: Counts[] = Array.from({length: groups}, () => nothing);
	const count = (group: number, more: Counts): void => {
		const before = expected[group];
		expected[group] = {
			opened: before.opened + more.opened,
			closed: before.closed + more.closed,
			bytesSent: before.bytesSent + more.bytesSent,
			bytesReceived: before.bytesReceived + more.bytesReceived,
			bytesRetransmitted: before.bytesRetransmitted + more.bytesRetransmitted,
		};
	};

	const results: Array<{readonly expected: readonly Counts[]; readonly counted: readonly Counts[]}> = [];
	/** Values never decrease between two reads. */
	const read = (): void => {
		for (const [group, counts] of expected.entries()) {
			const before = shown[group];
			shown[group] = {
				opened: counts.opened,
				closed: counts.closed,
				bytesSent: Math.max(before.bytesSent, counts.bytesSent),
				bytesReceived: counts.bytesReceived,
				bytesRetransmitted: counts.bytesRetransmitted,
			};
		}

		const counted = counting.read();
		results.push({expected: [...shown], counted: expected.map((_, group) => counted.get(group) ?? nothing)});
	};

	const advance = (socket: ModelSocket, step: Step, by: Increase): readonly ModelSocket[] => {
		if (step === 'miss') {
			return [socket];
		}

		const after = next(socket, step, by);
		count(socket.group, difference(socket, after, step));
		const slot = see(table, {...after, port: after.group, isEnded: step === 'end'});
		if (step !== 'end') {
			return [after];
		}

		closed = [...closed, {...after, slot, id: table.core.id[slot]}];
		return [];
	};

	/** Adds the last counters of a closed socket, also to its row if that still exists. */
	const addLateCounters = (index: number, by: Increase): void => {
		const socket = closed.at(index);
		if (socket === undefined) {
			return;
		}

		const {id, slot, group} = socket;
		const [bytesSent, bytesReceived] = [socket.sent + by.sent, socket.received + by.received];
		closed = closed.filter(each => each !== socket);
		if (table.core.id[slot] === id && table.isUsed(slot)) {
			table.setCounters(slot, bytesSent, bytesReceived);
		}

		table.noteLate({id, bytesSent, bytesReceived});
		count(group, {...nothing, bytesSent: by.sent, bytesReceived: by.received});
	};

	const open = ({sent, received, again}: Increase, isFirst: boolean, isShortLived: boolean): readonly ModelSocket[] => {
		const group = ++cookie % groups;
		see(table, {
			cookie, port: group, sent, received, again, isShortLived,
		});
		if (!isFirst) {
			count(group, {
				opened: 1, closed: isShortLived ? 1 : 0, bytesSent: sent, bytesReceived: received, bytesRetransmitted: again,
			});
		}

		return isShortLived
			? []
			: [{
				cookie, group, state: State.established, sent, received, again, isOver: false,
			}];
	};

	for (const [index, {opened, shortLived, late, steps: rotation, isRead, isFailed}] of rounds.entries()) {
		const isFirst = index === 0;
		table.begin(index * 1000);
		for (const {index: which, by} of late) {
			addLateCounters(which, by);
		}

		openSockets = [
			...openSockets.flatMap((socket, position) => advance(socket, rotation[position % rotation.length].step, rotation[position % rotation.length].by)),
			...opened.flatMap(socket => open(socket, isFirst, false)),
			...(isFirst ? [] : shortLived).flatMap(socket => open(socket, isFirst, true)),
		];
		// A failed sample is never completed.
		if (!isFailed) {
			table.end([]);
		}

		if (isRead && !isFailed) {
			table.totals.collect();
			read();
		}
	}

	table.begin(1_000_000);
	table.end([]);
	read();
	return results;
};

test('the totals agree with a model', t => {
	fc.assert(fc.property(history, fc.constantFrom(0, 1500, 5000), (rounds, closedTime) => {
		for (const {expected, counted} of play(rounds, closedTime)) {
			t.deepEqual(counted, expected);
		}
	}), {numRuns: 400});
});
