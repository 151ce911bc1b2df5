import fs from 'node:fs';
import test from 'ava';
import type {OptionalColumn} from '../../../source/table/columns/columns.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import type {SocketTable} from '../../../source/table/socket-table.js';
import {
	describe,
	optionalOf,
	readFixture,
	replay,
	slotAt,
	slotsOf,
	type Replay,
} from '../../helpers/ss-replay.js';

/** The recorded scene: the result of `describe` for each of its TCP and UDP sockets. */
const scene = [
	'udp ESTAB 0 0 127.0.0.1:47741 127.0.0.1:5353 0 7773845 16abde 0 - - - my app/27246/29',
	'udp UNCONN 832 0 0.0.0.0:5353 0.0.0.0:* 0 7773843 16abdf 0 - - - my app/27246/27',
	'udp UNCONN 0 0 127.0.0.1%1:5354 0.0.0.0:* 0 7773844 16abe0 0 - - - my app/27246/28',
	'udp UNCONN 0 0 [::]:5355 [::]:* 0 7773846 16abe1 0 - - - my app/27246/30',
	'tcp LISTEN 0 5 0.0.0.0:7003 0.0.0.0:* 0 7773820 16abe2 0 - - - a/27287/6 my app/27246/6',
	'tcp LISTEN 0 5 0.0.0.0%1:7004 0.0.0.0:* 0 7773821 16abe3 0 - - - a/27287/7 my app/27246/7',
	'tcp LISTEN 0 3 127.0.0.1:7200 0.0.0.0:* 0 7773863 16abe4 0 - - - my app/27246/47',
	'tcp LISTEN 0 5 127.0.0.1:7000 0.0.0.0:* 0 7773817 16abe5 0 - - - a/27287/3 my app/27246/3',
	'tcp LISTEN 1 0 127.0.0.1:7007 0.0.0.0:* 0 7773837 16abe6 0 - - - my app/27246/21',
	'tcp LISTEN 0 5 127.0.0.1:7006 0.0.0.0:* 0 7773835 16abe7 0 - - - my app/27246/19',
	'tcp FIN-WAIT-2 0 0 127.0.0.1:7000 127.0.0.1:52850 - - 16abe8 3 - - -',
	'tcp ESTAB 0 0 127.0.0.1:51076 127.0.0.1:7001 0 7773827 16abe9 0 5 0 0 my app/27246/14',
	'tcp ESTAB 0 0 127.0.0.1:7200 127.0.0.1:48780 0 7773867 16abea 0 22 0 1 my app/27246/49',
	'tcp ESTAB 128512 0 127.0.0.1:7003 127.0.0.1:53526 0 7773841 16abeb 0 7 0 128512 my app/27246/25',
	'tcp ESTAB 0 0 127.0.0.1:48780 127.0.0.1:7200 0 7773865 16abec 0 20 1 0 my app/27246/48',
	'tcp ESTAB 0 0 127.0.0.1:53046 127.0.0.1:7007 0 7773838 16abed 0 5 0 0 my app/27246/22',
	'tcp SYN-SENT 0 1 127.0.0.1:53062 127.0.0.1:7007 0 7773839 16abee 1 - 0 0 my app/27246/23',
	'tcp ESTAB 0 3782144 127.0.0.1:53526 127.0.0.1:7003 0 7773840 16abef 4 4825 128512 0 my app/27246/24',
	'tcp ESTAB 0 0 127.0.0.1:7000 127.0.0.1:52836 0 7773833 16abf0 0 12 0 0 my app/27246/18',
	'tcp TIME-WAIT 0 0 127.0.0.1:7000 127.0.0.1:52824 - - 16abf1 3 - - -',
	'tcp SYN-RECV 0 0 127.0.0.1:7006 127.0.0.1:58064 - - 16abf2 1 - - -',
	'tcp ESTAB 0 0 127.0.0.1:52820 127.0.0.1:7000 0 7773823 16abf3 0 32 5 0 my app/27246/9',
	'tcp ESTAB 0 0 127.0.0.1:52836 127.0.0.1:7000 0 7773831 16abf4 0 9 0 0 my app/27246/16',
	// The kernel counts the FIN of the peer as a byte; conntop does not.
	'tcp CLOSE-WAIT 1 0 127.0.0.1:52850 127.0.0.1:7000 0 7773832 16abf5 0 4 0 0 my app/27246/17',
	// Not accepted yet: it has neither inode nor owner.
	'tcp ESTAB 0 0 127.0.0.1:7007 127.0.0.1:53046 - - 16abf6 0 6 0 0',
	'tcp ESTAB 5 0 127.0.0.1:7000 127.0.0.1:52820 0 7773824 16abf7 2 22 0 5 my app/27246/11',
	'tcp ESTAB 0 0 127.0.0.1:58064 127.0.0.1:7006 0 7773836 16abf8 0 5 0 0 my app/27246/20',
	'tcp LISTEN 0 5 [::1]%1:7005 [::]:* 0 7773822 16abf9 0 - - - a/27287/8 my app/27246/8',
	'tcp LISTEN 0 5 [::]:7001 [::]:* 0 7773818 16abfa 0 - - - a/27287/4 my app/27246/4',
	'tcp LISTEN 0 5 [::]:7002 [::]:* 0 7773819 16abfb 0 - - - a/27287/5 my app/27246/5',
	'tcp ESTAB 0 0 [::ffff:127.0.0.1]:7001 [::ffff:127.0.0.1]:51076 0 7773828 16abfc 0 7 0 0 my app/27246/15',
	'tcp ESTAB 0 0 [::1]:7001 [::1]:36974 0 7773826 16abfd 0 10 0 0 my app/27246/13',
	'tcp ESTAB 0 0 [::1]:36974 [::1]:7001 0 7773825 16abfe 0 17 0 0 my app/27246/12',
];

/** Bound, not listening: listed from 6.8 on. */
const boundInactive = 'tcp UNCONN 0 0 127.0.0.1:7008 0.0.0.0:* 0 7773842 16abff 0 - - - my app/27246/26';

const recordings = [
	['ss-4.20.0', 'ss190107'],
	['ss-5.4.0', 'ss191125'],
	['ss-5.4.0-multiline', 'ss191125'],
	['ss-5.15.0', '5.15.0'],
	['ss-6.1.0', '6.1.0'],
	['ss-6.1.0-multiline', '6.1.0'],
	['ss-6.12.0', '6.12.0'],
] as const;

for (const [fixture, version] of recordings) {
	test(`${fixture} shows the scene`, async t => {
		const replayed = await replay([readFixture(fixture)], {version});
		const {report} = await replayed.sample();
		const expected = fixture === 'ss-6.12.0' ? [...scene, boundInactive] : scene;
		t.deepEqual(slotsOf(replayed.table).map(slot => describe(replayed, slot)).toSorted(), expected.toSorted());
		t.deepEqual(report.problems, []);
		t.is(report.complete.length, 4);
	});

	test(`${fixture} is parsed the same in pieces of any length`, async t => {
		for (const pieceLength of [1, 7, 500]) {
			const replayed = await replay([readFixture(fixture)], {version, pieceLength});
			await replayed.sample();
			t.is(replayed.table.size, fixture === 'ss-6.12.0' ? 34 : 33);
			t.is(describe(replayed, slotAt(replayed.table, 53_526, 7003)), scene[17]);
		}
	});
}

/** Columns that time changed between the recordings, and those that only some versions print. */
const variable = new Set<OptionalColumn>([
	'lastDataSent',
	'lastDataReceived',
	'lastAckReceived',
	'busyTime',
	'receiveWindowLimited',
	'sendWindow',
	'receiveWindow',
	'receiveOutOfOrder',
	'rehash',
	// The table has numbers for texts; and values that were rounded before 5.2 are compared separately.
	'cgroup',
	'congestion',
	'ulp',
	'bbrBandwidth',
	'subflowFlags',
	'subflowToken',
	'subflowPeerToken',
	'subflowId',
	'subflowPeerId',
	'subflowMapSequence',
	'subflowMapSequenceHigh',
	'subflowMapStart',
	'subflowOffset',
	'subflowMapLength',
]);

const steady = (values: Partial<Record<OptionalColumn, number>>): Partial<Record<OptionalColumn, number>> =>
	Object.fromEntries(Object.entries(values).filter(([column]) => !variable.has(column as OptionalColumn)));

/** The text in a column of texts; empty if missing. */
const textOf = (table: SocketTable, slot: number, column: OptionalColumn): string => table.texts.of(table.optional(column)?.[slot] ?? 0);

const difference = (a = 0, b = 0): number => Math.abs(a - b);

const sampled = async (fixture: string, version: string) => {
	const replayed = await replay([readFixture(fixture)], {version});
	await replayed.sample();
	return replayed;
};

test('all versions agree on every column of every socket', async t => {
	const {table: reference} = await sampled('ss-6.12.0', '6.12.0');
	for (const [fixture, version] of recordings) {
		const {table} = await sampled(fixture, version);
		for (const slot of slotsOf(table)) {
			const {localPort, peerPort} = table.core;
			const other = steady(optionalOf(reference, slotAt(reference, localPort[slot], peerPort[slot])));
			const own = steady(optionalOf(table, slot));
			// Before 5.2, rates are rounded to a tenth of a megabit.
			const inexact = fixture === 'ss-4.20.0' ? 50_000 / 8 : 0;
			t.true(difference(own.pacingRate, other.pacingRate) <= inexact);
			t.true(difference(optionalOf(table, slot).bbrBandwidth, optionalOf(reference, slotAt(reference, localPort[slot], peerPort[slot])).bbrBandwidth) <= inexact);
			t.is(textOf(table, slot, 'congestion'), textOf(reference, slotAt(reference, localPort[slot], peerPort[slot]), 'congestion'));
			t.true(difference(own.deliveryRate, other.deliveryRate) <= inexact);
			t.deepEqual(
				{...own, pacingRate: 0, deliveryRate: 0},
				{...other, pacingRate: 0, deliveryRate: 0},
				`${fixture}: ${localPort[slot]} ${peerPort[slot]}`,
			);
		}
	}
});

/** Everything known about each socket, except values that change with time. */
const everythingOf = (replayed: Replay) => slotsOf(replayed.table).map(slot =>
	[describe(replayed, slot), Object.keys(optionalOf(replayed.table, slot)), steady(optionalOf(replayed.table, slot))]);

test('output with one and with several lines per socket is parsed the same', async t => {
	for (const [name, version] of [['ss-5.4.0', 'ss191125'], ['ss-6.1.0', '6.1.0']] as const) {
		const [one, several] = await Promise.all([sampled(name, version), sampled(`${name}-multiline`, version)]);
		t.deepEqual(everythingOf(several), everythingOf(one));
	}
});

test('every column of a connection is in the kernel\'every column of a connection is in the kernel\'s unit', async t => {
	const {table} = await sampled('ss-6.12.0', '6.12.0');
	t.is(textOf(table, slotAt(table, 53_526, 7003), 'cgroup'), '/');
	t.is(textOf(table, slotAt(table, 53_526, 7003), 'congestion'), 'bbr');
	const {cgroup, congestion, ...values} = optionalOf(table, slotAt(table, 53_526, 7003));
	t.deepEqual(values, {
		shutdown: 0,
		appLimited: 0,
		bbrBandwidth: 3_401_141_235,
		bbrMinRtt: 6,
		bbrPacingGain: 739,
		bbrCwndGain: 739,
		backoff: 0,
		tcpOptions: 7,
		windowScale: 0xAA,
		rto: 208_000,
		ato: 0,
		sendMss: 47_616,
		receiveMss: 536,
		unacked: 0,
		sacked: 0,
		lost: 0,
		retransInFlight: 0,
		lastDataSent: 108,
		lastDataReceived: 364,
		lastAckReceived: 108,
		pathMtu: 65_535,
		rcvSsthresh: 65_495,
		rttVariance: 9613,
		cwnd: 16,
		advertisedMss: 65_483,
		reordering: 3,
		receiveSpace: 65_495,
		totalRetransmits: 1,
		pacingRate: 155_948_192_961,
		bytesAcked: 128_513,
		bytesRetransmitted: 47_616,
		segmentsOut: 8,
		segmentsIn: 4,
		notSent: 3_782_144,
		minRtt: 6,
		dataSegmentsIn: 0,
		dataSegmentsOut: 6,
		deliveryRate: 835_368_421,
		busyTime: 364_000,
		receiveWindowLimited: 364_000,
		sendBufferLimited: 0,
		delivered: 7,
		deliveredCe: 0,
		dsackDuplicates: 1,
		reorderingSeen: 0,
		receiveOutOfOrder: 0,
		// The peer's window is closed.
		sendWindow: 0,
		receiveWindow: 65_536,
		rehash: 0,
		receiveMemory: 0,
		receiveBuffer: 131_072,
		sendMemory: 0,
		sendBuffer: 4_194_304,
		forwardAllocation: 2368,
		writeQueued: 3_847_872,
		optionMemory: 0,
		backlog: 0,
		drops: 0,
	});
	t.is(optionalOf(table, slotAt(table, 7003, 53_526)).receiveRtt, 27);
	const expires = (localPort: number, peerPort: number): number => table.core.timerExpires[slotAt(table, localPort, peerPort)];
	t.is(expires(53_526, 7003), 100);
	t.is(expires(53_062, 7007), 636);
	t.is(expires(7000, 52_824), 59_000);
	t.is(expires(7000, 52_820), 119 * 60_000);
});

test('the column of a word that a version does not print is absent', async t => {
	const {table} = await sampled('ss-5.4.0', 'ss191125');
	const values = optionalOf(table, slotAt(table, 53_526, 7003));
	t.is(values.sendWindow, undefined);
	t.is(values.rehash, undefined);
	t.is(values.dsackDuplicates, 1);
	t.is(values.reorderingSeen, 0);
});

test('sockets without tcp_info have none of its columns', async t => {
	const {table} = await sampled('ss-6.12.0', '6.12.0');
	t.deepEqual(optionalOf(table, slotAt(table, 7000, 52_824)), {});
	t.deepEqual(optionalOf(table, slotAt(table, 7006, 58_064)), {});
	const memory = ['receiveMemory', 'receiveBuffer', 'sendMemory', 'sendBuffer', 'forwardAllocation', 'writeQueued', 'optionMemory', 'backlog', 'drops'];
	const own = [...memory, 'shutdown', 'cgroup'];
	t.deepEqual(Object.keys(optionalOf(table, slotAt(table, 7008))), own);
	t.deepEqual(Object.keys(optionalOf(table, slotAt(table, 5353))), own);
	t.deepEqual(Object.keys(optionalOf(table, slotAt(table, 7007))), ['unacked', 'cwnd', ...own, 'congestion']);
});

test('ss without netlink shows the scene without cookies', async t => {
	const replayed = await sampled('ss-6.1.0-proc', '6.1.0');
	const {table} = replayed;
	t.is(table.size, scene.length);
	// /proc does not have the interface, the limit of a listener, the kind of wildcard and the counters.
	const facts = (text: string): string => {
		const [protocol, state, recvQ,, local, peer] = text.split(' ', 6);
		return [protocol, state, recvQ, local.replace('%1', ''), peer].join(' ');
	};

	t.deepEqual(slotsOf(table).map(slot => facts(describe(replayed, slot))).toSorted(), scene.map(line => facts(line)).toSorted());
	for (const slot of slotsOf(table)) {
		t.true(table.core.cookieHigh[slot] >= 0x80_00_00_00);
		t.true(Number.isNaN(table.core.bytesSent[slot]));
	}

	t.deepEqual(optionalOf(table, slotAt(table, 7003, 53_526)), {rto: 200_000, ato: 80_000, cwnd: 10});
	t.deepEqual(optionalOf(table, slotAt(table, 7000, 52_824)), {});
	t.is(table.core.inode[slotAt(table, 7003, 53_526)], 7_773_841);
});

test('rows of unwanted tables are skipped', async t => {
	const replayed = await replay([readFixture('ss-6.1.0-packet')]);
	const {report} = await replayed.sample();
	t.is(replayed.table.size, 0);
	t.deepEqual(report.problems, []);
});

test('rows without Netid are not parsed', async t => {
	for (const fixture of ['ss-6.1.0-mptcp', 'ss-6.1.0-netlink']) {
		const text = readFixture(fixture);
		const replayed = await replay([text]);
		const {report} = await replayed.sample();
		t.is(replayed.table.size, 0);
		t.true(report.problems[0].startsWith(`${text.trimEnd().split('\n').length} lines of ss not understood: ${text.slice(0, 6)}`));
	}
});

/** The cookies in recorded answers of the kernel: nlmsghdr (16 bytes), inet_diag_msg (cookie at 44). */
const cookiesIn = (name: string): string[] => {
	const bytes = fs.readFileSync(new URL(`../../fixtures/netlink/${name}.nl`, import.meta.url));
	const cookies = [];
	for (let at = 0; at + 16 <= bytes.length; at += Math.max(16, bytes.readUInt32LE(at))) {
		if (bytes.readUInt16LE(at + 4) === 20) {
			cookies.push(bytes.readBigUInt64LE(at + 16 + 44).toString(16));
		}
	}

	return cookies;
};

const answers = [
	['tcp-inet-ext255', Protocol.tcp],
	['tcp-inet6-ext255', Protocol.tcp],
	['udp-inet-ext255', Protocol.udp],
	['udp-inet6-ext255', Protocol.udp],
] as const;

for (const [name, protocol] of answers) {
	test(`every socket in the kernel's answer ${name} appears`, async t => {
		const {table} = await sampled('ss-6.12.0', '6.12.0');
		const cookies = cookiesIn(name);
		t.true(cookies.length > 0);
		for (const cookie of cookies) {
			const slot = table.find(Number(`0x${cookie}`), 0);
			t.not(slot, -1, cookie);
			t.is(table.core.protocol[slot], protocol);
		}
	});
}
