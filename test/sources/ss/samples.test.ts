import test from 'ava';
import {healthColumns} from '../../../source/table/health/columns.js';
import {
	describe,
	optionalOf,
	replay,
	slotAt,
	slotsOf,
	type Replay,
	type ReplayOptions,
} from '../../helpers/ss-replay.js';

/** Takes one sample of each output. */
const samples = async (outputs: readonly string[], options?: ReplayOptions) => {
	const replayed = await replay(outputs, options);
	const changes = [];
	while (changes.length < outputs.length) {
		const sample = await replayed.sample();
		changes.push(sample.changes);
	}

	return {...replayed, changes};
};

const linesOf = (replayed: Pick<Replay, 'table' | 'ownersOf'>): string[] => slotsOf(replayed.table).map(slot => describe(replayed, slot));

const ends = '1.2.3.4:80 5.6.7.8:90';
const users = 'users:(("a",pid=1,fd=2))';

test('rates come from the differences between two samples', async t => {
	const {table, changes} = await samples([
		`tcp ESTAB 0 0 ${ends} ino:5 sk:6 <-> rtt:1/1 cwnd:10 bytes_sent:1000 bytes_retrans:100 bytes_received:50\n`,
		`tcp ESTAB 0 0 ${ends} ino:5 sk:6 <-> rtt:2/1 cwnd:10 bytes_sent:4000 bytes_retrans:300 bytes_received:1050\n`,
	]);
	const slot = slotAt(table, 80, 90);
	t.is(table.core.bytesSent[slot], 3700);
	t.is(table.core.txRate[slot], 2800);
	t.is(table.core.rxRate[slot], 1000);
	t.is(table.core.rtt[slot], 2000);
	t.deepEqual(changes[1], {
		opened: [], changed: [], previousStates: [], closed: [], shortLived: [], counted: [], late: [],
	});
});

test('the evidence for health problems is read even if no column shows it', async t => {
	const before = 'cwnd:10 bytes_sent:1000 lastsnd:1000 lastrcv:1000 lastack:1000';
	const after = 'cwnd:10 bytes_sent:2000 lastsnd:180000 lastrcv:120000 lastack:190000 app_limited retrans:0/7 busy:900ms sndbuf_limited:400ms(44.4%)';
	const {table} = await samples([before, after].map((info, index) => `tcp LISTEN 0 5 1.2.3.4:80 *:* ino:6 sk:7 <-> skmem:(r0,rb1,t0,tb1,f0,w0,o0,bl0,d${index * 4})
tcp ESTAB 0 0 ${ends} ino:5 sk:6 <-> skmem:(r0,rb1,t0,tb1,f0,w0,o0,bl0,d0) ${info}
`), {columns: new Set(healthColumns)});
	const slot = slotAt(table, 80, 90);
	const columnsOf = (row: number): readonly unknown[] => (['recentLosses', 'sendLimitShare', 'appLimitedSamples', 'quietMinutes'] as const)
		.map(name => table.optional(name)?.[row]);
	t.deepEqual(columnsOf(slot), [7, 40, 1, 2]);
	t.is(columnsOf(slotAt(table, 80, 0))[0], 4);
});

test('a connection without bytes counts from 0', async t => {
	const {table} = await samples([
		`tcp ESTAB 0 0 ${ends} ino:5 sk:6 <-> cwnd:10 bytes_acked:1\n`,
		`tcp ESTAB 0 0 ${ends} ino:5 sk:6 <-> cwnd:10 bytes_acked:6 bytes_sent:5\n`,
	]);
	const slot = slotAt(table, 80, 90);
	t.is(table.core.txRate[slot], 5);
	t.is(table.core.rxRate[slot], 0);
});

for (const [why, options] of [['kernels', {kernelRelease: '4.15.0-20-generic'}], ['an ss', {version: 'ss180813'}]] as const) {
	test(`bytes sent are derived from acknowledged bytes with ${why} before bytes_sent`, async t => {
		const {table} = await samples([
			`tcp ESTAB 0 0 ${ends} ino:5 sk:6 <-> cwnd:10\n`,
			`tcp ESTAB 0 0 ${ends} ino:5 sk:6 <-> cwnd:10 bytes_acked:1001\n`,
		], options);
		const slot = slotAt(table, 80, 90);
		t.is(table.core.bytesSent[slot], 1000);
		t.is(table.core.txRate[slot], 1000);
		t.is(optionalOf(table, slot).bytesRetransmitted, undefined);
		t.is(optionalOf(table, slot).bytesAcked, 1001);
	});
}

test('TIME-WAIT keeps known values, and has no rates', async t => {
	const replayed = await samples([
		`tcp ESTAB 0 0 ${ends} ${users} uid:7 ino:5 sk:6 <-> rtt:1/1 cwnd:10 bytes_received:5\n`,
		`tcp ESTAB 0 0 ${ends} ${users} uid:7 ino:5 sk:6 <-> rtt:1/1 cwnd:10 bytes_received:9\n`,
		`tcp TIME-WAIT 0 0 ${ends} timer:(timewait,59sec,0) ino:0 sk:6\n`,
	]);
	t.deepEqual(linesOf(replayed), ['tcp TIME-WAIT 0 0 1.2.3.4:80 5.6.7.8:90 7 5 6 3 1000 0 9 a/1/2']);
	const slot = slotAt(replayed.table, 80, 90);
	t.is(replayed.table.core.rxRate[slot], NaN);
	t.is(optionalOf(replayed.table, slot).cwnd, 10);
	t.deepEqual(replayed.changes[2].changed, [slot]);
});

test('the minisocket form of FIN-WAIT-2 has no uid of its own', async t => {
	const replayed = await samples([
		`tcp ESTAB 0 0 ${ends} ${users} uid:7 ino:5 sk:6 <-> cwnd:10\n`,
		`tcp FIN-WAIT-2 0 0 ${ends} timer:(timewait,59sec,0) ino:0 sk:6\n`,
	]);
	t.deepEqual(linesOf(replayed), ['tcp FIN-WAIT-2 0 0 1.2.3.4:80 5.6.7.8:90 7 5 6 3 - 0 0 a/1/2']);
});

test('owners are interned when they change, and stay when they are not printed', async t => {
	const listener = (details: string): string => `tcp LISTEN 0 0 *:80 *:* ${details} ino:5 sk:6 <->\n`;
	const replayed = await samples([listener(users), listener(users), listener('')]);
	t.is(replayed.interned(), 1);
	t.deepEqual(replayed.ownersOf(0), [{pid: 1, name: 'a', fd: 2}]);

	const forked = await samples([listener(users), listener('users:(("b",pid=3,fd=2),("a",pid=1,fd=2))')]);
	t.is(forked.interned(), 2);
	t.deepEqual(forked.ownersOf(0), [{pid: 3, name: 'b', fd: 2}, {pid: 1, name: 'a', fd: 2}]);
});

test('a socket in a reused slot, with the same process column, gets its owners', async t => {
	const listener = (cookie: number): string => `tcp LISTEN 0 0 *:80 *:* ${users} ino:5 sk:${cookie} <->\n`;
	const replayed = await samples([listener(6), '', '', '', '', '', '', '', '', listener(7)]);
	t.deepEqual(slotsOf(replayed.table), [0]);
	t.deepEqual(replayed.ownersOf(0), [{pid: 1, name: 'a', fd: 2}]);
});

test('sockets of a SO_REUSEPORT group stay distinct', async t => {
	const member = (inode: number, pid: number): string => `tcp LISTEN 0 0 *:80 *:* users:(("a",pid=${pid},fd=2)) ino:${inode} sk:0 rto:1 cwnd:10\n`;
	const replayed = await samples([
		member(5, 1) + member(6, 2) + member(7, 3),
		member(5, 1) + member(7, 3),
		member(5, 1) + member(7, 3),
	]);
	t.deepEqual(replayed.changes.map(({opened, closed}) => [opened.length, closed.length]), [[3, 0], [0, 0], [0, 1]]);
	t.deepEqual(slotsOf(replayed.table).map(slot => replayed.table.core.inode[slot]), [5, 7]);
	t.deepEqual(slotsOf(replayed.table).map(slot => replayed.ownersOf(slot)[0].pid), [1, 3]);
});

test('sockets of a SO_REUSEPORT group stay distinct even if only their endpoints are known', async t => {
	const row = 'udp UNCONN 0 0 *:80 *:*\n';
	const {table, changes} = await samples([row + row + row, row + row + row]);
	t.is(table.size, 3);
	t.is(changes[1].opened.length, 0);
});

test('a socket that a dump lists twice is one socket', async t => {
	const row = `tcp ESTAB 0 0 ${ends} ino:5 sk:d22bee5d rto:0.2 cwnd:10\n`;
	const {table} = await samples([row + row]);
	t.is(table.size, 1);
});

test('without cookie, a connection is identified by its endpoints', async t => {
	const replayed = await samples([
		`tcp ESTAB 0 0 ${ends} ino:0 sk:d22bee5d rto:0.2 cwnd:10\ntcp ESTAB 0 0 1.2.3.4:80 5.6.7.8:91 ino:7 sk:1 rto:0.2 cwnd:10\n`,
		`tcp ESTAB 0 0 ${ends} ${users} uid:7 ino:5 sk:d22bee5d rto:0.2 cwnd:10\n`,
		`tcp TIME-WAIT 0 0 ${ends} timer:(timewait,59sec,0) ino:0 sk:77777777 cwnd:2 reordering:0\n`,
	]);
	t.deepEqual(replayed.changes.map(({opened, closed}) => [opened.length, closed.length]), [[2, 0], [0, 0], [0, 1]]);
	const [line] = linesOf(replayed);
	t.regex(line, /^tcp TIME-WAIT 0 0 1\.2\.3\.4:80 5\.6\.7\.8:90 7 5 [89a-f][\da-f]{15} 3 - - - a\/1\/2$/v);
	// The uid 2 of TIME-WAIT comes from ss, not from the kernel.
	t.deepEqual(optionalOf(replayed.table, 0), {rto: 200_000, cwnd: 10});
});

test('a connection between the same endpoints with another inode is another one', async t => {
	const {changes, table} = await samples([
		`tcp ESTAB 0 0 ${ends} ${users} ino:5 sk:0 rto:0.2 cwnd:10\n`,
		`tcp TIME-WAIT 0 0 ${ends} timer:(timewait,59sec,0) ino:0 sk:0 cwnd:2\n`,
		`tcp SYN-SENT 0 1 ${ends} ino:6 sk:0 rto:1 cwnd:10\n`,
	]);
	t.deepEqual(changes.map(({opened, closed}) => [opened.length, closed.length]), [[1, 0], [0, 0], [1, 1]]);
	t.is(table.size, 1);
	t.is(table.core.owners[slotAt(table, 80, 90)], 0);
});

test('kernel addresses, which old versions print as cookies, identify nothing', async t => {
	const row = (cookie: string): string => `tcp ESTAB 0 0 ${ends} ino:5 sk:${cookie} <-> cwnd:10\n`;
	const {table, changes} = await samples([row('ffff880036b8a940'), row('ffff8800bb310000')]);
	t.is(table.size, 1);
	t.is(changes[1].opened.length, 0);
	t.is(table.find(0xBB_31_00_00, 0xFF_FF_88_00), -1);
});

test('the same endpoints over TCP, UDP and on an interface are different sockets', async t => {
	const {table} = await samples([
		'tcp LISTEN 0 0 *:80 *:* ino:0 sk:0 cwnd:10\nudp UNCONN 0 0 *:80 *:*\nudp UNCONN 0 0 *%lo:80 *:*\nudp UNCONN 0 0 0.0.0.0:80 0.0.0.0:*\n',
	]);
	t.is(table.size, 4);
});

test('the table grows while a sample is read', async t => {
	const rows = Array.from({length: 5000}, (_, index) =>
		`tcp ESTAB 0 0 10.0.${index >> 8}.${index & 255}:80 5.6.7.8:90 users:(("a",pid=${index + 1},fd=2)) ino:${index + 1} sk:${(index + 1).toString(16)} <-> cwnd:${index}\n`);
	const replayed = await samples([rows.join(''), rows.join('')]);
	t.is(replayed.table.size, 5000);
	t.is(replayed.interned(), 5000);
	for (const slot of slotsOf(replayed.table)) {
		t.is(replayed.table.core.inode[slot], slot + 1);
		t.is(optionalOf(replayed.table, slot).cwnd, slot);
		t.is(replayed.ownersOf(slot)[0].pid, slot + 1);
	}
});

test('only the requested columns are filled', async t => {
	const {table} = await samples([`tcp ESTAB 0 0 ${ends} ino:5 sk:6 <-> cwnd:10 mss:5 bytes_received:3 rtt:1/2\n`], {columns: new Set(['cwnd'])});
	const slot = slotAt(table, 80, 90);
	t.deepEqual(optionalOf(table, slot), {cwnd: 10});
	t.is(table.core.bytesReceived[slot], 3);
});
