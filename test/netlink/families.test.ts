import {Buffer} from 'node:buffer';
import {readFileSync} from 'node:fs';
import test from 'ava';
import {mutated} from '../helpers/mutated.js';
import fc from '../helpers/property.js';
import {readCell} from '../../source/fields/model/cell.js';
import {formatValue} from '../../source/fields/model/format.js';
import {findField} from '../../source/fields/registry.js';
import type {FamilyTable} from '../../source/netlink/family-table.js';
import {createViews, walkMessages} from '../../source/netlink/framing.js';
import {inetTables} from '../../source/netlink/inet-tables.js';
import {netlinkTable} from '../../source/netlink/netlink-parser.js';
import {packetTable} from '../../source/netlink/packet-parser.js';
import {smcTable} from '../../source/netlink/smc-parser.js';
import {tipcTable} from '../../source/netlink/tipc-parser.js';
import {unixTable} from '../../source/netlink/unix-parser.js';
import {vsockTable} from '../../source/netlink/vsock-parser.js';
import {xdpTable} from '../../source/netlink/xdp-parser.js';
import {optionalColumns, type OptionalColumn} from '../../source/table/columns/columns.js';
import {protocolNames, type ProtocolName} from '../../source/table/columns/protocols.js';
import {
	attributes,
	inetMessage,
	message,
	socketId,
	u16,
	u32,
	u64,
	type TestAttribute,
} from '../helpers/diag-messages.js';
import {createTestContext, type TestContext} from '../helpers/context.js';

const recorded = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/netlink/${name}.nl`, import.meta.url));

const everyColumn = new Set(Object.keys(optionalColumns) as OptionalColumn[]);

const inetTable = (name: ProtocolName): FamilyTable => {
	const found = inetTables.find(({protocols}) => protocols.includes(name));
	if (found === undefined) {
		throw new Error(`no table has ${name}`);
	}

	return found;
};

/** Merges answers into the table of a context, as one sample. */
const merge = (
	context: TestContext, family: FamilyTable, bytes: Uint8Array, protocols: ReadonlySet<ProtocolName> = new Set(protocolNames), kernel?: number,
): void => {
	const views = createViews(bytes);
	const reader = family.open(context.table, views, kernel);
	reader.prepare(protocols, everyColumn);
	walkMessages(views, bytes.byteLength, {
		message(_type, start, end) {
			reader.parse(start, end);
		},
		error() {
			// The recordings contain no errors.
		},
		done() {
			// The bytes are one complete dump.
		},
		interrupted() {
			// No dump was interrupted.
		},
	});
};

const read = (context: TestContext, slot: number, ...ids: readonly string[]): string => ids.map(id => {
	const field = findField(id);
	return field === undefined ? `no ${id}` : formatValue(field, readCell(field, context, slot));
}).join(' | ');

const basics = ['protocol', 'state', 'recvQ', 'sendQ', 'local', 'peer'];

const slotsOf = ({table}: TestContext): number[] => Array.from({length: table.used}, (_, slot) => slot);

const lines = (context: TestContext): string[] => slotsOf(context).map(slot => read(context, slot, ...basics)).toSorted();

const worldOf = (family: FamilyTable, ...answers: readonly Uint8Array[]): TestContext => {
	const context = createTestContext();
	merge(context, family, Buffer.concat(answers));
	return context;
};

test('reads the recorded UNIX sockets', t => {
	const context = worldOf(unixTable, recorded('unix-show7f'));
	t.deepEqual(lines(context), [
		String.raw`u_dgr | UNCONN | 0 | 0 | /run/sockets-for-tests/u2/new\nline 7773855 | * 0`,
		'u_dgr | UNCONN | 0 | 0 | @3c6d7 7773857 | * 0',
		'u_dgr | UNCONN | 0 | 0 | @abs name 7773854 | * 0',
		'u_seq | ESTAB | 0 | 0 | * 7773858 | * 7773859',
		'u_seq | ESTAB | 0 | 0 | * 7773859 | * 7773858',
		'u_str | ESTAB | 0 | 0 | * 7773853 | * 0',
		'u_str | ESTAB | 0 | 768 | * 7773851 | /run/sockets-for-tests/u2/a sock 7773852',
		'u_str | ESTAB | 2 | 0 | /run/sockets-for-tests/u2/a sock 7773852 | * 7773851',
		'u_str | LISTEN | 1 | 3 | /run/sockets-for-tests/u2/a sock 7773850 | * 0',
		String.raw`u_str | UNCONN | 0 | 0 | @a\x00b 7773856 | * 0`,
	]);
	const listener = slotsOf(context).find(slot => context.table.core.inode[slot] === 7_773_850) ?? -1;
	t.is(
		read(context, listener, 'uid', 'type', 'family', 'pendingConnections', 'vfsInode', 'vfsDevice', 'shutdown', 'receiveBuffer', 'localPort', 'localAddress'),
		'0 | stream | unix | 7773853 | 2253108 | 254:0 | <-> | 208.0K | - | /run/sockets-for-tests/u2/a sock',
	);
	t.is(read(context, slotsOf(context).find(slot => context.table.core.inode[slot] === 7_773_851) ?? -1, 'peerInode', 'localAddress', 'vfsInode'), '7773852 |  | -');
});

test('skips UNIX sockets of unwanted and unknown types, and those without an inode', t => {
	const context = createTestContext();
	merge(context, unixTable, recorded('unix-show7f'), new Set(['u_seq']));
	t.is(context.table.size, 2);
	const unix = (type: number, inode: number, cookie: number) => message(Buffer.concat([Buffer.of(1, type, 1, 0), u32(inode), u64(cookie)]));
	t.is(worldOf(unixTable, unix(1, 0, 1), unix(99, 5, 2), unix(1, 6, 3)).table.size, 1);
});

test('names of UNIX sockets may contain any byte, and are harmless', t => {
	const unix = (cookie: number, name: Uint8Array) => message(Buffer.concat([Buffer.of(1, 2, 7, 0), u32(cookie), u64(cookie)]), [0, name]);
	const context = worldOf(
		unixTable,
		unix(1, Buffer.from('/tmp/\u{1B}[2J\n\u{202E}\0')),
		unix(2, Buffer.from([0x2F, 0xFF, 0xFE, 0])),
		unix(3, Buffer.concat([Buffer.of(0), Buffer.alloc(107, 'x')])),
		unix(4, Buffer.alloc(0)),
		unix(5, Buffer.from('/no/end')),
	);
	t.deepEqual(slotsOf(context).map(slot => read(context, slot, 'local')), [
		String.raw`/tmp/\x1b[2J\n\u202e 1`, '/\u{FFFD}\u{FFFD} 2', `@${'x'.repeat(107)} 3`, '* 4', '/no/end 5',
	]);
});

test('reads the recorded packet sockets', t => {
	const context = worldOf(packetTable, recorded('packet-show3f'));
	t.deepEqual(lines(context), ['p_dgr | UNCONN | 37394 | 0 | *:* | *', 'p_raw | UNCONN | 18697 | 0 | [2048]:lo | *']);
	t.is(read(context, 0, 'packetVersion', 'packetCopyThreshold', 'packetFlags', 'packetFanout', 'packetReceiveRing', 'receiveMemory', 'uid'), '0 | 0 | running |  |  | 18.3K | 0');
});

test('reads rings and fanout of packet sockets', t => {
	const ring = u32(4096, 16, 2048, 32, 10, 0, 3);
	const context = worldOf(packetTable, message(
		Buffer.concat([Buffer.of(17, 3), u16(3), u32(9), u64(9)]),
		[0, u32(2, 2, 0, 0, 0, 0b1_0011)],
		[2, ring],
		[3, ring],
		[4, u32((2 << 16) | 7)],
		[5, u32(1000)],
	));
	t.is(read(context, 0, 'local', 'packetFlags', 'packetFanout', 'user'), '*:eth0 | running auxdata loss | 7 cpu | ann');
	t.is(read(context, 0, 'packetReceiveRing'), 'blk_size:4096,blk_nr:16,frm_size:2048,frm_nr:32,tmo:10,features:0x3');
	t.is(read(context, 0, 'packetSendRing'), read(context, 0, 'packetReceiveRing'));
});

test('reads the filter and the memberships of packet sockets, and their removal', t => {
	const instruction = (code: number, jumpTrue: number, jumpFalse: number, operand: number) => Buffer.concat([u16(code), Buffer.of(jumpTrue, jumpFalse), u32(operand)]);
	const membership = (index: number, count: number, type: number, ...address: readonly number[]) =>
		Buffer.concat([u32(index, count), u16(type, address.length), Buffer.from(address), Buffer.alloc(32 - address.length)]);
	const packet = (...list: readonly TestAttribute[]) => message(Buffer.concat([Buffer.of(17, 3), u16(3), u32(9), u64(9)]), ...list);
	const first = packet(
		[0, u32(2, 2, 16, 0, 0x40, 0)],
		[1, Buffer.concat([membership(2, 1, 1), membership(1, 3, 0, 0x01, 0x00, 0x5E, 0, 0, 0xFB), membership(7, 1, 9, 1)])],
		[7, Buffer.concat([instruction(0x28, 0, 0, 12), instruction(0x15, 0, 1, 0x08_00), instruction(0x06, 0, 0, 0xFF_FF_FF_FF)])],
	);
	const context = worldOf(packetTable, first);
	t.is(read(context, 0, 'packetFilterLength', 'packetFilter'), '3 | 0x28 0 0 12, 0x15 0 1 2048, 0x06 0 0 4294967295');
	t.is(read(context, 0, 'packetMulticast', 'packetReserve', 'packetTimestamps'), 'eth0 promisc, lo multicast 01:00:5e:00:00:fb ×3, 7 type9 01 | 16 | 0x40');
	// The kernel sends an empty attribute without the privilege, and none without a filter.
	merge(context, packetTable, packet([7, Buffer.alloc(0)]));
	t.is(read(context, 0, 'packetFilterLength', 'packetFilter'), '- | ');
});

test('reads the flags of netlink sockets', t => {
	const context = worldOf(netlinkTable, message(Buffer.concat([Buffer.of(16, 3, 0, 0), u32(77, 0, 0, 5), u64(4)]), [4, u32(0b10_1001)]));
	t.is(read(context, 0, 'netlinkFlags'), 'cb_running no_enobufs cap_ack');
});

test('reads the recorded netlink sockets once each, although the kernel lists some twice', t => {
	const context = worldOf(netlinkTable, recorded('netlink-showf'));
	t.deepEqual(lines(context), [
		'nl | UNCONN | 0 | 0 | audit:kernel | *',
		'nl | UNCONN | 0 | 0 | fiblookup:kernel | *',
		'nl | UNCONN | 0 | 0 | genl:kernel | *',
		'nl | UNCONN | 0 | 0 | nft:kernel | *',
		'nl | UNCONN | 0 | 0 | rtnl:27246 | *',
		'nl | UNCONN | 0 | 0 | rtnl:kernel | *',
		'nl | UNCONN | 0 | 0 | uevent:kernel | *',
		'nl | UNCONN | 0 | 0 | xfrm:kernel | *',
		'nl | UNCONN | 4352 | 0 | tcpdiag:27246 | *',
		'nl | UNCONN | 832 | 0 | tcpdiag:kernel | *',
	]);
	const member = slotsOf(context).find(slot => read(context, slot, 'local') === 'rtnl:27246') ?? -1;
	t.is(read(context, member, 'netlinkGroups'), '1 5');
});

test('a connected netlink socket has the group and port of its peer', t => {
	const context = worldOf(netlinkTable, message(Buffer.concat([Buffer.of(16, 3, 31, 1), u32(77, 88, 2, 5), u64(4)]), [1, u32(0, 1)]));
	t.deepEqual(lines(context), ['nl | UNCONN | 0 | 0 | 31:77 | 2:88']);
	t.is(read(context, 0, 'netlinkGroups', 'inode'), '33 | 5');
});

test('reads the recorded MPTCP sockets', t => {
	const context = worldOf(inetTable('mptcp'), recorded('mptcp-inet-ext255'));
	t.deepEqual(lines(context), [
		'mptcp | ESTAB | 0 | 0 | 127.0.0.1:48780 | 127.0.0.1:7200',
		'mptcp | ESTAB | 833 | 0 | 127.0.0.1:7200 | 127.0.0.1:48780',
		'mptcp | LISTEN | 0 | 3 | 127.0.0.1:7200 | 0.0.0.0:*',
	]);
	const client = slotsOf(context).find(slot => context.table.core.localPort[slot] === 48_780) ?? -1;
	t.is(read(context, client, 'mptcpToken', 'mptcpFlags', 'mptcpSubflows', 'mptcpSubflowsMax', 'bytesSent', 'bytesReceived', 'cookie'), '9633a3af | remote_key | 0 | 2 | 1 | 0 | 16e1cc');
	// As ss printed them for the recording. The listener has none.
	t.is(read(context, client, 'mptcpWriteSequence', 'mptcpSendUnacked', 'mptcpReceiveNext'), 'b31f2a4c8000d485 | b31f2a4c8000d485 | 93c3b2b92c621012');
	const listener = slotsOf(context).find(slot => read(context, slot, 'state') === 'LISTEN') ?? -1;
	t.is(read(context, listener, 'mptcpWriteSequence', 'mptcpToken'), ' | -');
	t.is(read(context, client, 'mptcpLaminarMax', 'mptcpFullmeshMax'), '0 | 0');
	const ofOlderKernel = createTestContext();
	merge(ofOlderKernel, inetTable('mptcp'), recorded('mptcp-inet-ext255'), undefined, 618);
	t.is(read(ofOlderKernel, client, 'mptcpLaminarMax', 'mptcpFullmeshMax'), '0 | -');
});

test('MPTCP connections that share the cookie of their listener are separate sockets with stable identities', t => {
	const listener = inetMessage({
		state: 10, local: [[10, 0, 0, 1], 80], cookie: 7, inode: 70,
	});
	const accepted = (port: number, state = 1) => inetMessage({
		state, local: [[10, 0, 0, 1], 80], peer: [[10, 0, 0, 2], port], cookie: 7, inode: port,
	});
	const context = worldOf(inetTable('mptcp'), message(listener), message(accepted(5000)), message(accepted(5001)), message(accepted(5000, 8)));
	t.deepEqual(slotsOf(context).map(slot => read(context, slot, 'state', 'peer', 'cookie')), [
		'LISTEN | 0.0.0.0:* | 7', 'CLOSE-WAIT | 10.0.0.2:5000 | 7', 'ESTAB | 10.0.0.2:5001 | 7',
	]);
});

test('reads raw sockets, UDP-Lite and DCCP through inet_diag', t => {
	const raw = worldOf(inetTable('raw'), message(inetMessage({
		state: 7, local: [[0, 0, 0, 0], 1], cookie: 1, inode: 5, recvQ: 10,
	}), [10, Buffer.of(1)]));
	t.deepEqual(lines(raw), ['raw | UNCONN | 10 | 0 | 0.0.0.0:1 | 0.0.0.0:*']);
	t.is(read(raw, 0, 'ipProtocol', 'type'), '1 | raw');
	for (const name of ['udplite', 'dccp'] as const) {
		t.deepEqual(lines(worldOf(inetTable(name), message(inetMessage({state: 1, local: [[1, 2, 3, 4], 5], cookie: 1})))), [`${name} | ESTAB | 0 | 0 | 1.2.3.4:5 | 0.0.0.0:*`]);
	}
});

const sockaddr = (...address: readonly number[]): Uint8Array => Buffer.concat([u16(2), Buffer.of(0, 80, ...address), Buffer.alloc(120)]);

test('SCTP associations are separate from their endpoint, with their own states', t => {
	const info = Buffer.alloc(368);
	info.set(u32(0xAB_CD_EF_01, 0, 1000));
	info.set(u16(3, 4, 10, 11), 12);
	info.set(u32(5, 6, 7, 8), 24);
	info.set(u32(2000, 0x12_34), 44);
	info.set(u32(1400), 20);
	info.set(u32(4, 1500), 36);
	info.set([0b110_0011, 0b100], 52);
	info.set(u64(...Array.from({length: 14}, (_, index) => 100 + index)), 56);
	info.set(sockaddr(10, 9, 8, 7), 168);
	info.set(u32(2, 4380, 25, 200, 30_000, 5, 250, 2, 65_536, 7, 8), 296);
	info.set(u16(6), 340);
	info.set(u32(60, 0xCA_FE, 4096), 344);
	info.set([1, 0, 1, 2], 356);
	info.set(u32(2), 360);
	const endpoint = inetMessage({
		state: 10, local: [[10, 0, 0, 1], 80], cookie: 7, inode: 70, sendQ: 5,
	});
	const association = (port: number, state: number) => message(inetMessage({
		state, timer: 4, local: [[10, 0, 0, 1], 80], peer: [[10, 0, 0, 2], port], cookie: 7, inode: 70,
	}), [2, info], [12, Buffer.concat([sockaddr(10, 0, 0, 1), sockaddr(10, 1, 0, 1)])], [13, sockaddr(10, 0, 0, 2)]);
	const context = worldOf(
		inetTable('sctp'), message(endpoint, [2, info], [12, sockaddr(10, 0, 0, 1)]), ...[0, 1, 2, 3, 4, 5, 6, 7].map(state => association(5000 + state, state)),
	);
	t.deepEqual(slotsOf(context).map(slot => read(context, slot, 'state', 'peer', 'inode')), [
		'LISTEN | 0.0.0.0:* | 70',
		'UNCONN | 10.0.0.2:5000 | 70',
		'COOKIE_WAIT | 10.0.0.2:5001 | 70',
		'COOKIE_ECHOED | 10.0.0.2:5002 | 70',
		'ESTAB | 10.0.0.2:5003 | 70',
		'SHUTDOWN_PENDING | 10.0.0.2:5004 | 70',
		'SHUTDOWN_SENT | 10.0.0.2:5005 | 70',
		'SHUTDOWN_RECEIVED | 10.0.0.2:5006 | 70',
		'ACK_SENT | 10.0.0.2:5007 | 70',
	]);
	t.is(
		read(context, 4, 'sctpTag', 'sctpPeerTag', 'sctpPending', 'sctpInStreams', 'sctpOutStreams', 'unacked', 'sctpInQueue', 'sctpErrors', 'rtt', 'cookie'),
		'abcdef01 | 1234 | 4 | 10 | 11 | 3 | 5 | 7 | 25.0 | 7',
	);
	t.is(read(context, 4, 'sctpLocals', 'sctpPeers', 'timer'), `10.0.0.1 10.1.0.1 | 10.0.0.2 | ${read(context, 5, 'timer')}`);
	t.is(context.table.core.timer[4], 1);
	t.is(read(context, 0, 'sctpLocals', 'sctpPeers'), '10.0.0.1 | ');
	t.is(read(context, 4, 'sctpFragmentation', 'sctpMaxBurst', 'sctpMaxSegment', 'sctpPeerCapable', 'sctpPeerSack'), '1.4K | 4 | 1.5K | auth prsctp ipv4 ecn | needed');
	t.is(
		read(context, 4, 'sctpSacksReceived', 'sctpSacksSent', 'sctpPacketsSent', 'sctpPacketsReceived', 'totalRetransmits', 'sctpOutOfSequence', 'sctpDuplicates', 'sctpGaps'),
		'100 | 101 | 102 | 103 | 104 | 105 | 106 | 107',
	);
	t.is(
		read(context, 4, 'sctpUnorderedSent', 'sctpUnorderedReceived', 'sctpOrderedSent', 'sctpOrderedReceived', 'sctpControlSent', 'sctpControlReceived'),
		'108 | 109 | 110 | 111 | 112 | 113',
	);
	t.is(
		read(context, 4, 'sctpPathAddress', 'sctpPathState', 'sctpPathCwnd', 'sctpPathRto', 'sctpPathHeartbeat', 'sctpPathRetransmitsMax', 'sctpPathSackDelay'),
		'10.9.8.7 | active | 4.3K | 200 | 30000 | 5 | 250',
	);
	t.is(read(context, 4, 'sctpPathSackFrequency', 'sctpPathSsthresh', 'sctpPathPartialAcked', 'sctpPathFlight', 'sctpPathErrors'), '2 | 64.0K | 7 | 8 | 6');
	const settings = ['sctpAutoclose', 'sctpAdaptation', 'sctpPartialDelivery', 'sctpNodelay', 'sctpNoFragments', 'sctpV4Mapped', 'sctpInterleave', 'sctpStyle'];
	t.is(read(context, 4, ...settings), '60 | 51966 | 4.0K | 1 | 0 | 1 | 2 | one-to-one');
	// An endpoint has only settings, even if it is not listening.
	t.is(read(context, 0, ...settings), read(context, 4, ...settings));
	const unbound = worldOf(inetTable('sctp'), message(inetMessage({
		state: 7, local: [[10, 0, 0, 1], 80], cookie: 7, inode: 70,
	}), [2, info]));
	t.is(read(unbound, 0, 'sctpTag', 'sctpPacketsSent', 'sctpPathAddress', 'unacked', 'sctpStyle'), '- | - |  | - | one-to-one');
});

test('reads VSOCK sockets', t => {
	const any = 0xFF_FF_FF_FF;
	const vsock = (type: number, state: number, ends: readonly number[], cookie: number) =>
		message(Buffer.concat([Buffer.of(40, type, state, 1), u32(...ends, 50 + cookie), u64(cookie)]));
	const context = worldOf(vsockTable, vsock(1, 10, [any, 1024, any, any], 1), vsock(1, 1, [3, 1024, 2, 5000], 2), vsock(2, 7, [3, 9, any, any], 3), vsock(5, 1, [3, 8, 2, 7], 4));
	t.deepEqual(lines(context), [
		'v_dgr | UNCONN | 0 | 0 | 3:9 | *:*',
		'v_seq | ESTAB | 0 | 0 | 3:8 | 2:7',
		'v_str | ESTAB | 0 | 0 | 3:1024 | 2:5000',
		'v_str | LISTEN | 0 | 0 | *:1024 | *:*',
	]);
	t.is(read(context, 1, 'inode', 'shutdown', 'uid', 'family'), '52 | --> | - | vsock');
});

test('reads XDP sockets', t => {
	const context = worldOf(
		xdpTable,
		message(
			Buffer.concat([Buffer.of(44, 3, 0, 0), u32(60), u64(6)]),
			[1, u32(2, 3)],
			[2, u32(1000)],
			[3, u32(2048)],
			[4, u32(1024)],
			[5, Buffer.concat([u64(8_388_608), u32(1, 2048, 4096, 0, 2, 3, 1, 2)])],
			[6, u32(4096)],
			[7, u32(512)],
			[8, u32(100, 200, 300, 400, 0, 0, 0, 0, 9)],
			[9, u64(1, 2, 3, 4, 5, 2n ** 40n)],
		),
		message(Buffer.concat([Buffer.of(44, 3, 0, 0), u32(61), u64(7)])),
	);
	t.deepEqual(lines(context), ['xdp | UNCONN | 0 | 0 | *:* | *', 'xdp | UNCONN | 100 | 300 | eth0:q3 | *']);
	t.is(read(context, 0, 'user', 'xdpReceiveRing', 'xdpSendRing', 'xdpFillRing', 'xdpCompletionRing', 'drops'), 'ann | 2048 | 1024 | 4096 | 512 | 9');
	t.is(read(context, 0, 'xdpMemory'), 'id:1,size:8388608,num_pages:2048,chunk_size:4096,headroom:0,ifindex:2,qid:3,zc:1,refs:2');
	t.is(read(context, 0, 'xdpReceiveDropped', 'xdpReceiveInvalid', 'xdpReceiveFull', 'xdpFillEmpty', 'xdpSendInvalid'), '1 | 2 | 3 | 4 | 5');
	t.is(context.table.optional('xdpSendEmpty')?.[0], 2 ** 40);
});

test('reads TIPC sockets', t => {
	const tipc = (...list: readonly TestAttribute[]) => message(Buffer.alloc(0), [2, attributes(...list)]);
	const context = worldOf(
		tipcTable,
		tipc(
			[6, u32(1)],
			[9, u32(1)],
			[7, u32(70)],
			[8, u32(1000)],
			[10, u64(2n ** 33n + 5n)],
			[4, Buffer.alloc(0)],
			[5, attributes([0, u32(11)], [1, u32(12)], [3, Buffer.alloc(0)], [4, u32(13)])],
			[3, attributes([2, u32(16_781_313)], [3, u32(99)], [1, Buffer.alloc(0)], [4, u32(18_888)], [5, u32(17)])],
			[1, u32(16_781_314)],
			[2, u32(98)],
		),
		tipc([6, u32(4)], [9, u32(7)], [10, u64(6)], [1, u32(1)], [2, u32(2)]),
		tipc([6, u32(1)]),
		message(Buffer.alloc(8)),
	);
	t.deepEqual(lines(context), ['ti_rd | UNCONN | 0 | 0 | 1:2 | *', 'ti_st | ESTAB | 11 | 12 | 16781314:98 | 16781313:99']);
	t.is(read(context, 0, 'inode', 'user', 'cookie', 'drops'), '70 | ann | 200000005 | 13');
	t.is(read(context, 0, 'tipcCongestion', 'tipcPublished', 'tipcService'), 'conn | 1 | 18888,17');
	t.is(read(context, 1, 'tipcCongestion', 'tipcPublished', 'tipcService'), 'none | 0 | ');
});

test('reads SMC sockets', t => {
	const smc = (state: number, mode: number, id: Parameters<typeof socketId>[0]) =>
		message(Buffer.concat([Buffer.of(43, state, mode, 0), socketId(id), u32(1000), u64(80)]));
	const ipv6 = [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
	const context = worldOf(
		smcTable,
		smc(1, 0, {local: [[10, 0, 0, 1], 80], peer: [[10, 0, 0, 2], 5000], cookie: 1}),
		smc(10, 1, {local: [[], 81], cookie: 2}),
		smc(24, 2, {local: [ipv6, 82], peer: [ipv6, 83], cookie: 3}),
		smc(99, 2, {local: [ipv6, 84], cookie: 4}),
	);
	t.deepEqual(slotsOf(context).map(slot => read(context, slot, 'state', 'local', 'peer', 'smcMode')), [
		'ESTAB | 10.0.0.1:80 | 10.0.0.2:5000 | SMC-R',
		'LISTEN | 0.0.0.0:81 | 0.0.0.0:* | ',
		'LAST-ACK | [2001:db8::1]:82 | [2001:db8::1]:83 | SMC-D',
		'UNKNOWN | [2001:db8::1]:84 | [::]:* | SMC-D',
	]);
	t.is(read(context, 0, 'uid', 'inode', 'family'), '1000 | 80 | inet');
});

test('reads queues, link groups and fallbacks of SMC', t => {
	const cursor = (wrap: number, count: number) => Buffer.concat([u16(0, wrap), u32(count)]);
	const named = (text: string, length: number) => Buffer.concat([Buffer.from(text), Buffer.alloc(length - text.length)]);
	const connection = Buffer.concat([
		u32(0xBE_EF, 65_536, 32_768, 16_384),
		cursor(1, 100),
		cursor(0, 5),
		cursor(0, 6),
		cursor(0, 32_700),
		Buffer.alloc(4),
		cursor(2, 900),
		cursor(2, 800),
		cursor(2, 500),
	]);
	t.is(connection.byteLength, 76);
	const link = Buffer.concat([Buffer.of(3), named('mlx5_0', 64), Buffer.of(1), named('fe80::1', 40), named('fe80::2', 40), Buffer.of(1)]);
	const smc = (mode: number, cookie: number, ...list: readonly TestAttribute[]) =>
		message(Buffer.concat([Buffer.of(43, 1, mode, 0), socketId({local: [[10, 0, 0, 1], 80], cookie}), u32(1000), u64(80)]), ...list);
	const context = worldOf(
		smcTable,
		smc(0, 1, [1, connection], [2, link], [5, u32(0, 0)]),
		smc(2, 2, [4, Buffer.concat([u32(0x2A, 0), u64(0x11, 0x22, 2n ** 63n, 0x44)])]),
		smc(1, 3, [5, u32(0x03_01_00_00, 0x09_99_00_00)]),
	);
	t.is(read(context, 0, 'recvQ', 'sendQ', 'smcToken', 'smcSendBuffer', 'smcReceiveBuffer', 'smcPeerReceiveBuffer'), `${32_768 - 32_700 + 100} | 400 | beef | 64.0K | 32.0K | 16.0K`);
	t.is(read(context, 0, 'smcLink', 'smcFallback'), 'link:3,role:server,device:mlx5_0/1,gid:fe80::1,peer_gid:fe80::2 | ');
	t.is(read(context, 1, 'smcDmb'), 'link:2a,gid:22,peer_gid:11,token:8000000000000000,peer_token:44');
	t.is(read(context, 2, 'smcMode', 'smcFallback', 'smcPeerDiagnosis'), 'TCP | peer does not speak SMC | 0x9990000');
});

test('requests only wanted attributes', t => {
	const show = (family: FamilyTable, word: number, ...columns: readonly OptionalColumn[]): number => {
		const reader = family.open(createTestContext().table, createViews(16));
		const [{request}] = reader.prepare(new Set(protocolNames), new Set(columns));
		return new Uint32Array(request(1).buffer)[4 + word];
	};

	t.deepEqual([show(packetTable, 2), show(packetTable, 2, 'packetFilter'), show(packetTable, 2, 'packetMulticast', 'packetFanout')], [0x11, 0x31, 0x1B]);
	t.deepEqual([show(netlinkTable, 2), show(netlinkTable, 2, 'netlinkFlags'), show(netlinkTable, 2, 'netlinkGroups')], [1, 9, 3]);
	t.deepEqual([show(xdpTable, 2), show(xdpTable, 2, 'xdpMemory'), show(xdpTable, 2, 'xdpSendEmpty')], [9, 13, 25]);
	t.deepEqual([show(unixTable, 3), show(unixTable, 3, 'vfsInode'), show(unixTable, 3, 'drops')], [0x55, 0x57, 0x75]);
	const extensions = (...columns: readonly OptionalColumn[]): number => new Uint8Array(new Uint32Array([show(smcTable, 0, ...columns)]).buffer)[3];
	t.deepEqual([extensions(), extensions('smcLink'), extensions('smcDmb', 'smcLink')], [1, 3, 11]);
});

const samples: ReadonlyArray<readonly [FamilyTable, Uint8Array]> = [
	[unixTable, recorded('unix-show7f')],
	[packetTable, recorded('packet-show3f')],
	[netlinkTable, recorded('netlink-showf')],
	[inetTable('mptcp'), recorded('mptcp-inet-ext255')],
	[inetTable('sctp'), message(inetMessage({state: 3, local: [[1], 1], cookie: 1}), [2, Buffer.alloc(368)], [12, Buffer.alloc(256)], [13, Buffer.alloc(128)])],
	[vsockTable, message(Buffer.concat([Buffer.of(40, 1, 1, 0), u32(1, 2, 3, 4, 5), u64(6)]))],
	[xdpTable, message(Buffer.concat([Buffer.of(44, 3, 0, 0), u32(60), u64(6)]), [1, u32(2, 3)], [5, Buffer.alloc(40)], [9, Buffer.alloc(48)])],
	[tipcTable, message(Buffer.alloc(0), [2, attributes([6, u32(1)], [10, u64(5)], [5, attributes([1, u32(1)])])])],
	[smcTable, message(Buffer.concat([Buffer.of(43, 1, 0, 0), Buffer.alloc(48), u32(1), u64(2)]))],
];

for (const [family, original] of samples) {
	test(`mutated copies of ${family.what} never throw, hang or read beyond the end`, t => {
		fc.assert(fc.property(mutated(original), bytes => {
			const context = worldOf(family, bytes);
			t.true(context.table.size <= bytes.length / 16);
			for (const slot of slotsOf(context)) {
				t.notThrows(() => read(context, slot, ...basics));
			}
		}), {numRuns: 100});
	});
}
