/**
Opens TCP connections in its own namespace, closes them in every possible way, with samples in between, and prints what must be reported of each side and what the
journal reports. Everything runs in one process, so that each sample is taken at a defined moment.
*/
import process from 'node:process';
import {setImmediate as turn, setTimeout as wait} from 'node:timers/promises';
import {openDestroyFeed, type DestroyFeed, type DestroyFeedOptions} from '../../source/netlink/destroy-feed.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import {createJournal} from '../../source/table/journal.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {readEntries, type EntryRecord} from '../helpers/journal-entries.js';
import {
	closeSocket,
	endSending,
	openConnection,
	openListener,
	portOf,
	receiveBytes,
	resetConnection,
	sendBytes,
} from '../helpers/raw-sockets.js';
import {
	bothSides,
	buffer,
	connect,
	host,
	keepalive,
	manners,
	silencePeer,
	userTimeout,
	type Connection,
	type Side,
	type SocketOptions,
} from './ways-to-close.js';

export type CloseReasonsResult = {
	readonly sides: readonly Side[];
	/** Expected and actual reports about held sockets while they are held. */
	readonly held: ReadonlyArray<{readonly side: Side; readonly entries: readonly EntryRecord[]}>;
	/** Number of connections that their process aborted before a sample contained them, so that their peer is unknown. */
	readonly withoutPeer: number;
	readonly entries: readonly EntryRecord[];
	/** Ids of the entries, in the order in which the journal returned them. */
	readonly reported: readonly number[];
	readonly problems: readonly string[];
};

const [shortConnections, heldConnections] = [Number(process.argv[2]), Number(process.argv[3])];

const table = new SocketTable();
let feed: DestroyFeed | undefined;
const source = createNetlinkSource(table, {
	hasBoundInactive: true,
	kernel: 618,
	openFeed(options: DestroyFeedOptions) {
		feed = openDestroyFeed(options);
		return feed;
	},
});
const journal = createJournal(table, {length: 100_000});
const problems: string[] = [];
const reported: number[] = [];

const sample = async (): Promise<void> => {
	table.begin(performance.now());
	const report = await source.sample(table, {columns: new Set(), protocols: new Set(['tcp'])});
	journal.record(table.end(report.complete), Date.now());
	problems.push(...report.problems);
	reported.push(...journal.takeCompleted().slots.map(slot => journal.table.core.id[slot]));
};

/** Waits until this many destroy events have arrived. */
const waitForEvents = async (count: number): Promise<void> => {
	while (feed !== undefined && feed.waiting < count) {
		await turn();
		feed.drain();
	}
};

const sides: Side[] = [];
let withoutPeer = 0;

const playShort = async (): Promise<void> => {
	const burst = 70;
	for (let played = 0; played < shortConnections; played += burst) {
		const before = feed?.waiting ?? 0;
		for (let index = 0; index < burst; index++) {
			const [, close, isRead] = manners[index % manners.length];
			const {sides: reportedSides, aborted} = close(connect(isRead));
			sides.push(...reportedSides);
			withoutPeer += aborted === undefined ? 0 : 1;
		}

		await waitForEvents(before + 2 * burst);
		await sample();
	}
};

/** The same with a sample before the close. */
const playSeen = async (): Promise<void> => {
	const connections = Array.from({length: heldConnections * manners.length}, (_, index) => {
		const [, close, isRead] = manners[index % manners.length];
		return {close, connection: connect(isRead)};
	});
	await sample();
	for (const {close, connection} of connections) {
		const {sides: reportedSides, aborted} = close(connection);
		sides.push(...reportedSides, ...(aborted === undefined ? [] : [aborted]));
	}

	await sample();
	await sample();
	await sample();
};

type Held = {readonly descriptors: readonly number[]; readonly sides: readonly Side[]};

const sidesOf = (manner: string, connection: Connection): readonly [client: Side, server: Side] => bothSides(manner, connection, '', '');

/** Connections that close while a process holds their descriptors. */
const holdMany = (): readonly Held[] => Array.from({length: heldConnections}, (): readonly Held[] => {
	const reset = connect();
	resetConnection(reset.client);
	const [resetClient, resetServer] = sidesOf('held, reset by client', reset);
	const refused = connect();
	resetConnection(refused.accepted);
	const [refusedClient, refusedServer] = sidesOf('held, reset by server', refused);
	const finished = connect();
	endSending(finished.client);
	receiveBytes(finished.accepted, buffer);
	endSending(finished.accepted);
	receiveBytes(finished.client, buffer);
	const [finishedClient, finishedServer] = sidesOf('held, finished', finished);
	return [
		{descriptors: [reset.accepted], sides: [{...resetServer, reason: 'reset'}, {...resetClient, reason: 'reset here'}]},
		{descriptors: [refused.client], sides: [{...refusedClient, reason: 'reset'}, {...refusedServer, reason: 'reset here'}]},
		{descriptors: [finished.client, finished.accepted], sides: [{...finishedClient, reason: 'closed here'}, {...finishedServer, reason: 'closed by peer'}]},
	];
}).flat();

const ofSide = (entries: readonly EntryRecord[], {local, peer}: Side): readonly EntryRecord[] =>
	entries.filter(entry => entry.event === 'closed' && `${entry.local}:${entry.localPort}` === local && `${entry.peer}:${entry.peerPort}` === peer);

const held: Array<{readonly side: Side; readonly entries: readonly EntryRecord[]}> = [];

/** Collects the reports about held sides. */
const noteHeld = (heldSides: readonly Side[]): void => {
	const entries = readEntries(journal.table);
	held.push(...heldSides.map(side => ({side, entries: ofSide(entries, side)})));
};

/** Closes the held sockets and collects the final reports. */
const release = async (all: readonly Held[]): Promise<void> => {
	const before = feed?.waiting ?? 0;
	const descriptors = all.flatMap(one => one.descriptors);
	for (const descriptor of descriptors) {
		closeSocket(descriptor);
	}

	await waitForEvents(before + descriptors.length);
	await sample();
	await sample();
	sides.push(...all.flatMap(one => one.sides));
};

/** Connections that samples contain, and that close between samples while their descriptors are held. */
const playHeld = async (): Promise<void> => {
	const reset = Array.from({length: heldConnections}, () => connect());
	const finished = Array.from({length: heldConnections}, () => connect());
	await sample();
	for (const {client} of reset) {
		resetConnection(client);
	}

	for (const {client, accepted} of finished) {
		endSending(client);
		receiveBytes(accepted, buffer);
		endSending(accepted);
		receiveBytes(client, buffer);
	}

	// A missing socket is closed when the next sample misses it, too.
	await sample();
	await sample();
	const all: readonly Held[] = [
		...reset.map((connection): Held => {
			const [client, accepted] = sidesOf('seen, held, reset', connection);
			return {descriptors: [connection.accepted], sides: [{...accepted, reason: 'reset'}, {...client, reason: 'reset here'}]};
		}),
		...finished.map((connection): Held => {
			const [client, accepted] = sidesOf('seen, held, finished', connection);
			return {descriptors: [connection.client, connection.accepted], sides: [{...client, reason: 'closed here'}, {...accepted, reason: 'closed by peer'}]};
		}),
	];
	noteHeld(all.flatMap(one => one.sides));
	await release(all);
};

/** Connections whose peer stops answering: data, or a probe, stays unacknowledged. */
const playSilent = async (manner: string, options: SocketOptions, more: number): Promise<void> => {
	const connections = Array.from({length: heldConnections}, () => connect());
	for (const connection of connections) {
		silencePeer(connection, options, more);
	}

	const clients = connections.map(connection => {
		const [client] = sidesOf(manner, connection);
		return {...client, sent: connection.up + more, reason: 'unanswered'};
	});
	const areReported = (): boolean => {
		const entries = readEntries(journal.table);
		return clients.every(side => ofSide(entries, side).length > 0);
	};

	while (!areReported()) {
		await sample();
		await wait(100);
	}

	noteHeld(clients);
	await release(connections.map(({client}, index) => ({descriptors: [client], sides: [clients[index]]})));
	for (const connection of connections) {
		resetConnection(connection.accepted);
		const [, silent] = sidesOf(manner, connection);
		sides.push({...silent, reason: 'reset here'});
	}
};

/** A listener that closes while connections wait in its queue. */
const playPending = async (): Promise<void> => {
	const pending = openListener(host, 0, 100);
	const pendingPort = portOf(pending);
	const clients = Array.from({length: heldConnections}, () => {
		const descriptor = openConnection(host, pendingPort);
		sendBytes(descriptor, buffer.subarray(0, 100));
		return descriptor;
	});
	await sample();
	const clientSides = clients.map((descriptor): Side => ({
		manner: 'pending', local: `${host}:${portOf(descriptor)}`, peer: `${host}:${pendingPort}`, sent: 100, received: 0, reason: 'reset',
	}));
	const serverSides = clientSides.map(({manner, local, peer}): Side => ({
		manner, local: peer, peer: local, sent: 0, received: 100, reason: 'reset here',
	}));
	closeSocket(pending);
	await sample();
	await sample();
	noteHeld([...clientSides, ...serverSides]);
	await release(clients.map((descriptor, index) => ({descriptors: [descriptor], sides: [clientSides[index], serverSides[index]]})));
};

await sample();
await playShort();
await playSeen();
const shortLivedHeld = holdMany();
await sample();
await sample();
await sample();
withoutPeer += 2 * heldConnections;
await release(shortLivedHeld.map(({descriptors, sides: all}) => ({descriptors, sides: all.filter(({reason}) => reason !== 'reset here')})));
await playHeld();
await playSilent('user timeout', userTimeout, 50);
await playSilent('keepalive', keepalive, 0);
await playPending();
for (let index = 0; index < 6; index++) {
	await sample();
}

const result: CloseReasonsResult = {
	sides, held, withoutPeer, entries: readEntries(journal.table), reported, problems,
};
process.stdout.write(JSON.stringify(result));
source.close();
