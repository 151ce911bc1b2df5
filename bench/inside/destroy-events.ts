/**
Measures the cost of destroy events: opens and closes connections in bursts, reads the events after each, and merges them in one sample. Prints the CPU time of each
round, in ms, as JSON. The namespace must contain nothing else.
*/
import process from 'node:process';
import {setImmediate as turn} from 'node:timers/promises';
import {openDestroyFeed, type DestroyFeed} from '../../source/netlink/destroy-feed.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {
	acceptOne,
	closeSocket,
	openConnection,
	openListener,
	portOf,
	resetConnection,
} from '../../test/helpers/raw-sockets.js';
import {cpuOf} from '../measure/cpu.js';

export type DestroyEventsFigures = {
	/** Opening and closing the connections. */
	readonly connections: readonly number[];
	/** Reading and merging the events: with the sample that merges them, minus a sample without events. */
	readonly events: readonly number[];
	readonly lost: number;
	readonly shortLived: number;
};

const rounds = Number(process.argv[2]);
const perRound = Number(process.argv[3]);
/** Connections per burst. Their messages, twice as many, fit into the smallest buffer that the kernel allows. */
const burst = 50;

const listener = openListener('127.0.0.1', 0, 100);
const port = portOf(listener);
const table = new SocketTable();
let feed: DestroyFeed | undefined;
const source = createNetlinkSource(table, {
	hasBoundInactive: false,
	openFeed(options) {
		feed = openDestroyFeed(options);
		return feed;
	},
});
let shortLived = 0;
const sample = async (): Promise<void> => {
	table.begin(performance.now());
	const {complete} = await source.sample(table, {columns: new Set()});
	shortLived += table.end(complete).shortLived.length;
};

const churn = (): void => {
	for (let count = 0; count < burst; count++) {
		const client = openConnection('127.0.0.1', port);
		const server = acceptOne(listener);
		resetConnection(client);
		closeSocket(server);
	}
};

/** Waits until the kernel has sent all messages. Returns the CPU time without the waiting. */
const readAll = async (messages: number): Promise<number> => {
	let cpu = 0;
	while (feed !== undefined && feed.waiting < messages) {
		await turn();
		cpu += await cpuOf(feed.drain);
	}

	return cpu;
};

const connections: number[] = [];
const events: number[] = [];
await sample();
for (let round = 0; round < rounds + 3; round++) {
	let ofConnections = 0;
	let ofEvents = 0;
	let messages = feed?.waiting ?? 0;
	for (let count = 0; count < perRound; count += burst) {
		ofConnections += await cpuOf(churn);
		messages += 2 * burst;
		ofEvents += await readAll(messages);
	}

	ofEvents += await cpuOf(sample);
	ofEvents -= await cpuOf(sample);
	// The first rounds let V8 compile.
	if (round >= 3) {
		connections.push(ofConnections);
		events.push(Math.max(0, ofEvents));
	}
}

const figures: DestroyEventsFigures = {
	connections, events, lost: feed?.lost ?? 0, shortLived,
};
process.stdout.write(JSON.stringify(figures));
source.close();
