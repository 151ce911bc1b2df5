/**
Keeps TCP connections open for several samples in its own namespace, some of them opened before the first sample. Sends over each in every round and closes some;
a few are reset because one side closes with unread data, while the other keeps its descriptor for longer than rows of closed sockets stay. Prints what was sent
since the first sample, and the totals.
*/
import process from 'node:process';
import {setImmediate as turn} from 'node:timers/promises';
import {openDestroyFeed, type DestroyFeed} from '../../source/netlink/destroy-feed.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import type {Counts} from '../../source/table/totals/group-totals.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {totalsColumns} from '../../source/table/totals/totals.js';
import {
	acceptOne,
	closeSocket,
	openConnection,
	openListener,
	portOf,
	receiveBytes,
	sendBytes,
} from '../helpers/raw-sockets.js';

export type TotalsResult = Readonly<Record<'before' | 'since', {readonly opened: number; readonly closed: number; readonly sent: number; readonly counted: Counts | undefined}>>;

const rounds = 6;
const connectionsPerRound = 50;

type Connection = {readonly client: number; readonly server: number; readonly kind: 'before' | 'since'};

const listeners = {before: openListener('127.0.0.1', 0, 100), since: openListener('127.0.0.1', 0, 100)};
const numbers = {before: 1, since: 2} as const;
const ports = new Map([[portOf(listeners.before), numbers.before], [portOf(listeners.since), numbers.since]]);
const truth = {before: {opened: 0, closed: 0, sent: 0}, since: {opened: 0, closed: 0, sent: 0}};
const buffer = new Uint8Array(4096);
let length = 0;

const open = (kind: Connection['kind']): Connection => {
	const client = openConnection('127.0.0.1', portOf(listeners[kind]));
	return {client, server: acceptOne(listeners[kind]), kind};
};

/** A different number of bytes each time, in both directions. */
const exchange = ({client, server, kind}: Connection): void => {
	for (const [from, to] of [[client, server], [server, client]]) {
		length = 1 + ((length + 37) % 1500);
		sendBytes(from, buffer.subarray(0, length));
		receiveBytes(to, buffer);
		truth[kind].sent += length;
	}
};

const table = new SocketTable();
table.setOptionalColumns(totalsColumns);
let feed: DestroyFeed | undefined;
const source = createNetlinkSource(table, {
	hasBoundInactive: false,
	openFeed(options) {
		feed = openDestroyFeed(options);
		return feed;
	},
});
const counting = table.totals.by(slot => ports.get(table.core.localPort[slot]) ?? ports.get(table.core.peerPort[slot]) ?? 0);
const sample = async (now: number): Promise<void> => {
	table.begin(now);
	const {complete} = await source.sample(table, {columns: new Set(totalsColumns)});
	table.end(complete);
};

/** Waits until the kernel has reported this many closes. */
const waitForEvents = async (messages: number): Promise<void> => {
	while (feed !== undefined && feed.waiting < messages) {
		await turn();
		feed.drain();
	}
};

let connections = Array.from({length: connectionsPerRound}, () => open('before'));
for (const connection of connections) {
	exchange(connection);
}

await sample(0);
// What happened earlier does not count.
truth.before.sent = 0;
for (let round = 1; round <= rounds; round++) {
	const newConnections = Array.from({length: connectionsPerRound}, () => open('since'));
	truth.since.opened += 2 * newConnections.length;
	connections = [...connections, ...newConnections];
	const isLast = round === rounds;
	const messages = feed?.waiting ?? 0;
	let closed = 0;
	for (const [index, connection] of connections.entries()) {
		exchange(connection);
		if (isLast || index % 3 === 0) {
			closeSocket(connection.client);
			closeSocket(connection.server);
			truth[connection.kind].closed += 2;
			closed++;
		}
	}

	connections = connections.filter((_, index) => !isLast && index % 3 !== 0);
	// The side that closed first stays in TIME-WAIT; its socket is closed nevertheless.
	await waitForEvents(messages + (2 * closed));
	await sample(round * 1000);
}

const held = Array.from({length: 10}, () => open('since'));
truth.since.opened += 2 * held.length;
await sample(100_000);
const before = feed?.waiting ?? 0;
for (const connection of held) {
	exchange(connection);
	sendBytes(connection.server, buffer.subarray(0, 100));
	closeSocket(connection.client);
	truth.since.sent += 100;
	truth.since.closed += 2;
}

await waitForEvents(before + held.length);
for (const now of [101_000, 102_000, 150_000, 200_000]) {
	await sample(now);
}

for (const {server} of held) {
	closeSocket(server);
}

await waitForEvents((feed?.waiting ?? 0) + held.length);
await sample(1_000_000);
table.totals.collect();
const counts = counting.read();
const resultOf = (kind: 'before' | 'since') => ({...truth[kind], counted: counts.get(numbers[kind])});
const result: TotalsResult = {before: resultOf('before'), since: resultOf('since')};
process.stdout.write(JSON.stringify(result));
source.close();
