import test from 'ava';
import fc from '../../helpers/property.js';
import {Family} from '../../../source/addresses/family.js';
import {createRowReader} from '../../../source/sources/ss/rows.js';
import {allWords} from '../../../source/sources/ss/words.js';
import {
	describe,
	optionalOf,
	readFixture,
	replay,
	slotAt,
	slotsOf,
	toBytes,
	type ReplayOptions,
} from '../../helpers/ss-replay.js';

const sample = async (text: string, options?: ReplayOptions) => {
	const replayed = await replay([text], options);
	const {report} = await replayed.sample();
	return {...replayed, report, lines: slotsOf(replayed.table).map(slot => describe(replayed, slot))};
};

/** Declares a test that a row is parsed as `seen`, in the form of `describe`. */
const readsAs = (name: string, row: string, seen: string, options?: ReplayOptions): void => {
	test(name, async t => {
		const {lines, report} = await sample(`${row}\n`, options);
		t.deepEqual(lines, [seen]);
		t.deepEqual(report.problems, []);
	});
};

readsAs('reads columns that run together', 'tcpESTAB1    0      1.2.3.4:80   5.6.7.8:90 ino:5 sk:6 <->', 'tcp ESTAB 1 0 1.2.3.4:80 5.6.7.8:90 0 5 6 0 - - -');
readsAs('reads LISTEN0', 'tcp   LISTEN0      128    0.0.0.0:22   0.0.0.0:* ino:5 sk:6 <->', 'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* 0 5 6 0 - - -');
readsAs('reads FIN-WAIT-10', 'tcp FIN-WAIT-10   7  1.2.3.4:80 5.6.7.8:90 ino:5 sk:6 <->', 'tcp FIN-WAIT-1 0 7 1.2.3.4:80 5.6.7.8:90 0 5 6 0 - - -');
readsAs('reads IPv6 without brackets, as before 4.13', 'tcp LISTEN 0 128 :::22 :::* ino:5 sk:6 <->', 'tcp LISTEN 0 128 [::]:22 [::]:* 0 5 6 0 - - -');
readsAs('reads a zone behind the bracket', 'udp UNCONN 0 0 [fe80::1]%lo:546 *:* ino:5 sk:6 <->', 'udp UNCONN 0 0 [fe80::1]%1:546 [::]:* 0 5 6 0 - - -');
readsAs('reads a zone without brackets', 'udp UNCONN 0 0 fe80::1%lo:546 :::* ino:5 sk:6 <->', 'udp UNCONN 0 0 [fe80::1]%1:546 [::]:* 0 5 6 0 - - -');
readsAs('reads an interface whose name ss does not find', 'udp UNCONN 0 0 *%if7:68 *:* ino:5 sk:6 <->', 'udp UNCONN 0 0 [::]%7:68 [::]:* 0 5 6 0 - - -');
readsAs('reads an interface that is gone', 'udp UNCONN 0 0 *%gone:68 *:* ino:5 sk:6 <->', 'udp UNCONN 0 0 [::]:68 [::]:* 0 5 6 0 - - -');
readsAs('reads queues that are printed signed', 'udp UNCONN 0 -1 *:68 *:* ino:5 sk:6 <->', 'udp UNCONN 0 4294967295 [::]:68 [::]:* 0 5 6 0 - - -');
readsAs('reads an unknown state', 'tcp BOUND-INACTIVE 0 0 *:68 *:* ino:5 sk:6 <->', 'tcp UNKNOWN 0 0 [::]:68 [::]:* 0 5 6 0 - - -');
readsAs('reads a cookie of 64 bits', 'tcp LISTEN 0 0 *:68 *:* ino:5 sk:7fffffff12345678 <->', 'tcp LISTEN 0 0 [::]:68 [::]:* 0 5 7fffffff12345678 0 - - -');
readsAs('reads the uid', 'tcp LISTEN 0 0 *:68 *:* uid:1000 ino:5 sk:6 <->', 'tcp LISTEN 0 0 [::]:68 [::]:* 1000 5 6 0 - - -');
readsAs('the last row needs no newline', '\n\ntcp LISTEN 0 0 *:68 *:* ino:5 sk:6 <->', 'tcp LISTEN 0 0 [::]:68 [::]:* 0 5 6 0 - - -');
for (const [snapshot, wildcard] of [['ss170905', '0.0.0.0'], ['ss171112', '[::]'], ['ss180129', '[::]']] as const) {
	readsAs(`\`*\` is ${wildcard} to ${snapshot}`, 'tcp LISTEN 0 0 *:68 *:* ino:5 sk:6 <->', `tcp LISTEN 0 0 ${wildcard}:68 ${wildcard}:* 0 5 6 0 - - -`, {version: snapshot});
}

readsAs('`*` has the family of the peer', 'tcp ESTAB 0 0 *:68 1.2.3.4:5 ino:5 sk:6 <->', 'tcp ESTAB 0 0 0.0.0.0:68 1.2.3.4:5 0 5 6 0 - - -');
readsAs(
	'reads a row whose details are on a separate, empty line',
	'tcp TIME-WAIT 0 0 1.2.3.4:80 5.6.7.8:90 timer:(timewait,9.373ms,0) ino:0 sk:6\n\t    ',
	'tcp TIME-WAIT 0 0 1.2.3.4:80 5.6.7.8:90 - - 6 3 - - -',
	{version: 'ss190107'},
);

const foreignRows = [
	'tcp',
	'tcp ESTAB',
	'tcp ESTAB x y 1.2.3.4:5 1.2.3.4:6',
	'tcp ESTAB 1 2',
	'tcp ESTAB 1 2 1.2.3.4:5',
	'tcp ESTAB 1 2 1.2.3.4 1.2.3.4',
	'tcp ESTAB 1 2 1.2.3.4:65536 1.2.3.4:6',
	'tcp ESTAB 1 2 1.2.3.4:5x 1.2.3.4:6',
	'tcp ESTAB 1 2 1.2.3.456:5 1.2.3.4:6',
	'tcp ESTAB 1 2 :5 1.2.3.4:6',
	'tcp ESTAB 1 2 [::1:5 [::1]:6',
	'tcp ESTAB 1 2 1.2.3.4:5 [::1]:6',
	'tcpdump: 5 packets',
	'udplite UNCONN 0 0 *:1 *:*',
	'\u{0}\u{FF}',
];

for (const row of foreignRows) {
	test(`skips ${JSON.stringify(row)}`, async t => {
		const {table, report} = await sample(`${row}\ntcp LISTEN 0 0 *:68 *:* ino:5 sk:6 <->\n${row}\n`);
		t.is(table.size, 1);
		t.deepEqual(report.problems, ['2 lines of ss not understood']);
		t.is(report.complete.length, 4);
	});
}

const connection = (details: string): string =>
	`tcp ESTAB 0 0 1.2.3.4:80 5.6.7.8:90 users:(("a",pid=1,fd=2)) timer:(on,200ms,3) uid:7 ino:5 sk:6 ${details}`;

test('skips unknown words', async t => {
	const words = fc.array(fc.string({unit: 'grapheme-ascii'}).filter(word => !/[\s:]|^(?:ts|sack|ecn|ecnseen|fastopen|usec_ts|[\-<]-[\->])$/v.test(word)));
	await fc.assert(fc.asyncProperty(words, words, async (before, after) => {
		const strange = (list: readonly string[]): string => list.map(word => `${word} x${word}:${word} `).join('');
		const {table} = await sample(connection(`<-> ${strange(before)}rtt:1/2 ${strange(after)}cwnd:10 bytes_received:9`));
		const [slot] = slotsOf(table);
		t.is(table.core.rtt[slot], 1000);
		t.is(table.core.bytesReceived[slot], 9);
	}), {numRuns: 50});
});

test('reads words whose values are not joined by a colon, and the rare ones', async t => {
	const details = '<-> mem:(r1,w2,f3,t4) ts usec_ts sack ecn ecnseen fastopen cubic wscale:7,9 rto:1.5e+06 backoff:2 rtt:1e+03/0.5 mss:1 ssthresh:22'
		+ ' cwnd:10 send 5bps pacing_rate 80bps/160bps delivery_rate 1.5Kbps busy:12ms rwnd_limited:3ms(25.0%) sndbuf_limited:4ms(33.3%)'
		+ ' retrans:1/22 lost:3 sacked:4 fackets:9 reordering:300 rcv_rtt:0.5 md5keys:1.2.3.4/32=x,y tcp-ulp-tls version: 1.3 cipher: aes-gcm-128';
	const {table} = await sample(connection(details));
	const [slot] = slotsOf(table);
	const values = optionalOf(table, slot);
	t.like(values, {
		receiveMemory: 1, writeQueued: 2, forwardAllocation: 3, sendMemory: 4,
		tcpOptions: 0x7F, windowScale: 0x97, rto: 1_500_000_000, backoff: 2, rttVariance: 500, ssthresh: 22,
		pacingRate: 10, maxPacingRate: 20, deliveryRate: 188, busyTime: 12_000, receiveWindowLimited: 3000, sendBufferLimited: 4000,
		retransInFlight: 1, totalRetransmits: 22, lost: 3, sacked: 4, reordering: 300, receiveRtt: 500,
	});
	t.is(values.receiveBuffer, undefined);
	t.is(table.core.rtt[slot], 1_000_000);
	t.is(table.core.timer[slot], 1);
	t.is(table.core.timerExpires[slot], 200);
	t.is(table.core.timerRetransmits[slot], 3);
});

test('reads skmem of kernels that print fewer members', async t => {
	const {table} = await sample(connection('<-> skmem:(r1,rb2,t3,tb4,f5,w6,o7)'));
	const values = optionalOf(table, slotAt(table, 80, 90));
	t.is(values.optionMemory, 7);
	t.is(values.backlog, undefined);
	t.is(values.drops, undefined);
});

test('a timer without a name is unknown, not off', async t => {
	const {table} = await sample('tcp ESTAB 0 0 1.2.3.4:80 5.6.7.8:90 timer:(unknown,040ms,0) ino:5 sk:6 <->\n');
	t.is(table.core.timer[slotAt(table, 80, 90)], 0xFF);
});

test('the path of a cgroup cannot imitate details', async t => {
	const path = '/x <-> rtt:9/9 cwnd:9 lost:9 skmem:(r9,rb9) uid:9 ino:9 sk:9 timer:(on,9sec,9) users:(("root",pid=1,fd=1))';
	const honest = await sample(connection('cgroup:/ <-> cwnd:10 rtt:1/1'));
	const hostile = await sample(connection(`cgroup:${path} <-> cwnd:10 rtt:1/1`));
	t.deepEqual(honest.lines, ['tcp ESTAB 0 0 1.2.3.4:80 5.6.7.8:90 7 5 6 1 1000 0 0 a/1/2']);
	t.deepEqual(hostile.lines, honest.lines);
	t.deepEqual(optionalOf(hostile.table, 0), optionalOf(honest.table, 0));
});

const hostileNames = ['new\nline', '\ntcp ESTAB 0 0', '\n\n\t\n', 'a)b "c', '",pid=9,fd=9),(', ' uid:0 sk:1 <->', 'größe'];

for (const name of hostileNames) {
	test(`reads the row of a process with the name ${JSON.stringify(name)}`, async t => {
		const row = `tcp ESTAB 0 0 1.2.3.4:80 5.6.7.8:90 users:(("${toBytes(name)}",pid=12,fd=2)) uid:7 ino:5 sk:6 <-> cwnd:10 rtt:1/1`;
		const next = 'tcp LISTEN 0 0 *:68 *:* users:(("b",pid=3,fd=4)) ino:7 sk:8 <->\n';
		for (const text of [`${row}\n${next}`, `${row.replace('<-> ', '<->\n\t')}\n${next}`]) {
			for (const pieceLength of [1, 20, 1000]) {
				const {lines, report} = await sample(text, {pieceLength});
				t.deepEqual(lines, [
					`tcp ESTAB 0 0 1.2.3.4:80 5.6.7.8:90 7 5 6 0 1000 0 0 ${name}/12/2`,
					'tcp LISTEN 0 0 [::]:68 [::]:* 0 7 8 0 - - - b/3/4',
				]);
				t.deepEqual(report.problems, []);
			}
		}
	});
}

test('a row that never ends is skipped, and the next one read', async t => {
	const endless = 'x'.repeat(3_000_000);
	const {lines, report} = await sample(`${endless}\ntcp LISTEN 0 0 *:68 *:* ino:7 sk:8 <->\n`);
	t.is(lines.length, 1);
	t.deepEqual(report.problems, ['1 line of ss not understood']);
});

test('no two words share a key', t => {
	const keys = allWords(601).map(({key}) => key);
	t.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), []);
});

const joinLines = (text: string, at: number): string => {
	const newline = text.indexOf('\n', at);
	return newline === -1 ? text : text.slice(0, newline) + text.slice(newline + 1);
};

/** A possible change at a position of a text. */
const damages: Readonly<Record<string, (text: string, at: number, value: number) => string>> = {
	flip: (text, at, value) => text.slice(0, at) + String.fromCodePoint(value) + text.slice(at + 1),
	cut: (text, at) => `${text.slice(0, at)}\n${text.slice(at)}`,
	join: (text, at) => joinLines(text, at),
	drop: (text, at, value) => text.slice(0, at) + text.slice(at + value),
	repeat: (text, at, value) => text.slice(0, at + value) + text.slice(at),
};

/** An output with errors of transmission, or changes of a future version. */
const damaged = fc.tuple(
	fc.constantFrom('ss-4.20.0', 'ss-6.1.0', 'ss-6.12.0', 'ss-5.4.0-multiline', 'ss-6.1.0-proc'),
	fc.array(fc.tuple(fc.constantFrom(...Object.keys(damages)), fc.double({min: 0, max: 1, noNaN: true}), fc.integer({min: 0, max: 255})), {minLength: 1, maxLength: 30}),
).map(([fixture, changes]) => {
	let text = readFixture(fixture);
	for (const [kind, place, value] of changes) {
		text = damages[kind](text, Math.floor(place * text.length), value);
	}

	return text;
});

test('damaged output is read to its end', async t => {
	await fc.assert(fc.asyncProperty(damaged, fc.integer({min: 50, max: 70_000}), async (text, pieceLength) => {
		const {table} = await sample(text, {pieceLength});
		// The scene has at most 34 sockets, and each cut or repetition can add one.
		t.true(table.size <= 100);
		for (const slot of slotsOf(table)) {
			t.true(table.core.family[slot] === Family.inet || table.core.family[slot] === Family.inet6);
		}
	}), {numRuns: 200});
});

test('any bytes are read to their end, with at most one row per socket', t => {
	const anything = fc.string({unit: fc.constantFrom('tcp', 'ESTAB', ' ', '0', '1.2.3.4:5', '\n', '\t', 'users:((', '("', '",pid=', '1', ',fd=', ')', 'ÿ')});
	fc.assert(fc.property(anything, fc.nat(60), (text, cut) => {
		let rows = 0;
		const reader = createRowReader(() => {
			rows++;
			return 'merged';
		});
		reader.write(text.slice(0, cut));
		reader.write(text.slice(cut));
		reader.end();
		t.true(rows + reader.skipped().count <= text.split('\n').length);
	}), {numRuns: 1000});
});
