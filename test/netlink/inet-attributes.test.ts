/** Tests of the inet_diag attributes other than `tcp_info` and SK_MEMINFO. */
import {readFileSync} from 'node:fs';
import test from 'ava';
import fc from '../helpers/property.js';
import {createViews, walkMessages} from '../../source/netlink/framing.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {createInetParser} from '../../source/netlink/inet-parser.js';
import {members} from '../../source/netlink/inet-layout.js';
import {findField} from '../../source/fields/registry.js';
import {formatValue} from '../../source/fields/model/format.js';
import {readCell} from '../../source/fields/model/cell.js';
import {optionalColumns, type OptionalColumn} from '../../source/table/columns/columns.js';
import {Family} from '../../source/addresses/family.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';
import {
	optionalOf,
	readFixture,
	replay,
	slotsOf,
} from '../helpers/ss-replay.js';
import {
	attribute,
	bytes,
	message,
	nest,
	text,
	u16,
	u32,
	u64,
	type Socket,
} from '../helpers/inet-messages.js';

const everyColumn = new Set(Object.keys(optionalColumns) as OptionalColumn[]);

/** Parses messages, each as one sample, into one table, and returns the values of the columns. */
const parse = (messages: readonly Uint8Array[], columns = everyColumn, protocol: number = Protocol.tcp, kernel = 0) => {
	const table = new SocketTable();
	table.setOptionalColumns(columns);
	let slot = -1;
	for (const [index, content] of messages.entries()) {
		table.begin(index * 1000);
		const parser = createInetParser(table, createViews(content), kernel);
		parser.prepare(protocol, columns);
		slot = parser.parse(0, content.byteLength);
		table.end([]);
	}

	return {table, slot, values: optionalOf(table, slot)};
};

const formatted = (attributes: readonly Uint8Array[], socket: Socket = {}) => {
	const {table, slot} = parse([message(attributes, socket)]);
	const context = {
		table, owners: createOwnerSets(), userName: () => undefined, interfaceName: () => undefined, namespace: () => undefined, cgroupPath: (id: number) => id === 44 ? '/a\u{1B}[2J.service' : undefined,
	};
	return (id: string): string => {
		const field = findField(id);
		return field === undefined ? 'no field' : formatValue(field, readCell(field, context, slot));
	};
};

test('reads BBR', t => {
	const field = formatted([
		attribute(16, u32(3_401_141_235), u32(1), u32(6), u32(739), u32(256)),
		attribute(4, text('bbr')),
	]);
	t.deepEqual(['congestion', 'bbrBandwidth', 'bbrMinRtt', 'bbrPacingGain', 'bbrCwndGain'].map(id => field(id)), ['bbr', '7.2G', '0.006', '2.89', '1.00']);
	t.is(field('dctcpEnabled'), '-');
	t.is(field('vegasRtt'), '-');
	t.is(formatted([attribute(16, u64(0n), u32(0xFF_FF_FF_FF), u32(0), u32(0))])('bbrMinRtt'), '-', 'there is no measurement yet');
});

test('reads DCTCP', t => {
	const field = formatted([attribute(9, u16(1), u16(1), u32(512), u32(3000), u32(6000)), attribute(4, text('dctcp'))]);
	t.deepEqual(
		['congestion', 'dctcpEnabled', 'dctcpCeState', 'dctcpAlpha', 'dctcpAckedMarked', 'dctcpAckedTotal'].map(id => field(id)),
		['dctcp', '1', '1', '0.50', '2.9K', '5.9K'],
	);
	t.is(formatted([attribute(9, bytes(16))])('dctcpEnabled'), '0');
});

test('reads Vegas', t => {
	const field = formatted([attribute(3, u32(1), u32(7), u32(0x7F_FF_FF_FF), u32(1500))]);
	t.deepEqual(['vegasEnabled', 'vegasRoundTrips', 'vegasRtt', 'vegasMinRtt'].map(id => field(id)), ['1', '7', '-', '1.50']);
});

test('reads TLS', t => {
	const flags = [nest(5), nest(6)];
	const tls = (version: number, cipher: number, ...rest: readonly Uint8Array[]): Uint8Array => nest(
		19,
		attribute(1, text('tls')),
		nest(2, attribute(1, u16(version)), attribute(2, u16(cipher)), attribute(3, u16(2)), attribute(4, u16(4)), ...rest),
	);
	const field = formatted([tls(0x03_04, 51, ...flags)]);
	t.deepEqual(
		['ulp', 'tlsVersion', 'tlsCipher', 'tlsSend', 'tlsReceive', 'tlsZeroCopy', 'tlsNoPadding'].map(id => field(id)),
		['tls', '1.3', 'aes-gcm-128', 'sw', 'hw-record', '1', '1'],
	);
	const other = formatted([tls(0x03_03, 99)]);
	t.deepEqual(['tlsVersion', 'tlsCipher', 'tlsZeroCopy'].map(id => other(id)), ['1.2', 'unknown(99)', '-']);
});

test('reads a subflow of MPTCP', t => {
	const tokens = [attribute(1, u32(0)), attribute(2, u32(0x47_1F_0A_3E)), attribute(9, bytes(1, 2)), attribute(10, bytes(1, 0xFF))];
	const mapping = [attribute(4, u64(0x5D_CA_CC_71_F0_BA_D7_44n)), attribute(5, u32(1)), attribute(6, u32(0xC6_DC_6C_C7)), attribute(7, u16(3))];
	const rest = [attribute(3, u32(5)), attribute(8, u32(0b1_1100_0001))];
	const field = formatted([nest(19, attribute(1, text('mptcp')), nest(3, ...tokens, ...mapping, ...rest))]);
	t.deepEqual(
		['ulp', 'subflowFlags', 'subflowPeerToken', 'subflowToken', 'subflowPeerId', 'subflowId', 'subflowNext', 'subflowMapSequence'].map(id => field(id)),
		['mptcp', 'Mecv', '0000', '471f0a3e', '2', '255', '5', '5dcacc71f0bad744'],
	);
	t.deepEqual(['subflowMapStart', 'subflowOffset', 'subflowMapLength'].map(id => field(id)), ['1', 'c6dc6cc7', '3']);
	t.is(formatted([nest(19, attribute(1, text('mptcp')))], {state: State.listen})('ulp'), 'mptcp', 'listeners have only the name');
});

test('reads socket options and other settings', t => {
	const field = formatted([
		attribute(8, bytes(1, 2)),
		attribute(5, bytes(1, 0xFF)),
		attribute(6, bytes(1, 0x48)),
		attribute(17, u32(6)),
		attribute(11, bytes(1, 1)),
		attribute(15, u32(0xFF_FF_FF_FF)),
		attribute(22, bytes(1, 0b0101_0011), bytes(1, 0b101)),
		attribute(10, bytes(1, 255)),
	], {family: Family.inet6, state: State.unconnected});
	t.deepEqual(
		['shutdown', 'tos', 'trafficClass', 'classId', 'v6Only', 'mark', 'ipProtocol'].map(id => field(id)),
		['<--', '0xff', '0x48', '0x6', '1', '0xffffffff', '255'],
	);
	t.is(field('socketOptions'), 'recverr is_icsk mc_loop mc_all bind_addr_no_port defer_connect');
	t.is(formatted([attribute(5, bytes(1))])('tos'), '0');
});

test('names the cgroup if its path is known, and escapes it', t => {
	const inCgroup = (id: bigint) => formatted([attribute(21, u64(id))]);
	t.is(inCgroup(44n)('cgroup'), String.raw`/a\x1b[2J.service`);
	t.is(inCgroup(44n)('unit'), String.raw`a\x1b[2J.service`);
	t.is(inCgroup(0x2_00_00_0A_BCn)('cgroup'), 'unreachable:200000abc');
	t.is(inCgroup(0x2_00_00_0A_BCn)('cgroupId'), '8589937340');
	t.is(inCgroup(0x2_00_00_0A_BCn)('container'), '');
	t.is(formatted([])('cgroup'), '');
});

test('reads the members of tcp_info that ss does not print', t => {
	const info = new Uint8Array(280);
	const view = new DataView(info.buffer);
	info[7] = 0b101;
	view.setUint16(240, 3, true);
	view.setUint16(242, 2, true);
	for (const [index, offset] of [244, 248, 252, 256, 260, 264, 268, 272].entries()) {
		view.setUint32(offset, 1000 + index, true);
	}

	const {values} = parse([message([attribute(2, info)])]);
	t.like(values, {
		appLimited: 1, fastopenFailure: 2, totalTimeouts: 3, totalTimeoutRecoveries: 2, totalTimeoutTime: 1000, receivedCe: 1001,
		deliveredE1Bytes: 1002, deliveredE0Bytes: 1003, deliveredCeBytes: 1004, receivedE1Bytes: 1005, receivedE0Bytes: 1006, receivedCeBytes: 1007,
	});
	t.is(formatted([attribute(2, info)])('fastopenFailure'), 'data not acked');
});

test('reads accurate ECN, which has another layout from Linux 7.0 on', t => {
	const info = new Uint8Array(280);
	const read = (kernel: number) => {
		const {ecnMode, accEcnOptionSeen, accEcnFailures} = parse([message([attribute(2, info)])], everyColumn, Protocol.tcp, kernel).values;
		return [ecnMode, accEcnOptionSeen, accEcnFailures];
	};

	info.set([0b1001, 0, 2, 0], 276);
	t.deepEqual(read(618), [undefined, 2, 0b1001]);
	t.deepEqual(read(619), read(618));
	t.deepEqual(read(617), [undefined, undefined, undefined]);
	t.deepEqual(read(0), [undefined, undefined, undefined], 'the kernel version is unknown');
	info.set([0b1001_1110, 0, 0, 0], 276);
	t.deepEqual(read(700), [2, 3, 0b1001]);
});

test('a 0 in bytes that are padding or reserved in an older kernel is absent', t => {
	const info = new Uint8Array(96);
	const read = (kernel: number) => {
		const {mptcpChecksum, totalRetransmits, lastDataSent, mptcpLaminarMax, mptcpFullmeshMax} = parse([message([attribute(2, info)])], everyColumn, Protocol.mptcp, kernel).values;
		return [mptcpChecksum, totalRetransmits, lastDataSent, mptcpLaminarMax, mptcpFullmeshMax];
	};

	t.deepEqual(read(513), [undefined, undefined, undefined, undefined, undefined]);
	t.deepEqual(read(514), [0, undefined, undefined, undefined, undefined]);
	t.deepEqual(read(605), [0, 0, undefined, undefined, undefined]);
	t.deepEqual(read(610), [0, 0, 0, undefined, undefined]);
	t.deepEqual(read(618), [0, 0, 0, 0, undefined]);
	t.deepEqual(read(619), [0, 0, 0, 0, 0]);
	t.deepEqual(read(0), read(619), 'the kernel version is unknown');
	// Distributions backport members to older kernels.
	info[82] = 3;
	t.is(read(514).at(-1), 3);
	const appLimited = (kernel: number) => parse([message([attribute(2, new Uint8Array(280))])], everyColumn, Protocol.tcp, kernel).values.appLimited;
	t.deepEqual([408, 409].map(kernel => appLimited(kernel)), [undefined, 0]);
});

test('values of another algorithm become absent; values missing in a minimal form stay', t => {
	const bbr = [attribute(16, u64(9n), u32(6), u32(739), u32(256)), attribute(4, text('bbr'))];
	const switched = parse([message(bbr), message([attribute(4, text('cubic'))])]);
	t.is(switched.values.bbrMinRtt, undefined);
	t.is(switched.table.texts.of(switched.values.congestion ?? 0), 'cubic');
	const ended = parse([message(bbr), message([], {state: State.timeWait})]);
	t.is(ended.values.bbrMinRtt, 6);
	t.is(ended.table.texts.of(ended.values.congestion ?? 0), 'bbr');
});

test('truncated, empty and unknown attributes are absent', t => {
	const field = formatted([attribute(16, u32(1)), attribute(8), attribute(21, u32(7)), attribute(4), attribute(31, bytes(40, 1)), attribute(16_383, bytes(4))]);
	t.deepEqual(['bbrBandwidth', 'bbrMinRtt', 'shutdown', 'cgroup', 'congestion'].map(id => field(id)), ['-', '-', '', '', '']);
	t.is(formatted([attribute(4, bytes(3, 0x62))])('congestion'), 'bbb', 'the NUL is missing');
});

test('keys are not read: no member reads or requests MD5SIG', t => {
	t.false(members.some(({attribute: number}) => number === 18));
});

test('accepts nested attributes of any depth and length', t => {
	const tree = fc.letrec<{node: Uint8Array}>(tie => ({
		node: fc.oneof(
			{maxDepth: 6},
			fc.tuple(fc.nat(24), fc.uint8Array({maxLength: 20})).map(([number, payload]) => attribute(number, payload)),
			fc.tuple(fc.constantFrom(19, 2, 3), fc.array(tie('node'), {maxLength: 4})).map(([number, inner]) => nest(number, ...inner)),
		),
	})).node;
	fc.assert(fc.property(fc.array(tree, {maxLength: 6}), fc.array(fc.tuple(fc.nat(), fc.nat(255)), {maxLength: 10}), (attributes, changes) => {
		const content = message(attributes);
		for (const [at, value] of changes) {
			if (content.length > 72) {
				content[72 + (at % (content.length - 72))] = value;
			}
		}

		t.notThrows(() => parse([content]));
	}), {numRuns: 300});
});

const recorded = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/netlink/${name}.nl`, import.meta.url));

test('the recorded answers have the values that ss printed for the same scene', async t => {
	const table = new SocketTable();
	table.setOptionalColumns(everyColumn);
	table.begin(0);
	for (const [name, protocol] of [['tcp-inet-ext255', Protocol.tcp], ['tcp-inet6-ext255', Protocol.tcp], ['udp-inet-ext255', Protocol.udp], ['udp-inet6-ext255', Protocol.udp]] as const) {
		const content = recorded(name);
		const views = createViews(content);
		const parser = createInetParser(table, views);
		parser.prepare(protocol, everyColumn);
		const nothing = (): void => undefined;
		walkMessages(views, content.byteLength, {
			message(_type, start, end) {
				parser.parse(start, end);
			},
			error: nothing,
			done: nothing,
			interrupted: nothing,
		});
	}

	table.end([]);
	const {table: printed, sample} = await replay([readFixture('ss-6.12.0')], {version: '6.12.0'});
	await sample();
	const steady = [
		'shutdown',
		'v6Only',
		'bbrBandwidth',
		'bbrMinRtt',
		'bbrPacingGain',
		'bbrCwndGain',
		'appLimited',
		'subflowFlags',
		'subflowToken',
		'subflowPeerToken',
		'subflowId',
		'subflowPeerId',
	] as const;
	const seen = new Map<string, number>();
	for (const slot of slotsOf(printed)) {
		const own = table.find(printed.core.cookieLow[slot], printed.core.cookieHigh[slot]);
		t.true(own !== -1);
		const values = optionalOf(table, own);
		const words = optionalOf(printed, slot);
		for (const column of steady) {
			// For listeners, ss prints the word only if it is not 0.
			const isUnset = column === 'appLimited' && table.core.state[own] === State.listen;
			t.is(values[column], isUnset ? values[column] : words[column], `${column} of ${table.core.localPort[own]} ${table.core.peerPort[own]}`);
			seen.set(column, (seen.get(column) ?? 0) + (words[column] === undefined ? 0 : 1));
		}

		t.is(table.texts.of(values.congestion ?? 0), printed.texts.of(words.congestion ?? 0));
		t.is(table.texts.of(values.ulp ?? 0), printed.texts.of(words.ulp ?? 0));
		t.is(values.cgroupId === undefined ? '' : (values.cgroupId === 1 ? '/' : 'other'), printed.texts.of(words.cgroup ?? 0));
		// `ss` does not print a 0, and the kernel does not report the mark without privileges.
		t.is((values.mark ?? 0), words.mark ?? 0);
	}

	for (const column of steady) {
		t.true((seen.get(column) ?? 0) > 0, `the scene has ${column}`);
	}
});
