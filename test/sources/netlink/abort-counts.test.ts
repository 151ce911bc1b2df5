import test from 'ava';
import {readAbortCounts} from '../../../source/sources/netlink/abort-counts.js';

const snmp = `Ip: Forwarding DefaultTTL
Ip: 1 64
Tcp: RtoAlgorithm ActiveOpens EstabResets CurrEstab
Tcp: 1 20 7 3
`;
const netstat = `TcpExt: SyncookiesSent TCPAbortOnClose TCPAbortOnTimeout
TcpExt: 0 5 2
IpExt: InNoRoutes
IpExt: 0
`;

test('reads both counts, wherever the kernel lists them', t => {
	t.deepEqual(readAbortCounts(() => snmp + netstat), {aborts: 7, timeouts: 2});
});

test('the kernel of this machine counts', t => {
	const counts = readAbortCounts();
	t.true(counts !== undefined && counts.aborts >= 0 && counts.timeouts >= 0);
});

test('what is not counted, or cannot be read, is not known', t => {
	t.is(readAbortCounts(() => snmp), undefined);
	t.is(readAbortCounts(() => netstat), undefined);
	t.is(readAbortCounts(() => ''), undefined);
	t.is(readAbortCounts(() => {
		throw new Error('ENOENT');
	}), undefined);
});
