import process from 'node:process';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import {State} from '../../source/table/columns/states.js';
import type {EntryRecord} from '../helpers/journal-entries.js';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import {testUnless} from '../helpers/unless.js';
import type {ChurnResult, Played, Shadow} from './churn-program.js';

const program = fileURLToPath(import.meta.resolve('./churn-program.ts'));

const rounds = 3;

const churn = async (...more: readonly string[]): Promise<ChurnResult> => {
	const scene = await startScene('churn');
	try {
		const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, String(rounds), '1000', ...more]);
		if (stderr !== '') {
			throw new Error(stderr);
		}

		return JSON.parse(stdout) as ChurnResult;
	} finally {
		await scene.stop();
	}
};

/** One side of a connection: an entry of the journal, or a row that still exists. */
type Side = EntryRecord | Shadow;

const isShortLived = (entry: EntryRecord): boolean => entry.shortLived === true && entry.state !== 'TIME-WAIT';

/** Asserts that each side of each connection is reported once: as a short-lived socket, or as a row in TIME-WAIT or FIN-WAIT-2. Returns them by their ports. */
const checkSides = (t: ExecutionContext, {played, entries, shadows, missedByPolls}: ChurnResult): ReadonlyMap<string, Side> => {
	const ofConnections = entries.filter(({peerPort}) => peerPort !== 0);
	const closed = ofConnections.filter(({event}) => event === 'closed');
	const shortLived = ofConnections.filter(entry => isShortLived(entry));
	t.is(missedByPolls, entries.filter(entry => isShortLived(entry)).length);
	t.is(shortLived.length + shadows.length, 2 * played.length);
	t.is(shadows.length, played.filter(({manner}) => manner !== 'unread').length);
	t.true(shadows.every(({state}) => state === State.timeWait || state === State.finWait2));
	// A socket found in FIN-WAIT-2 may have moved to TIME-WAIT, where it counts as closed, in a later sample; or not yet.
	const closedInTimeWait = closed.length - shortLived.length;
	t.true(closedInTimeWait >= shadows.filter(({state}) => state === State.timeWait).length && closedInTimeWait <= shadows.length);
	const sides = new Map([...shadows, ...shortLived, ...closed].map((end): [string, Side] => [`${end.localPort} ${end.peerPort}`, end]));
	t.is(sides.size, 2 * played.length);
	return sides;
};

const endedOf = (end: Side): string | undefined => 'ended' in end ? end.ended : undefined;

/** Asserts that a connection has the bytes that were sent and the right close reasons. */
const checkConnection = (t: ExecutionContext, {up, down, manner}: Played, client: Side, server: Side): void => {
	t.is(client.bytesSent, up);
	t.is(server.bytesSent, down);
	const [first, second] = manner === 'server' ? [server, client] : [client, server];
	const [toFirst, toSecond] = manner === 'server' ? [up, down] : [down, up];
	if (manner === 'unread') {
		t.deepEqual([endedOf(first) ?? 'reset', endedOf(second)], ['reset', 'reset']);
		t.deepEqual([first.bytesReceived, second.bytesReceived], [toFirst, toSecond]);
		return;
	}

	t.deepEqual([endedOf(first) ?? 'closed here', endedOf(second)], ['closed here', 'closed by peer']);
	// The kernel counts a FIN as a byte; conntop does not.
	t.deepEqual([first.bytesReceived, second.bytesReceived], [toFirst, toSecond]);
};

const checkConnections = (t: ExecutionContext, result: ChurnResult): void => {
	const {played, listenerPort} = result;
	const sides = checkSides(t, result);
	for (const connection of played) {
		const client = sides.get(`${connection.port} ${listenerPort}`);
		const server = sides.get(`${listenerPort} ${connection.port}`);
		if (client === undefined || server === undefined) {
			t.fail(`a side of the connection from ${connection.port} is not reported`);
		} else {
			checkConnection(t, connection, client, server);
		}
	}
};

/** Asserts that two UDP sockets, a listener and hundreds of UNIX sockets opened and closed in each round, and no others. */
const checkOthers = (t: ExecutionContext, {entries, stayed, listenerPort}: ChurnResult): void => {
	const closed = entries.filter(({event, peerPort, localPort}) => event === 'closed' && peerPort === 0 && stayed.includes(localPort));
	const closedAt = (port: number): number => closed.filter(({localPort}) => localPort === port).length;
	t.deepEqual([closedAt(5353), closedAt(8000), closedAt(listenerPort)], [2 * rounds, rounds, 0]);
	const unix = entries.filter(({protocol}) => protocol === 'u_dgr');
	t.is(unix.filter(({local}) => local.startsWith('@stay')).length, 0);
	for (const event of ['opened', 'closed']) {
		t.is(unix.filter(entry => entry.event === event && entry.local.startsWith('@pass')).length, rounds * 600, event);
	}
};

const sentIn = ({played}: ChurnResult): number => played.reduce((sum, {up, down}) => sum + up + down, 0);

/** Asserts that the totals count each event once, whatever the samples contained. */
const checkTotals = (t: ExecutionContext, {played, shadows, listenerPort, totals}: ChurnResult): void => {
	const sums = {client: {sent: 0, received: 0}, server: {sent: 0, received: 0}};
	for (const {up, down} of played) {
		sums.client.sent += up;
		sums.client.received += down;
		sums.server.sent += down;
		sums.server.received += up;
	}

	for (const side of ['client', 'server'] as const) {
		const isOfSide = ({localPort}: {readonly localPort: number}): boolean => (localPort === listenerPort) === (side === 'server');
		const open = shadows.filter(shadow => isOfSide(shadow) && shadow.state !== State.timeWait).length;
		t.like(totals[side], {
			opened: played.length, closed: played.length - open, bytesSent: sums[side].sent, bytesReceived: sums[side].received, bytesRetransmitted: 0,
		}, side);
	}
};

testUnless(namespaceUnavailable, 'each of thousands of short-lived connections is reported once, with its bytes; other sockets stay open', async t => {
	const result = await churn();
	t.deepEqual(result.problems, []);
	t.is(result.lost, 0);
	t.is(result.played.length, 3000);
	checkConnections(t, result);
	checkOthers(t, result);
	checkTotals(t, result);
	t.is(result.sentInSamples, sentIn(result));
});

testUnless(namespaceUnavailable, 'the same if connections open and close in the middle of dumps, while a sample yields', async t => {
	const result = await churn('yields');
	t.deepEqual(result.problems, []);
	t.is(result.lost, 0);
	t.is(result.played.length, 3000);
	t.true(result.openedWhileYielding >= 50 * rounds);
	checkConnections(t, result);
	checkOthers(t, result);
	checkTotals(t, result);
	// If a dump finds a socket in TIME-WAIT and its counters come later, there is no time span for the rate of its bytes.
	t.true(result.sentInSamples <= sentIn(result));
});
