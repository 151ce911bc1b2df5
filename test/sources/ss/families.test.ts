import test from 'ava';
import {readCell} from '../../../source/fields/model/cell.js';
import {formatValue} from '../../../source/fields/model/format.js';
import {findField} from '../../../source/fields/registry.js';
import {selectTables} from '../../../source/sources/ss/arguments.js';
import {createSsSource} from '../../../source/sources/ss/source.js';
import {protocolNames, type ProtocolName} from '../../../source/table/columns/protocols.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {createTestContext} from '../../helpers/context.js';
import {
	allColumns,
	interfaceIndex,
	readFixture,
	replayRun,
	slotsOf,
} from '../../helpers/ss-replay.js';
import {createOwnerSets} from '../../../source/owners/owner-sets.js';

type Shown = {readonly table: SocketTable; readonly problems: readonly string[]; readonly read: (slot: number, ...ids: readonly string[]) => string; readonly lines: () => string[]};

/** The sockets that a sample of some protocols reads from an output. */
const show = async (output: string | readonly string[], protocols: readonly ProtocolName[], version = '6.1.0', pieceLength = 65_536): Promise<Shown> => {
	const owners = createOwnerSets();
	const table = new SocketTable();
	table.setOptionalColumns(allColumns);
	const outputs = typeof output === 'string' ? [output] : output;
	const source = await createSsSource({
		run: replayRun(`ss utility, iproute2-${version}\n`, outputs, pieceLength),
		kernelRelease: '6.18.44',
		interfaceIndex,
		owners,
	});
	let problems: readonly string[] = [];
	for (const index of outputs.keys()) {
		table.begin(index * 1000);
		const report = await source.sample(table, {columns: allColumns, protocols: new Set(protocols)});
		table.end(report.complete);
		problems = report.problems;
	}

	const context = {...createTestContext(), table, owners};
	const read = (slot: number, ...ids: readonly string[]): string => ids.map(id => {
		const field = findField(id);
		return field === undefined ? `no ${id}` : formatValue(field, readCell(field, context, slot));
	}).join(' | ');
	return {
		table, problems, read, lines: () => slotsOf(table).map(slot => read(slot, 'protocol', 'state', 'recvQ', 'sendQ', 'local', 'peer', 'processes')).toSorted(),
	};
};

const unixAndRaw = [
	'raw | UNCONN | 0 | 0 | 0.0.0.0:1 | 0.0.0.0:* | my app/27246',
	'raw | UNCONN | 0 | 0 | 0.0.0.0:255 | 0.0.0.0:* | my app/27246',
	'raw | UNCONN | 0 | 0 | [::]:58 | [::]:* | my app/27246',
	String.raw`u_dgr | UNCONN | 0 | 0 | /run/sockets-for-tests/u2/new\nline 7773855 | * 0 | my app/27246`,
	'u_dgr | UNCONN | 0 | 0 | @3c6d7 7773857 | * 0 | my app/27246',
	'u_dgr | UNCONN | 0 | 0 | @abs name 7773854 | * 0 | my app/27246',
	'u_seq | ESTAB | 0 | 0 | * 7773858 | * 7773859 | my app/27246',
	'u_seq | ESTAB | 0 | 0 | * 7773859 | * 7773858 | my app/27246',
	'u_str | ESTAB | 0 | 0 | * 7773853 | * 0 | my app/27246',
	'u_str | ESTAB | 0 | 768 | * 7773851 | /run/sockets-for-tests/u2/a sock 7773852 | my app/27246',
	'u_str | ESTAB | 2 | 0 | /run/sockets-for-tests/u2/a sock 7773852 | * 7773851 | my app/27246',
	'u_str | LISTEN | 1 | 3 | /run/sockets-for-tests/u2/a sock 7773850 | * 0 | my app/27246',
	'u_str | UNCONN | 0 | 0 | @a@b 7773856 | * 0 | my app/27246',
];

for (const [fixture, version] of [
	['ss-4.20.0', 'ss190107'],
	['ss-5.4.0', 'ss191125'],
	['ss-5.4.0-multiline', 'ss191125'],
	['ss-5.15.0', '5.15.0'],
	['ss-6.1.0', '6.1.0'],
	['ss-6.1.0-multiline', '6.1.0'],
	['ss-6.12.0', '6.12.0'],
] as const) {
	test(`${fixture} shows the UNIX and raw sockets of the scene`, async t => {
		for (const pieceLength of [65_536, 7]) {
			const {lines, problems, read, table} = await show(readFixture(fixture), ['u_str', 'u_dgr', 'u_seq', 'raw'], version, pieceLength);
			t.deepEqual(problems, []);
			t.deepEqual(lines(), unixAndRaw);
			const listener = slotsOf(table).find(slot => table.core.inode[slot] === 7_773_850) ?? -1;
			t.is(read(listener, 'vfsInode', 'vfsDevice', 'pendingConnections', 'shutdown', 'receiveBuffer'), '2253108 | 254:0 | 7773853 | <-> | 208.0K');
		}
	});
}

test('reads packet sockets', async t => {
	const {lines, read, problems} = await show(readFixture('ss-6.1.0-packet'), ['p_raw', 'p_dgr']);
	t.deepEqual(problems, []);
	t.deepEqual(lines(), ['p_dgr | UNCONN | 37394 | 0 | *:* | * | my app/27246', 'p_raw | UNCONN | 18697 | 0 | [2048]:lo | * | my app/27246']);
	t.is(read(0, 'cookie', 'inode', 'uid', 'packetFlags', 'packetVersion', 'packetCopyThreshold', 'receiveMemory'), '16e1cf | 7773860 | 0 | running | 0 | 0 | 18.3K');
});

test('reads rings and fanout of packet sockets', async t => {
	const {read} = await show(
		'p_raw UNCONN 0 0 *:eth0 * uid:1000 ino:5 sk:6 ver:2 cpy_thresh:0 flags( running loss ) ring_rx(blk_size:4096,blk_nr:16,frm_size:2048,frm_nr:32,tmo:10,features:0x3) fanout(id:7,type:cpu)\n',
		['p_raw'],
	);
	t.is(read(0, 'user', 'packetFlags', 'packetFanout', 'packetReceiveRing'), 'ann | running loss | 7 cpu | blk_size:4096,blk_nr:16,frm_size:2048,frm_nr:32,tmo:10,features:0x3');
});

test('reads netlink sockets once each, although ss lists some twice', async t => {
	const output = readFixture('ss-6.1.0-netlink').split('\n').filter(line => line !== '').map(line => `nl    ${line}\n`).join('');
	const {lines, read, table} = await show([output, output], ['nl']);
	t.is(lines().length, 10);
	t.true(lines().includes('nl | UNCONN | 832 | 0 | tcpdiag:kernel | * | '));
	const member = slotsOf(table).find(slot => read(slot, 'local') === 'rtnl:27246') ?? -1;
	t.is(read(member, 'netlinkGroups', 'receiveBuffer'), '1 5 | 208.0K');
});

test('reads MPTCP connections with the cookie of their listener, and SCTP associations under their endpoint', async t => {
	const mptcp = readFixture('ss-6.1.0-mptcp').replaceAll(/sk:[\da-f]+/gv, 'sk:7').split('\n').filter(line => line !== '').map(line => `mptcp ${line}\n`).join('');
	const sctp = 'sctp LISTEN 0 5 10.0.0.1:80 *:* ino:70 sk:9 <->\n      `- ESTAB 0 0 10.0.0.1:80 10.0.0.2:5000 ino:70 sk:9 <->\n      `- COOKIE_WAIT 0 0 10.0.0.1:80 10.0.0.2:5001 ino:70 sk:9 <->\n';
	const {lines, problems} = await show([mptcp + sctp, mptcp + sctp], ['mptcp', 'sctp']);
	t.deepEqual(problems, []);
	t.deepEqual(lines(), [
		'mptcp | ESTAB | 0 | 0 | 127.0.0.1:48780 | 127.0.0.1:7200 | ',
		'mptcp | ESTAB | 833 | 0 | 127.0.0.1:7200 | 127.0.0.1:48780 | ',
		'mptcp | LISTEN | 0 | 3 | 127.0.0.1:7200 | 0.0.0.0:* | ',
		'sctp | COOKIE_WAIT | 0 | 0 | 10.0.0.1:80 | 10.0.0.2:5001 | ',
		'sctp | ESTAB | 0 | 0 | 10.0.0.1:80 | 10.0.0.2:5000 | ',
		'sctp | LISTEN | 0 | 5 | 10.0.0.1:80 | 0.0.0.0:* | ',
	]);
});

test('reads VSOCK, XDP and TIPC sockets', async t => {
	const {lines, read} = await show([
		'v_str LISTEN 0 0 *:1024 *:*',
		'v_str ESTAB 0 0 3:1024 2:5000 ino:9 sk:a',
		'xdp UNCONN 1 2 lo:q3 * ino:5 sk:b rx(entries:2048) tx(entries:1024) umem(id:1,size:4096,zc:0) fr(entries:7) cr(entries:8)'
		+ ' stats(rx dropped:1,rx invalid:2,rx queue full:3,rx fill ring empty:4,tx invalid:5,tx ring empty:6)',
		'ti_st ESTAB 0 0 1:2 3:4 sk:c',
		'ti_rd UNCONN 0 0 1:5 - sk:d',
	].join('\n'), ['v_str', 'xdp', 'ti_st', 'ti_rd']);
	t.deepEqual(lines(), [
		'ti_rd | UNCONN | 0 | 0 | 1:5 | * | ',
		'ti_st | ESTAB | 0 | 0 | 1:2 | 3:4 | ',
		'v_str | ESTAB | 0 | 0 | 3:1024 | 2:5000 | ',
		'v_str | LISTEN | 0 | 0 | *:1024 | *:* | ',
		'xdp | UNCONN | 1 | 2 | lo:q3 | * | ',
	]);
	t.is(read(2, 'xdpReceiveRing', 'xdpSendRing', 'xdpFillRing', 'xdpCompletionRing'), '2048 | 1024 | 7 | 8');
	t.is(read(2, 'xdpMemory', 'xdpReceiveDropped', 'xdpReceiveInvalid', 'xdpReceiveFull', 'xdpFillEmpty', 'xdpSendInvalid', 'xdpSendEmpty'), 'id:1,size:4096,zc:0 | 1 | 2 | 3 | 4 | 5 | 6');
});

test('reads MPTCP details, with sequence numbers in the format of each version', async t => {
	const ids = ['mptcpSubflows', 'mptcpSubflowsMax', 'mptcpFlags', 'mptcpToken', 'mptcpWriteSequence', 'mptcpSendUnacked', 'mptcpReceiveNext', 'bytesSent', 'bytesReceived'];
	const row = (sequences: string) =>
		`mptcp ESTAB 0 0 127.0.0.1:48780 127.0.0.1:7200 ino:5 sk:a <-> subflows:1 subflows_max:2 fallback remote_key token:9633a3af ${sequences}\n`;
	const hex = await show(row('write_seq:b31f2a4c8000d485 snd_una:1 rcv_nxt:93c3b2b92c621012'), ['mptcp'], '6.1.0');
	t.is(hex.read(0, ...ids), '1 | 2 | fallback remote_key | 9633a3af | b31f2a4c8000d485 | 1 | 93c3b2b92c621012 | - | -');
	const decimal = await show(row('write_seq:12907081565120550021 snd_una:1 rcv_nxt:18446744073709551615 bytes_sent:7 bytes_received:8 retransmits:3'), ['mptcp'], '6.12.0');
	t.is(decimal.read(0, ...ids), '1 | 2 | fallback remote_key | 9633a3af | b31f2a4c8000d485 | 1 | ffffffffffffffff | 7 | 8');
	t.is(decimal.read(0, 'totalRetransmits'), '3');
});

test('subflows of MPTCP have their mapping', async t => {
	const row = 'tcp ESTAB 0 0 127.0.0.1:1 127.0.0.1:2 ino:5 sk:a <-> cubic cwnd:10 tcp-ulp-mptcp flags:Mec token:0000(id:0)/471f0a3e(id:0) ';
	const ids = ['subflowToken', 'subflowMapSequence', 'subflowMapStart', 'subflowOffset', 'subflowMapLength', 'mptcpToken'];
	const hex = await show(`${row}seq:5dcacc71f0bad744 sfseq:10 ssnoff:c6dc6cc7 maplen:10\n`, ['tcp'], '6.12.0');
	t.is(hex.read(0, ...ids), '471f0a3e | 5dcacc71f0bad744 | 16 | c6dc6cc7 | 16 | -');
	const decimal = await show(`${row}seq:6758438980564997956 sfseq:16 ssnoff:3336334535 maplen:16\n`, ['tcp'], '6.14.0');
	t.is(decimal.read(0, ...ids), hex.read(0, ...ids));
});

test('reads SCTP details of associations and endpoints', async t => {
	const {read} = await show([
		'sctp LISTEN 0 5 10.0.0.1:80 *:* ino:70 sk:9 <-> locals:10.0.0.1,10.1.0.1 autoclose:60 v4mapped:1',
		'      `- ESTAB 0 0 10.0.0.1:80 10.0.0.2:5000 ino:70 sk:9 <-> locals:10.0.0.1,10.1.0.1 peers:10.0.0.2,2001:db8::1 tag:abcdef01 state:ESTABLISHED rwnd:1000 unackdata:3'
		+ ' penddata:4 instrms:10 outstrms:11 inqueue:5 outqueue:6 overerr:7 maxburst:8 maxseg:9 prwnd:2000 ptag:1234 pcapable:99 psack:4 adapind:12 pdpoint:13 nodelay:1',
		'',
	].join('\n'), ['sctp']);
	t.is(read(0, 'sctpLocals', 'sctpAutoclose', 'sctpV4Mapped', 'sctpPeers'), '10.0.0.1 10.1.0.1 | 60 | 1 | ');
	t.is(read(1, 'sctpLocals', 'sctpPeers', 'sctpTag', 'sctpPeerTag', 'receiveWindow', 'sendWindow'), '10.0.0.1 10.1.0.1 | 10.0.0.2 2001:db8::1 | abcdef01 | 1234 | 1000 | 2.0K');
	t.is(
		read(1, 'unacked', 'sctpPending', 'sctpInStreams', 'sctpOutStreams', 'sctpInQueue', 'sctpOutQueue', 'sctpErrors', 'sctpMaxBurst', 'sctpMaxSegment'),
		'3 | 4 | 10 | 11 | 5 | 6 | 7 | 8 | 9',
	);
	t.is(read(1, 'sctpPeerCapable', 'sctpPeerSack', 'sctpAdaptation', 'sctpPartialDelivery', 'sctpNodelay'), 'auth prsctp ipv4 ecn | needed | 12 | 13 | 1');
});

test('reads filters of packet sockets', async t => {
	const {read} = await show([
		'p_raw UNCONN 0 0 *:lo * ino:5 sk:b ver:0 cpy_thresh:0 flags( running ) bpf filter (2):  0x28 0 0 12, 0x06 0 0 4294967295,',
		'p_raw UNCONN 0 0 *:lo * ino:6 sk:c bpf filter (0): ',
		'',
	].join('\n'), ['p_raw']);
	t.is(read(0, 'packetFilterLength', 'packetFilter'), '2 | 0x28 0 0 12, 0x06 0 0 4294967295');
	t.is(read(1, 'packetFilterLength', 'packetFilter'), '- | ');
});

test('names of UNIX sockets may contain any text', async t => {
	const names = ['/a b', '/1 2', '/x 5 * 6', '/two\nlines', 'u_str', '/\u{1B}[2J', 'tcp'];
	const output = names.map((name, index) => `u_str LISTEN 0 1 ${name} ${100 + index} * 0 users:(("a)b 1 * 2",pid=5,fd=6)) <->\n`).join('');
	const {table, problems} = await show(output, ['u_str']);
	t.deepEqual(problems, []);
	t.deepEqual(slotsOf(table).map(slot => table.texts.of(table.core.localName[slot])), names);
	t.deepEqual(slotsOf(table).map(slot => table.core.inode[slot]), names.map((_, index) => 100 + index));
});

test('an invalid UNIX row is skipped alone', async t => {
	const {table, problems} = await show('u_str LISTEN 0 1 /x\nu_str LISTEN 0 1 /y 7 * 0\nu_str LISTEN 0 1 /z', ['u_str']);
	t.is(table.size, 1);
	t.deepEqual(problems, ['2 lines of ss not understood']);
});

test('requests the wanted tables, and a second one if Netid would be missing', t => {
	const options = (protocols: readonly ProtocolName[], version = 601): string => selectTables(new Set(protocols), version).options.join(' ');
	t.is(options(['tcp', 'udp']), '-t -u');
	t.is(options(['tcp']), '-t -w');
	t.is(options(['raw']), '-w -0');
	t.is(options(['u_seq']), '-x');
	t.is(options(['nl']), '-f netlink -w');
	t.is(options(['mptcp', 'p_raw']), '-0 -M');
	t.is(options(['mptcp', 'smc'], 505), '');
	t.deepEqual(selectTables(new Set(['mptcp', 'tcp', 'smc']), 505).unknown, ['mptcp', 'smc']);
	t.deepEqual(selectTables(new Set(['u_str', 'mptcp']), 601).scopes.map(({family}) => family), [1, 2, 10]);
});

test('tables that ss lacks are reported once', async t => {
	const {problems} = await show([''], ['smc', 'tcp']);
	t.deepEqual(problems, ['the installed ss cannot list smc sockets']);
	const second = await show(['', ''], ['smc', 'tcp']);
	t.deepEqual(second.problems, []);
	const old = await show([''], protocolNames, '5.5.0');
	t.deepEqual(old.problems, ['the installed ss cannot list mptcp, udplite, smc sockets']);
});
