import {readFileSync} from 'node:fs';
import test from 'ava';
import {message as answer} from '../helpers/inet-messages.js';
import {mutated} from '../helpers/mutated.js';
import fc from '../helpers/property.js';
import {createViews, walkMessages, type MessageReader} from '../../source/netlink/framing.js';
import {members} from '../../source/netlink/inet-layout.js';
import {createInetParser} from '../../source/netlink/inet-parser.js';
import {optionalColumns, type OptionalColumn} from '../../source/table/columns/columns.js';
import {Family} from '../../source/addresses/family.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State, stateName} from '../../source/table/columns/states.js';
import {formatAddress} from '../../source/addresses/address.js';

const recorded = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/netlink/${name}.nl`, import.meta.url));

const everyColumn = new Set(Object.keys(optionalColumns) as OptionalColumn[]);

type Read = {readonly errnos: number[]; readonly whole: number};

/** Merges recorded answers into a table, in one sample. */
const merge = (table: SocketTable, answers: ReadonlyArray<readonly [protocol: number, bytes: Uint8Array]>, columns = everyColumn): Read => {
	const errnos: number[] = [];
	let whole = 0;
	table.setOptionalColumns(columns);
	table.begin(1000);
	for (const [protocol, bytes] of answers) {
		const views = createViews(bytes);
		const parser = createInetParser(table, views);
		parser.prepare(protocol, columns);
		const reader: MessageReader = {
			message(_type, start, end) {
				parser.parse(start, end);
			},
			error(errno) {
				errnos.push(errno);
			},
			done(errno) {
				errnos.push(errno);
			},
			interrupted() {
				errnos.push(-1);
			},
		};
		whole += walkMessages(views, bytes.byteLength, reader);
	}

	table.end([]);
	return {errnos, whole};
};

const describeSlot = ({core}: SocketTable, slot: number): string => [
	stateName(core.state[slot]),
	`${formatAddress(core.localAddress, slot * 16, core.family[slot])} ${core.localPort[slot]}`,
	`${formatAddress(core.peerAddress, slot * 16, core.family[slot])} ${core.peerPort[slot]}`,
].join(' ');

const slotsOf = (table: SocketTable): number[] => Array.from({length: table.used}, (_, slot) => slot).filter(slot => table.isUsed(slot));

const findSlots = (table: SocketTable, pattern: RegExp): number[] => slotsOf(table).filter(slot => pattern.test(describeSlot(table, slot)));

test('reads the recorded TCP sockets of IPv4', t => {
	const table = new SocketTable();
	const bytes = recorded('tcp-inet-ext255');
	const {errnos, whole} = merge(table, [[Protocol.tcp, bytes]]);
	t.deepEqual(errnos, [0]);
	t.is(whole, bytes.byteLength);
	t.snapshot(slotsOf(table).map(slot => describeSlot(table, slot)).toSorted());
});

test('reads the recorded TCP sockets of IPv6, including v4-mapped and scoped ones', t => {
	const table = new SocketTable();
	merge(table, [[Protocol.tcp, recorded('tcp-inet6-ext255')]]);
	t.snapshot(slotsOf(table).map(slot => describeSlot(table, slot)).toSorted());
	t.true(slotsOf(table).every(slot => table.core.family[slot] === Family.inet6));
});

test('one walk over both families has the same sockets as two dumps', t => {
	const both = new SocketTable();
	merge(both, [[Protocol.tcp, recorded('tcp-compat18-both-families')]]);
	const separate = new SocketTable();
	merge(separate, [[Protocol.tcp, recorded('tcp-inet-ext255')], [Protocol.tcp, recorded('tcp-inet6-ext255')]]);
	const all = (table: SocketTable): string[] => slotsOf(table).map(slot => describeSlot(table, slot)).toSorted();
	t.deepEqual(all(both), all(separate));
});

test('reads the recorded UDP sockets, which have no counters', t => {
	const table = new SocketTable();
	merge(table, [[Protocol.udp, recorded('udp-inet-ext255')], [Protocol.udp, recorded('udp-inet6-ext255')]]);
	t.snapshot(slotsOf(table).map(slot => describeSlot(table, slot)).toSorted());
	t.true(slotsOf(table).every(slot => Number.isNaN(table.core.bytesSent[slot]) && table.core.protocol[slot] === Protocol.udp));
});

test('the integer in NLMSG_DONE reports a protocol without a handler', t => {
	const table = new SocketTable();
	t.deepEqual(merge(table, [[Protocol.tcp, recorded('raw-inet-unsupported')]]).errnos, [2]);
	t.is(table.size, 0);
});

test('reads queues, timers, user and inode', t => {
	const table = new SocketTable();
	merge(table, [[Protocol.tcp, recorded('tcp-inet-ext255')]]);
	const {core} = table;
	const timeWaits = slotsOf(table).filter(slot => core.state[slot] === State.timeWait);
	t.true(timeWaits.length > 0);
	for (const slot of timeWaits) {
		t.is(core.inode[slot], 0);
		t.is(core.uid[slot], 0xFF_FF_FF_FF, 'a socket in a minimal form has no user');
		t.is(core.timer[slot], 3);
		t.true(core.timerExpires[slot] > 0 && core.timerExpires[slot] <= 60_000);
	}

	const established = slotsOf(table).filter(slot => core.state[slot] === State.established && core.inode[slot] !== 0);
	t.true(established.length > 0);
	t.true(established.every(slot => core.uid[slot] !== 0xFF_FF_FF_FF && core.rtt[slot] < 10_000_000 && core.bytesReceived[slot] >= 0));
	const listeners = slotsOf(table).filter(slot => core.state[slot] === State.listen);
	t.true(listeners.every(slot => Number.isNaN(core.bytesSent[slot])), 'a listener has no traffic');
});

test('members beyond the end of a shorter tcp_info are absent', t => {
	const bytes = Uint8Array.from(recorded('tcp-inet-ext255'));
	const view = new DataView(bytes.buffer, bytes.byteOffset);
	// Every tcp_info becomes that of Linux 4.1 (136 bytes) by cutting the attribute and hiding the rest in a padding attribute.
	for (let message = 0; message + 16 <= bytes.byteLength;) {
		const end = message + view.getUint32(message, true);
		for (let attribute = message + 16 + 72; attribute + 4 <= end;) {
			const length = view.getUint16(attribute, true);
			if (view.getUint16(attribute + 2, true) === 2) {
				view.setUint16(attribute, 4 + 136, true);
				view.setUint16(attribute + 140, length - 140, true);
				view.setUint16(attribute + 142, 99, true);
			}

			attribute += (length + 3) & ~3;
		}

		message += (view.getUint32(message, true) + 3) & ~3;
	}

	const table = new SocketTable();
	merge(table, [[Protocol.tcp, bytes]]);
	const slots = slotsOf(table).filter(slot => table.core.state[slot] === State.established);
	t.true(slots.length > 0);
	for (const slot of slots) {
		t.is(table.optional('minRtt')?.[slot], 0xFF_FF_FF_FF);
		t.is(table.optional('busyTime')?.[slot], NaN);
		t.not(table.optional('cwnd')?.[slot], 0xFF_FF_FF_FF);
		t.false(Number.isNaN(table.core.bytesSent[slot]), 'acknowledged bytes are used instead of sent bytes');
	}
});

test('sockets of the first sample have the age that the kernel reports; later ones count from their first sample', t => {
	const table = new SocketTable();
	const columns = new Set(['lastDataSent', 'lastDataReceived', 'lastAckReceived'] as const);
	merge(table, [[Protocol.tcp, recorded('tcp-inet-ext255')]], columns);
	const {core} = table;
	const number = (column: 'lastDataSent' | 'lastDataReceived' | 'lastAckReceived', slot: number): number => table.optional(column)?.[slot] ?? NaN;
	const established = findSlots(table, /^ESTAB/v).filter(slot => core.bytesReceived[slot] > 0);
	t.true(established.length > 0);
	for (const slot of established) {
		const age = Math.max(number('lastDataSent', slot), number('lastDataReceived', slot), number('lastAckReceived', slot));
		t.is(core.ageBefore[slot], age);
		t.is(core.stateSince[slot], 1000 - age);
		t.is(core.openedAt[slot], 1000, 'it was first seen in this sample nevertheless');
	}

	for (const slot of findSlots(table, /^TIME-WAIT/v)) {
		t.is(core.ageBefore[slot], 60_000 - core.timerExpires[slot]);
	}

	for (const slot of findSlots(table, /^CLOSE-WAIT/v)) {
		t.is(core.stateSince[slot], 1000 - number('lastAckReceived', slot));
		t.true(core.ageBefore[slot] >= number('lastAckReceived', slot));
	}

	t.true(findSlots(table, /^(?:LISTEN|SYN-SENT)/v).every(slot => core.ageBefore[slot] === 0));

	const later = new SocketTable();
	later.begin(500);
	later.end([]);
	merge(later, [[Protocol.tcp, recorded('tcp-inet-ext255')]], columns);
	t.true(slotsOf(later).every(slot => later.core.ageBefore[slot] === 0 && later.core.stateSince[slot] === 1000));
});

test('sent payload does not include retransmissions', t => {
	const table = new SocketTable();
	merge(table, [[Protocol.tcp, recorded('tcp-inet-ext255')]]);
	const full = new SocketTable();
	merge(full, [[Protocol.tcp, recorded('tcp-compat18-both-families')]]);
	const retransmitted = slotsOf(full).filter(slot => (full.optional('bytesRetransmitted')?.[slot] ?? 0) > 0);
	for (const slot of retransmitted) {
		const acked = full.optional('bytesAcked')?.[slot] ?? 0;
		t.true(full.core.bytesSent[slot] + 2 >= acked);
	}

	t.true(findSlots(table, /^ESTAB/v).every(slot => table.core.bytesSent[slot] >= 0));
});

test('every member of the layout is a column, and is within the longest struct', t => {
	t.is(new Set(members.map(({column, protocol, kernels}) => `${column} ${protocol} ${kernels?.join('-')}`)).size, members.length);
	for (const {column, offset, type} of members) {
		t.true(Object.hasOwn(optionalColumns, column), column);
		t.is(offset % (type === 'u32' || type === 'u64' ? 4 : (type === 'u16' ? 2 : 1)), 0, column);
		t.true(offset < 368, column);
	}
});

for (const name of ['tcp-inet-ext255', 'tcp-inet6-ext255', 'udp-inet-ext255', 'tcp-compat18-both-families', 'mptcp-inet-ext255', 'unix-show7f']) {
	test(`mutated copies of ${name} never throw, hang or read beyond the end`, t => {
		const original = recorded(name);
		fc.assert(fc.property(mutated(original), bytes => {
			const table = new SocketTable();
			const {whole} = merge(table, [[Protocol.tcp, bytes]]);
			t.true(whole <= bytes.length);
			t.true(table.size <= bytes.length / 88);
		}), {numRuns: 300});
	});
}

test('a connection has the row of its request socket, and a minisocket that of its connection, whatever the cookie', t => {
	const table = new SocketTable();
	const dump = (now: number, ...sockets: readonly Uint8Array[]) => {
		table.begin(now);
		for (const socket of sockets) {
			const parser = createInetParser(table, createViews(socket));
			parser.prepare(Protocol.tcp, new Set());
			parser.parse(0, socket.byteLength);
		}

		return table.end([]);
	};

	const request = {
		cookie: 5, state: State.synReceived, localPort: 80, peerPort: 5000,
	};
	const connection = {...request, cookie: 9, state: State.established};
	dump(1000);
	t.is(dump(2000, answer([], request)).opened.length, 1);
	const {opened, changed} = dump(3000, answer([], connection), answer([], {...connection, cookie: 10, peerPort: 5001}));
	t.deepEqual([opened, changed].map(slots => slots.map(slot => table.core.cookieLow[slot])), [[10], [9]]);
	t.is(table.size, 2);
	const after = dump(4000, answer([], connection), answer([], {
		...connection, cookie: 11, peerPort: 5001, state: State.timeWait,
	}));
	t.deepEqual([after.opened, after.changed].map(slots => slots.map(slot => table.core.cookieLow[slot])), [[], [11]]);
	t.is(table.size, 2);
});

test('a connection that ended between two dumps of one sample stays until the next sample tells how', t => {
	const bound = {
		cookie: 5, localPort: 80, peerPort: 5000, state: State.unconnected,
	};
	const connected = {...bound, state: State.established};
	for (const [next, ended, lastState] of [
		[{...bound, state: State.timeWait}, [], State.timeWait],
		[bound, [0], State.unconnected],
	] as const) {
		const table = new SocketTable();
		const over: number[] = [];
		const dump = (now: number, ...sockets: readonly Uint8Array[]): void => {
			table.begin(now);
			for (const socket of sockets) {
				const parser = createInetParser(table, createViews(socket), 618, slot => {
					over.push(slot);
				});
				parser.prepare(Protocol.tcp, new Set());
				parser.parse(0, socket.byteLength);
			}

			table.end([]);
		};

		dump(1000, answer([], connected));
		dump(2000, answer([], connected), answer([], bound));
		t.deepEqual([table.core.state[0], over], [State.established, []], 'the dump of connections saw it');
		dump(3000, answer([], next));
		t.deepEqual([table.core.state[0], over], [lastState, [...ended]]);
	}
});
