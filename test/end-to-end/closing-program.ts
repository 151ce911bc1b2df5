/**
Opens TCP connections in this namespace and closes them in every way, without waiting in between. It writes a line of JSON after each step, and starts the next one when
it reads a line from standard input:

1. `opened`: the short connections are closed; those that will close while their descriptors are held are open.
2. `ended`: these have closed, or will after a timeout; their descriptors are still held.
3. `released`: all descriptors are closed.
*/
import process from 'node:process';
import readline from 'node:readline';
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
	type Closed,
	type Connection,
	type Side,
} from '../sources/ways-to-close.js';

export type Step = {
	readonly step: 'opened' | 'ended' | 'released';
	/** Step `opened`: the short connections. */
	readonly short?: readonly Closed[];
	/** Steps `opened` and `ended`: sides that must be reported before the next step, as opened or as closed. */
	readonly held?: readonly Side[];
	/** Step `released`: sides that must be reported as closed by now. */
	readonly late?: readonly Side[];
};

const [shortCount, heldCount] = [Number(process.argv[2]), Number(process.argv[3])];

const lines = readline.createInterface({input: process.stdin})[Symbol.asyncIterator]();

/** Reports a step, and waits for the line that requests the next one. */
const report = async (step: Step): Promise<void> => {
	process.stdout.write(`${JSON.stringify(step)}\n`);
	await lines.next();
};

const many = <Item>(make: () => Item): readonly Item[] => Array.from({length: heldCount}, make);

const short = Array.from({length: shortCount}, (_, index) => {
	const [, close, isRead] = manners[index % manners.length];
	return close(connect(isRead));
});

const reset = many(() => connect());
const finished = many(() => connect());
const untilTimeout = many(() => connect());
const probed = many(() => connect());
const pendingListener = openListener(host, 0, 100);
const pendingPort = portOf(pendingListener);
const pending = many(() => {
	const descriptor = openConnection(host, pendingPort);
	sendBytes(descriptor, buffer.subarray(0, 100));
	return descriptor;
});
const pendingSides = pending.map((descriptor): Side => ({
	manner: 'pending', local: `${host}:${portOf(descriptor)}`, peer: `${host}:${pendingPort}`, sent: 100, received: 0, reason: 'reset',
}));

/** Bytes that connections with a user timeout send in addition, without an acknowledgement. */
const unacknowledged = 50;
const silentClient = (manner: string, connection: Connection, more: number): Side => {
	const [client] = bothSides(manner, connection, 'unanswered', '');
	return {...client, sent: connection.up + more};
};

const silentClients = [
	...untilTimeout.map(connection => silentClient('user timeout', connection, unacknowledged)),
	...probed.map(connection => silentClient('keepalive', connection, 0)),
];
const resetSides = reset.map(connection => bothSides('held, reset', connection, 'reset here', 'reset'));
const finishedSides = finished.map(connection => bothSides('held, finished', connection, 'closed here', 'closed by peer'));
const silentServers = [...untilTimeout, ...probed].map(connection => bothSides('silent', connection, '', 'reset here')[1]);
const seen = [...resetSides.flat(), ...finishedSides.flat(), ...silentClients, ...silentServers, ...pendingSides];
await report({step: 'opened', short, held: seen});

for (const {client} of reset) {
	resetConnection(client);
}

for (const {client, accepted} of finished) {
	endSending(client);
	receiveBytes(accepted, buffer);
	endSending(accepted);
	receiveBytes(client, buffer);
}

for (const connection of untilTimeout) {
	silencePeer(connection, userTimeout, unacknowledged);
}

for (const connection of probed) {
	silencePeer(connection, keepalive, 0);
}

closeSocket(pendingListener);
const pendingServers = pendingSides.map(({manner, local, peer}): Side => ({
	manner, local: peer, peer: local, sent: 0, received: 100, reason: 'reset here',
}));
await report({step: 'ended', held: [...resetSides.flat(), ...finishedSides.flat(), ...silentClients, ...pendingSides, ...pendingServers]});

for (const descriptor of [
	...reset.map(({accepted}) => accepted),
	...finished.flatMap(({client, accepted}) => [client, accepted]),
	...[...untilTimeout, ...probed].map(({client}) => client),
	...pending,
]) {
	closeSocket(descriptor);
}

for (const {accepted} of [...untilTimeout, ...probed]) {
	resetConnection(accepted);
}

await report({step: 'released', late: silentServers});
