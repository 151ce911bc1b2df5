/** Text around the rows of saved texts, and rows without Netid, state and numbers. */
import {Buffer} from 'node:buffer';
import test from 'ava';
import {InputError} from '../../../source/sources/source.js';
import {optionalOf, readFixture, slotAt} from '../../helpers/ss-replay.js';
import {readSaved} from '../../helpers/saved-text.js';

const header = 'State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n';

/** Declares a test that a text shows these sockets (protocol, state, queues and endpoints), with these problems. */
const shows = (name: string, text: string, sockets: readonly string[], problems: readonly string[] = []): void => {
	test(name, async t => {
		const {lines, report} = await readSaved(text);
		t.deepEqual(lines.map(line => line.split(' ').slice(0, 6).join(' ')), sockets.toSorted());
		t.deepEqual(report.problems, problems);
	});
};

const listener = 'LISTEN 0      128          0.0.0.0:22        0.0.0.0:*     users:(("sshd",pid=812,fd=3))\n';
const connection = 'ESTAB  0      36      192.0.2.7:22    198.51.100.2:50522 users:(("sshd",pid=900,fd=4))\n';
const [listening, connected] = ['LISTEN 0 128 0.0.0.0:22 0.0.0.0:*', 'ESTAB 0 36 192.0.2.7:22 198.51.100.2:50522'];

shows('rows without Netid are TCP if a state shows it', header + listener + connection, [`tcp ${listening}`, `tcp ${connected}`]);
shows('rows without header, Netid and processes', `${listener}${connection}`.replaceAll(/ users.*$/gmv, ''), [`tcp ${listening}`, `tcp ${connected}`]);
shows('connections alone are TCP', header + connection, [`tcp ${connected}`]);
shows('unconnected sockets are UDP', `${header}UNCONN 0 0 0.0.0.0:68 0.0.0.0:*\nESTAB 0 0 192.0.2.7:50000 192.0.2.1:53\n`, [
	'udp UNCONN 0 0 0.0.0.0:68 0.0.0.0:*', 'udp ESTAB 0 0 192.0.2.7:50000 192.0.2.1:53',
]);
shows('unless there is a word of TCP', `${header}UNCONN 0 0 0.0.0.0:68 0.0.0.0:*\n\t cubic cwnd:10\n`, ['tcp UNCONN 0 0 0.0.0.0:68 0.0.0.0:*']);

const options = [
	['ss -uan', 'udp'],
	['ss -aun | grep :22', 'udp'],
	['/usr/sbin/ss -n --udp -a', 'udp'],
	['ss -A udp -an', 'udp'],
	['sudo ss -anwp', 'raw'],
	['ip netns exec blue ss -Sna', 'sctp'],
	['ss -anM', 'mptcp'],
	['ss -tuan', 'tcp'],
	['ss -an', 'tcp'],
] as const;

for (const [command, protocol] of options) {
	for (const prompt of ['$ ', '[root@box ~]# ', 'user@box:~/src$ ', 'box:~ # ', '']) {
		shows(`rows after “${prompt}${command}” are of ${protocol}`, `${prompt}${command}\n${header}${connection}`, [`${protocol} ${connected}`]);
	}
}

shows('each output has its own table', `$ ss -tn\n${header}${connection}$ ss -un\n${header}ESTAB 0 0 192.0.2.7:50000 192.0.2.1:53\n$ exit\n`, [
	`tcp ${connected}`, 'udp ESTAB 0 0 192.0.2.7:50000 192.0.2.1:53',
]);
shows('another header starts another output', `${header}${listener}${header}UNCONN 0 0 0.0.0.0:68 0.0.0.0:*\n`, [`tcp ${listening}`, 'udp UNCONN 0 0 0.0.0.0:68 0.0.0.0:*']);

const withoutState = 'Recv-Q Send-Q Local Address:Port Peer Address:Port\n0 36 192.0.2.7:22 198.51.100.2:50522\n';
shows('a state that ss omits is taken from the command', `$ ss -tn state established '( sport = :22 )'\n${withoutState}`, [`tcp ${connected}`]);
shows('a state that ss omits is unknown without the command', withoutState, ['tcp UNKNOWN 0 36 192.0.2.7:22 198.51.100.2:50522']);
shows('two numbers alone are not a row', `${header}${connection}0 36 192.0.2.7:22 198.51.100.2:50522\n`, [`tcp ${connected}`], ['1 line of ss.txt not understood']);

const ports = 'LISTEN 0 5 *:ssh *:*\nLISTEN 0 5 127.0.0.1:bbs 0.0.0.0:*\nLISTEN 0 5 [::1]:domain [::]:*\nLISTEN 0 5 127.0.0.1:nonsuch 0.0.0.0:*\nLISTEN 0 5 127.0.0.1:both 0.0.0.0:*\n';
shows('names of services are ports, if unambiguous', ports, [
	'tcp LISTEN 0 5 [::]:22 [::]:*', 'tcp LISTEN 0 5 127.0.0.1:7000 0.0.0.0:*', 'tcp LISTEN 0 5 [::1]:53 [::]:*',
], ['2 sockets of ss.txt not shown: names in place of addresses or ports (`ss -n` prints numbers)']);
shows('names of hosts are not accepted as addresses', `${header}ESTAB 0 0 box.example:22 198.51.100.2:50522\n${connection}`, [`tcp ${connected}`], ['1 line of ss.txt not understood']);
shows('raw sockets are named by the protocols that they carry', '$ ss -wa\nUNCONN 0 0 *:ipv6-icmp *:*\nUNCONN 0 0 0.0.0.0:icmp 0.0.0.0:*\n', [
	'raw UNCONN 0 0 [::]:58 [::]:*', 'raw UNCONN 0 0 0.0.0.0:1 0.0.0.0:*',
]);

shows('`*` is IPv4 and IPv6 has no brackets in text of an old ss', 'LISTEN 0 128 *:22 *:*\nLISTEN 0 128 :::22 :::*\nESTAB 0 0 ::1:22 ::1:5000\n', [
	'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:*', 'tcp LISTEN 0 128 [::]:22 [::]:*', 'tcp ESTAB 0 0 [::1]:22 [::1]:5000',
]);
shows('`*` is IPv6 if IPv4 has its own wildcard', 'LISTEN 0 128 *:22 *:*\nLISTEN 0 128 0.0.0.0:80 0.0.0.0:*\n', [
	'tcp LISTEN 0 128 [::]:22 [::]:*', 'tcp LISTEN 0 128 0.0.0.0:80 0.0.0.0:*',
]);
shows('`*` is IPv4 if the text names an old version', 'ss utility, iproute2-ss170905\nLISTEN 0 128 *:22 *:*\n', ['tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:*']);

const twice = 'tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:5000\ntcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:*\ntcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:*\n';
shows('a socket in several outputs is one, and the members of a group stay distinct', `$ ss -a\n${twice}$ ss -a\n${twice}`, [
	'tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:5000', 'tcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:*', 'tcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:*',
]);

test('a socket keeps its cookie when another output omits it', async t => {
	const plain = 'tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:5000\ntcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:*\n';
	const extended = 'tcp ESTAB 0 9 10.0.0.1:80 10.0.0.2:5000 uid:7 ino:5 sk:a <->\ntcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:* ino:6 sk:b <->\n';
	for (const text of [`# ss -a\n${plain}# ss -ae\n${extended}`, `# ss -ae\n${extended}# ss -a\n${plain}`]) {
		const {lines} = await readSaved(text);
		t.deepEqual(lines, ['tcp ESTAB 0 0 10.0.0.1:80 10.0.0.2:5000 7 5 a 0 - - -', 'tcp LISTEN 0 5 0.0.0.0:80 0.0.0.0:* 0 6 b 0 - - -']);
	}
});

test('long lists of processes are read completely, however they are wrapped', async t => {
	const entries = Array.from({length: 700}, (_, index) => `("worker process",pid=${1000 + index},fd=6)`);
	const row = `tcp LISTEN 0 511 0.0.0.0:80 0.0.0.0:* users:(${entries.join(',')}) ino:5 sk:6 <->`;
	for (const width of [80, 97, 131, 100_000]) {
		const {table, ownersOf, lines} = await readSaved(`${row}\n${connection}`.replaceAll(new RegExp(`.{${width}}(?=.)`, 'gv'), '$&\n'));
		t.is(lines.length, 2);
		t.deepEqual(ownersOf(slotAt(table, 80)), entries.map((_, index) => ({pid: 1000 + index, name: 'worker process', fd: 6})));
		t.is(table.core.inode[slotAt(table, 80)], 5);
	}
});

test('entries of the process column in the old form, with threads and with security contexts', async t => {
	const rows = [
		'tcp LISTEN 0 5 0.0.0.0:1 0.0.0.0:* users:(("sshd",812,3),("sshd",813,4))',
		'tcp LISTEN 0 5 0.0.0.0:2 0.0.0.0:* users:(("a",pid=1,tid=2,fd=3))',
		'tcp LISTEN 0 5 0.0.0.0:3 0.0.0.0:* users:(("a",pid=1,proc_ctx=system_u:system_r:init_t:s0-s0:c0.c1023,fd=3,sock_ctx=system_u:object_r:x:s0))',
	];
	const {table, ownersOf, report} = await readSaved(`${rows.join('\n')}\n`);
	t.deepEqual(ownersOf(slotAt(table, 1)), [{pid: 812, name: 'sshd', fd: 3}, {pid: 813, name: 'sshd', fd: 4}]);
	t.deepEqual([2, 3].map(port => ownersOf(slotAt(table, port))), [[{pid: 1, name: 'a', fd: 3}], [{pid: 1, name: 'a', fd: 3}]]);
	t.deepEqual(report.problems, []);
});

test('names of UNIX sockets may contain newlines and blanks', async t => {
	const text = Buffer.from(readFixture('ss-6.12.0'), 'latin1').toString();
	const {table, report} = await readSaved(text);
	t.deepEqual(report.problems, []);
	const names = new Set(table.core.localName.subarray(0, table.used).values().map(number => table.texts.of(number)));
	t.true(names.has('/run/sockets-for-tests/u2/new\nline'));
	t.true(names.has('/run/sockets-for-tests/u2/a sock'));
});

test('values that an ss of that version omits are 0, and those it does not support are absent', async t => {
	const columns = async (details: string) => {
		const {table} = await readSaved(`ESTAB 0 0 10.0.0.1:80 10.0.0.2:5000\n\t cubic wscale:7,7 rto:204 rtt:1.5/0.75 cwnd:10 ${details}\n`);
		const slot = slotAt(table, 80, 5000);
		const {lost, bytesAcked, segmentsOut, sendWindow, rehash, rto, rttVariance} = optionalOf(table, slot);
		return {
			lost, bytesAcked, segmentsOut, sendWindow, rehash, rto, rttVariance, sent: table.core.bytesSent[slot],
		};
	};

	t.deepEqual(await columns(''), {
		lost: 0, bytesAcked: undefined, segmentsOut: undefined, sendWindow: undefined, rehash: undefined, rto: 204_000, rttVariance: 750, sent: NaN,
	});
	t.like(await columns('bytes_acked:101 segs_in:3'), {
		bytesAcked: 101, segmentsOut: 0, sendWindow: undefined, sent: 100,
	});
	t.like(await columns('bytes_received:5 snd_wnd:9'), {sendWindow: 9, rehash: undefined, sent: 0});
	t.like(await columns('rcv_wnd:5'), {sendWindow: 0, rehash: 0, sent: 0});
});

test('interfaces have the names in the text, and users their numbers', async t => {
	const {source, table} = await readSaved('udp UNCONN 0 0 10.0.0.1%lo:68 0.0.0.0:* uid:0 ino:5\nudp UNCONN 0 0 10.0.0.1%wan7:69 0.0.0.0:* uid:101 ino:6\n');
	const {names} = source;
	t.is(names?.interfaceName(table.core.interfaceIndex[slotAt(table, 68)], 0), 'lo');
	t.is(names?.interfaceName(table.core.interfaceIndex[slotAt(table, 69)], 0), 'wan7');
	t.is(names?.userName(0), undefined);
	t.like(source.facts, {
		names: 'own', owners: 'given', hostname: undefined, kernelRelease: undefined, canAct: false,
	});
});

test('a header alone is an output without sockets; anything else is refused', async t => {
	t.deepEqual((await readSaved(header)).lines, []);
	const foreign = [
		'',
		'\n',
		'hello\nworld\n',
		'root@box:~# ss -tan\nbash: ss: command not found\n',
		'Active Internet connections (servers and established)\ntcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN\n',
	];
	for (const text of foreign) {
		await t.throwsAsync(readSaved(text), {instanceOf: InputError, message: 'ss.txt is neither a file written by `ss -D` nor output of `ss`'});
	}
});

test('counts lines that are not from ss', async t => {
	const {lines, report} = await readSaved(`RTNETLINK answers: Invalid argument\nTotal: 5\n${header}${listener}Have a nice day\n${connection}`);
	t.is(lines.length, 2);
	t.deepEqual(report.problems, ['3 lines of ss.txt not understood']);
});
