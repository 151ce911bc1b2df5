/** Compares every field of every socket in `conntop list --json` with a decoder of the kernel's answers that shares no code with conntop's parsers. */
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {undecided, type Expected, type ExpectedValue} from '../helpers/expected-fields.js';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import {testUnless} from '../helpers/unless.js';
import type {DecoderReport, Round} from './decoder-program.js';

const program = fileURLToPath(import.meta.resolve('./decoder-program.ts'));

/** Several MPTCP sockets may have the same cookie, and raw sockets may have none. */
const keyOf = ({protocol, cookie, inode, localPort, peerPort}: Expected): string => [protocol, cookie ?? inode, localPort, peerPort].join(' ');

/** Timers that restart when a segment arrives, or that expire and restart. */
const restarting: ReadonlySet<ExpectedValue | undefined> = new Set(['on', 'persist', 'keepalive']);

/** Whether a value is what the kernel reported just before or just after, or in between, because most times and counters grow. */
const isBetween = (value: ExpectedValue | undefined, before: ExpectedValue | undefined, after: ExpectedValue | undefined): boolean =>
	value === before || value === after
	|| (typeof value === 'number' && typeof before === 'number' && typeof after === 'number' && value >= Math.min(before, after) && value <= Math.max(before, after));

/** Times that restart when a segment is sent or received. */
const restartingTimes: ReadonlySet<string> = new Set(['lastDataSent', 'lastDataReceived', 'lastAckReceived', 'idle']);

/** Whether such a time has restarted in between, as it does while the socket waits for its peer. */
const canHaveRestarted = (id: string, timer: ExpectedValue | undefined): boolean => restartingTimes.has(id) && restarting.has(timer);

/** The fields in which a line about a socket differs. */
const differences = (ids: readonly string[], line: Expected, before: Expected, after: Expected): readonly string[] => ids
	.filter(id => !(undecided.has(id) && before[id] === undefined && after[id] === undefined) && !(id === 'timerExpires' && restarting.has(before.timer)))
	.filter(id => !isBetween(line[id], before[id], after[id]) && !canHaveRestarted(id, before.timer))
	.map(id => `${keyOf(before)} in ${before.state}: ${id}`);

/** Compares the sockets of one round. */
const compare = ({before, lines, after}: Round, ids: readonly string[], pid: number) => {
	const [listed, later] = [lines, after].map(sockets => new Map(sockets.map(socket => [keyOf(socket), socket])));
	const sockets = before.flatMap(socket => {
		const afterwards = later.get(keyOf(socket));
		return afterwards === undefined ? [] : [{key: keyOf(socket), before: socket, after: afterwards}];
	});
	const known = new Set(sockets.map(({key}) => key));
	return {
		sockets,
		missing: sockets.filter(({key}) => !listed.has(key)).map(({key}) => key),
		different: sockets.flatMap(socket => differences(ids, listed.get(socket.key) ?? {}, socket.before, socket.after)),
		/** Whether the field comes from elsewhere than the kernel's answer, or is derived by conntop. */
		foreign: lines.filter(line => !known.has(keyOf(line)) && (line.protocol !== 'nl' || line.pid === pid)).map(line => keyOf(line)),
	};
};

testUnless(namespaceUnavailable, 'list shows every field of every socket as the kernel reports it', async t => {
	const scene = await startScene('decoder');
	t.teardown(scene.stop);
	const {stdout, stderr} = await scene.run(process.execPath, ['--no-deprecation', `--import=${import.meta.resolve('tsx')}`, program]);
	t.is(stderr, '');
	const {pid, ids, rounds} = JSON.parse(stdout) as DecoderReport;
	const compared = rounds.map(round => compare(round, ids, pid));
	for (const {messages} of rounds) {
		t.is(messages, '');
	}

	t.deepEqual(compared.map(({missing}) => missing), rounds.map(() => []));
	t.deepEqual(compared.map(({foreign}) => foreign), rounds.map(() => []));
	const [first, ...others] = compared.map(one => one.different);
	t.deepEqual(first.filter(difference => others.every(other => other.includes(difference))), []);
	const [{sockets}] = compared;
	t.true(sockets.length > 60);

	// The scene must contain enough kinds of sockets.
	const seen = new Set(sockets.flatMap(socket => Object.keys(socket.before)));
	for (const id of [
		'rtt',
		'congestion',
		'ulp',
		'mark',
		'classId',
		'trafficClass',
		'v6Only',
		'socketOptions',
		'subflowFlags',
		'mptcpToken',
		'maxPacingRate',
		'interface',
		'peerInode',
		'vfsInode',
		'pendingConnections',
		'packetFilter',
		'packetFanout',
		'packetMulticast',
		'packetReceiveRing',
		'packetSendRing',
		'netlinkGroups',
		'ipProtocol',
		'netlinkFlags',
		'timerExpires',
		'cgroupId',
	]) {
		t.true(seen.has(id), `no socket has ${id}`);
	}

	const states = new Set(sockets.map(socket => `${socket.before.protocol} ${socket.before.state}`));
	for (const state of ['ESTAB', 'SYN-SENT', 'SYN-RECV', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'UNCONN', 'CLOSE-WAIT', 'LAST-ACK', 'LISTEN']) {
		t.true(states.has(`tcp ${state}`), `no TCP socket is in ${state}`);
	}
});
