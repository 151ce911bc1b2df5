/**
What conntop pays for the kernel's news of ended sockets: opens and closes connections in bursts, reads the news after each, and merges them in one sample.
Prints the CPU time of each round, in ms, as JSON. The namespace must have nothing else in it.
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

export type EndsFigures = {
	/** Opening and closing the connections. */
	readonly connections: readonly number[];
	/** Reading and merging the news, with the sample that does it, less a sample without news. */
	readonly news: readonly number[];
	readonly lost: number;
	readonly unseen: number;
};

const rounds = Number(process.argv[2]);
const perRound = Number(process.argv[3]);
/** Twice as many messages fit into the smallest buffer that the kernel gives. */
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
let unseen = 0;
const sample = async (): Promise<void> => {
	table.begin(performance.now());
	const {complete} = await source.sample(table, {columns: new Set()});
	unseen += table.end(complete).unseen.length;
};

const churn = (): void => {
	for (let count = 0; count < burst; count++) {
		const client = openConnection('127.0.0.1', port);
		const server = acceptOne(listener);
		resetConnection(client);
		closeSocket(server);
	}
};

/** Lets the kernel tell of all; the waiting is not counted. */
const hear = async (messages: number): Promise<number> => {
	let cpu = 0;
	while (feed !== undefined && feed.waiting < messages) {
		await turn();
		cpu += await cpuOf(feed.drain);
	}

	return cpu;
};

const connections: number[] = [];
const news: number[] = [];
await sample();
for (let round = 0; round < rounds + 3; round++) {
	let ofConnections = 0;
	let ofNews = 0;
	let messages = feed?.waiting ?? 0;
	for (let count = 0; count < perRound; count += burst) {
		ofConnections += await cpuOf(churn);
		messages += 2 * burst;
		ofNews += await hear(messages);
	}

	ofNews += await cpuOf(sample);
	ofNews -= await cpuOf(sample);
	// The first rounds let V8 compile.
	if (round >= 3) {
		connections.push(ofConnections);
		news.push(Math.max(0, ofNews));
	}
}

const figures: EndsFigures = {
	connections, news, lost: feed?.lost ?? 0, unseen,
};
process.stdout.write(JSON.stringify(figures));
source.close();
