import test from 'ava';
import {parseAbortCounts, readAbortFiles} from '../../../source/sources/netlink/abort-counts.js';

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

test('finds both counts, in any order of the kernel\'s files', t => {
	t.deepEqual(parseAbortCounts(snmp + netstat), {aborts: 7, timeouts: 2});
});

test('the kernel of this machine counts', t => {
	const counts = parseAbortCounts(readAbortFiles() ?? '');
	t.true(counts !== undefined && counts.aborts >= 0 && counts.timeouts >= 0);
});

test('counts that are missing are unknown', t => {
	for (const text of [snmp, netstat, '']) {
		t.is(parseAbortCounts(text), undefined);
	}
});
