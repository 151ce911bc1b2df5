import test from 'ava';
import fc from '../../helpers/property.js';
import {ssArguments} from '../../../source/sources/ss/arguments.js';
import type {OptionalColumn} from '../../../source/table/columns/columns.js';
import {
	optionalOf,
	replay,
	slotAt,
	toBytes,
	type ReplayOptions,
} from '../../helpers/ss-replay.js';

type ReadValues = Readonly<Partial<Record<OptionalColumn, number | string | undefined>>>;

const textColumns = new Set(['cgroup', 'congestion', 'ulp']);

/** The values of a connection whose row ends with these words: numbers, and texts. */
const readWords = async (details: string, options?: ReplayOptions): Promise<ReadValues> => {
	const {table, sample} = await replay([`tcp ESTAB 0 0 1.2.3.4:80 5.6.7.8:90 users:(("a",pid=1,fd=2)) ino:5 ${toBytes(details)}\n`], options);
	await sample();
	const values = Object.entries(optionalOf(table, slotAt(table, 80, 90)));
	return Object.fromEntries(values.map(([column, value]) => [column, textColumns.has(column) ? table.texts.of(value) : value]));
};

const readsWords = (name: string, details: string, expected: ReadValues, options?: ReplayOptions): void => {
	test(name, async t => {
		t.like(await readWords(details, options), expected);
	});
};

readsWords('BBR', 'sk:6 <-> ts sack bbr wscale:7,7 cwnd:10 bbr:(bw:27209129880bps,mrtt:0.006,pacing_gain:2.88672,cwnd_gain:2.88672) app_limited', {
	congestion: 'bbr', bbrBandwidth: 3_401_141_235, bbrMinRtt: 6, bbrPacingGain: 739, bbrCwndGain: 739, appLimited: 1,
});
readsWords('BBR without a measurement', 'sk:6 <-> bbr cwnd:10 bbr:(bw:0bps,mrtt:4.29497e+06)', {
	bbrBandwidth: 0, bbrMinRtt: undefined, bbrPacingGain: 0, appLimited: 0,
});
readsWords('BBR with rates as before 5.2', 'sk:6 <-> bbr cwnd:10 bbr:(bw:27.2Mbps,mrtt:1.5)', {bbrBandwidth: 3_400_000, bbrMinRtt: 1500});
readsWords('DCTCP', 'sk:6 <-> ts sack ecn dctcp cwnd:10 dctcp:(ce_state:1,alpha:512,ab_ecn:3000,ab_tot:6000)', {
	congestion: 'dctcp', dctcpEnabled: 1, dctcpCeState: 1, dctcpAlpha: 512, dctcpAckedMarked: 3000, dctcpAckedTotal: 6000,
});
readsWords('DCTCP without ECN', 'sk:6 <-> dctcp cwnd:10 dctcp:fallback_mode', {dctcpEnabled: 0});
readsWords('TLS', 'sk:6 <-> cubic cwnd:10 tcp-ulp-tls version: 1.3 cipher: aes-gcm-128 rxconf: sw txconf: hw-record zc_ro_tx no_pad_rx', {
	congestion: 'cubic', ulp: 'tls', tlsVersion: 0x03_04, tlsCipher: 51, tlsReceive: 2, tlsSend: 4, tlsZeroCopy: 1, tlsNoPadding: 1,
});
readsWords('TLS with numbers that ss cannot name', 'sk:6 <-> cubic cwnd:10 tcp-ulp-tls version: unknown(773) cipher: unknown(54) rxconf: none', {
	tlsVersion: 773, tlsCipher: 54, tlsReceive: 1,
});
readsWords('MPTCP', 'sk:6 <-> cubic cwnd:10 tcp-ulp-mptcp flags:Mec token:0000(id:0)/471f0a3e(id:255) seq:5dcacc71f0bad744 sfseq:1 ssnoff:c6dc6cc7 maplen:3', {
	ulp: 'mptcp', subflowFlags: 0b0_1100_0001, subflowPeerToken: 0, subflowToken: 0x47_1F_0A_3E, subflowPeerId: 0, subflowId: 255,
});
readsWords('settings', 'sk:6 fwmark:0x1234 cgroup:/ <-- tos:0x10 class_id:0x6 inet-sockopt: ( recverr mc_loop defer_connect) skmem:(r0,rb1) ts sack reno cwnd:1', {
	mark: 0x12_34, shutdown: 2, tos: 0x10, classId: 6, socketOptions: 0b100_0001_0001, congestion: 'reno', cgroup: '/',
});
readsWords('no socket options', 'sk:6 <-> inet-sockopt: () cubic cwnd:1', {socketOptions: 0, congestion: 'cubic'});

const hostilePaths = [
	'/a b',
	'/<-> sack bytes_sent:5 cwnd:9',
	'/x <-> v6only:0 tcp-ulp-evil',
	'/x sk:99 fwmark:0x7 cgroup:/other uid:7',
	'/\u{1B}[31mred\u{202E}',
	'/x inet-sockopt: ( recverr',
];

for (const path of hostilePaths) {
	readsWords(`a cgroup called ${JSON.stringify(path)}`, `sk:6 fwmark:0x5 cgroup:${path} v6only:1 --> tos:0x8 cubic cwnd:10 bytes_acked:9`, {
		cgroup: path, mark: 5, v6Only: 1, shutdown: 1, tos: 8, congestion: 'cubic', cwnd: 10, bytesAcked: 9, ulp: undefined,
	});
}

test('any path of a cgroup is read completely', async t => {
	const path = fc.string({unit: fc.constantFrom('/', 'a', ' ', '<', '-', '>', ':', '(', ')', 'v6only:', 'sk:', ' <-> ', 'é', '\u{1B}'), maxLength: 30}).map(text => `/${text}.x`);
	await fc.assert(fc.asyncProperty(path, async text => {
		const values = await readWords(`sk:6 cgroup:${text} <-> cubic cwnd:10`);
		t.is(values.cgroup, text);
		t.is(values.congestion, 'cubic');
	}), {numRuns: 60});
});

test('an algorithm that is not printed stays unknown', async t => {
	const unnamed = await readWords('sk:6 <-> ts sack cwnd:10 send 5bps pacing_rate 5bps app_limited');
	t.is(unnamed.congestion, undefined);
	const fromProc = await readWords('sk:6 ts sack cubic cwnd:10');
	t.is(fromProc.congestion, undefined);
});

test('requests from ss what is wanted and what its version supports', t => {
	const added = (version: number, ...columns: readonly OptionalColumn[]): string[] =>
		ssArguments(version, new Set(columns)).filter(argument => argument.startsWith('--'));
	t.deepEqual(added(601, 'classId', 'tos', 'socketOptions', 'cgroup'), ['--tos', '--inet-sockopt']);
	t.deepEqual(added(509, 'trafficClass', 'socketOptions'), ['--tos']);
	t.deepEqual(added(420, 'tos', 'socketOptions'), []);
	t.deepEqual(added(601, 'cwnd', 'cgroup', 'congestion'), []);
	t.true(ssArguments(601, new Set(['packetFilter'])).includes('-b'));
	t.false(ssArguments(601, new Set(['packetFlags'])).includes('-b'));
});
