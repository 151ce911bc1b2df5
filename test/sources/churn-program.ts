/**
Opens and closes short TCP connections between samples, in its own namespace, and prints what the journal reports about them. Between the connections,
members of SO_REUSEPORT groups, UDP and UNIX sockets open and close while others stay open. With `yields` as the third argument, the connections open and close in
the middle of the dumps instead, one burst each time that a sample yields.
*/
import {Buffer} from 'node:buffer';
import dgram from 'node:dgram';
import {once} from 'node:events';
import net from 'node:net';
import process from 'node:process';
import {setImmediate as turn} from 'node:timers/promises';
import {openDestroyFeed, type DestroyFeed, type DestroyFeedOptions} from '../../source/netlink/destroy-feed.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import type {Counts} from '../../source/table/totals/group-totals.js';
import {createJournal} from '../../source/table/journal.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {totalsColumns} from '../../source/table/totals/totals.js';
import {readEntries, type EntryRecord} from '../helpers/journal-entries.js';
import {
	acceptOne,
	bindUnix,
	closeSocket,
	openConnection,
	openListener,
	portOf,
	receiveBytes,
	sendBytes,
} from '../helpers/raw-sockets.js';

/** How a connection is closed: by the client first, by the server first, or by a reset, which follows from closing with unread data. */
export type Manner = 'client' | 'server' | 'unread';

export type Played = {readonly port: number; readonly up: number; readonly down: number; readonly manner: Manner};

/** A row of a connection that is still in the table at the end. */
export type Shadow = {readonly localPort: number; readonly peerPort: number; readonly state: number; readonly bytesSent: number; readonly bytesReceived: number};

export type ChurnResult = {
	readonly listenerPort: number;
	readonly played: readonly Played[];
	/** How many of them opened in the middle of a sample. */
	readonly openedWhileYielding: number;
	readonly entries: readonly EntryRecord[];
	readonly shadows: readonly Shadow[];
	readonly missedByPolls: number;
	readonly lost: number;
	readonly sentInSamples: number;
	/** Totals of the two sides of the connections. */
	readonly totals: Readonly<Record<'client' | 'server', Counts | undefined>>;
	readonly problems: readonly string[];
	/** Ports of the sockets that stayed. */
	readonly stayed: readonly number[];
};

const samples = Number(process.argv[2]);
const connectionsPerSample = Number(process.argv[3]);
const isWhileYielding = process.argv[4] === 'yields';
/** The kernel's buffer must hold twice as many messages; it may hold 300. */
const burst = 50;
const manners: readonly Manner[] = ['client', 'server', 'unread'];

const stayedServers: net.Server[] = [];
const stayed: dgram.Socket[] = [];
const bindUdp = async (port: number): Promise<dgram.Socket> => {
	const socket = dgram.createSocket({type: 'udp4', reusePort: true});
	socket.bind(port, '127.0.0.1');
	await once(socket, 'listening');
	return socket;
};

const listenShared = async (port: number): Promise<net.Server> => {
	const server = net.createServer().listen({port, host: '127.0.0.1', reusePort: true});
	await once(server, 'listening');
	return server;
};

for (let count = 0; count < 20; count++) {
	stayed.push(await bindUdp(5353));
	stayedServers.push(await listenShared(8000));
}

/** UNIX sockets in the abstract namespace: this many stay open, and twice as many open and close in each round. Their dump takes several datagrams. */
const unixSockets = 300;
const bindMany = (prefix: string, count: number): readonly number[] => Array.from({length: count}, (_, index) => bindUnix(Buffer.from(`\0${prefix}${index}`)));
const stayedUnix = bindMany('stay', unixSockets);

const listener = openListener('127.0.0.1', 0, 100);
const listenerPort = portOf(listener);
const table = new SocketTable();
let feed: DestroyFeed | undefined;
const source = createNetlinkSource(table, {
	hasBoundInactive: false,
	openFeed(options: DestroyFeedOptions) {
		feed = openDestroyFeed(options);
		return feed;
	},
});
table.setOptionalColumns(totalsColumns);
const side = {client: 1, server: 2} as const;
const counting = table.totals.by(slot => {
	const {core: {protocol, localPort, peerPort}} = table;
	const isOfListener = protocol[slot] === Protocol.tcp && (localPort[slot] === listenerPort || peerPort[slot] === listenerPort);
	return isOfListener ? side[localPort[slot] === listenerPort ? 'server' : 'client'] : 0;
});
const journal = createJournal(table, {length: 1_000_000});
let now = 0;
let lost = 0;
let sentInSamples = 0;
const problems: string[] = [];
const sample = async (): Promise<void> => {
	now += 1000;
	table.begin(now);
	const report = await source.sample(table, {columns: new Set(totalsColumns), protocols: new Set(['tcp', 'udp', 'u_dgr']), ...(isWhileYielding && {yieldNow: playBurst})});
	journal.record(table.end(report.complete), now);
	sentInSamples += table.bytesSentInSample;
	lost = report.droppedEventCount ?? 0;
	problems.push(...report.problems);
};

const buffer = new Uint8Array(4096);
/** Each connection has its own port, below the kernel's range, because the kernel may reuse a port in TIME-WAIT, whose row then disappears. */
const firstPort = 20_000;
const play = (index: number): Played => {
	const manner = manners[index % manners.length];
	const up = 1 + (index % 700);
	const down = 1 + (index % 500);
	const port = firstPort + index;
	const client = openConnection('127.0.0.1', listenerPort, {from: port});
	const server = acceptOne(listener);
	sendBytes(client, buffer.subarray(0, up));
	sendBytes(server, buffer.subarray(0, down));
	receiveBytes(server, buffer);
	if (manner !== 'unread') {
		receiveBytes(client, buffer);
	}

	const [first, second] = manner === 'server' ? [server, client] : [client, server];
	closeSocket(first);
	closeSocket(second);
	return {
		port, up, down, manner,
	};
};

/** Waits until the kernel has reported this many closes. */
const waitForEvents = async (messages: number): Promise<void> => {
	while (feed !== undefined && feed.waiting < messages) {
		await turn();
		feed.drain();
	}
};

const played: Played[] = [];
let openedWhileYielding = 0;
/** Connections of the round that have not been opened yet. */
let left = 0;
const playBurst = async (): Promise<void> => {
	if (left === 0) {
		return;
	}

	left -= burst;
	const messages = feed?.waiting ?? 0;
	for (let index = 0; index < burst; index++) {
		played.push(play(played.length));
	}

	await waitForEvents(messages + (2 * burst));
};

await sample();
for (let round = 0; round < samples; round++) {
	left = connectionsPerSample;
	if (isWhileYielding) {
		await sample();
		openedWhileYielding += connectionsPerSample - left;
	}

	while (left > 0) {
		await playBurst();
	}

	// Groups change while their other members stay.
	const passing = [await bindUdp(5353), await bindUdp(5353)];
	const passingServer = await listenShared(8000);
	const passingUnix = bindMany('pass', 2 * unixSockets);
	await sample();
	const messages = feed?.waiting ?? 0;
	for (const socket of passing) {
		socket.close();
	}

	passingServer.close();
	for (const descriptor of passingUnix) {
		closeSocket(descriptor);
	}

	// Two UDP sockets and a listener.
	await waitForEvents(messages + 3);
}

await sample();
await sample();
table.totals.collect();
const totals = counting.read();
const {core} = table;
const shadows: Shadow[] = [];
for (let slot = 0; slot < table.used; slot++) {
	if (table.isUsed(slot) && !table.isClosed(slot) && core.peerPort[slot] !== 0) {
		shadows.push({
			localPort: core.localPort[slot],
			peerPort: core.peerPort[slot],
			state: core.state[slot],
			bytesSent: core.bytesSent[slot],
			bytesReceived: core.bytesReceived[slot],
		});
	}
}

const result: ChurnResult = {
	listenerPort, played, openedWhileYielding, entries: readEntries(journal.table), shadows, missedByPolls: journal.missedByPolls, lost, sentInSamples, problems,
	totals: {client: totals.get(side.client), server: totals.get(side.server)},
	stayed: [5353, 8000, listenerPort],
};
process.stdout.write(JSON.stringify(result));
source.close();
for (const descriptor of stayedUnix) {
	closeSocket(descriptor);
}

for (const socket of [...stayed, ...stayedServers]) {
	socket.close();
}
