/** Pairs the two sockets of connections in a table. Prints the CPU time of each round, in ms, as JSON. */
import process from 'node:process';
import {Family} from '../../source/addresses/family.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';
import {cpuOf} from '../measure/cpu.js';

export type PairFigures = {
	/** The end of a sample, which updates the hash table, and the first lookup after it. */
	readonly index: readonly number[];
	/** The rows of one window after it. */
	readonly window: readonly number[];
};

const [sockets, rounds, height] = process.argv.slice(2).map(Number);
/** How many windows are measured together, because one is too short. */
const windows = 200;

const table = new SocketTable();
const observeAll = (now: number): void => {
	table.begin(now);
	for (let socket = 0; socket < sockets; socket++) {
		const slot = table.observe(socket + 1, 0);
		const {core} = table;
		// Each two consecutive sockets are a connection.
		const connection = socket >>> 1;
		const client = 1024 + (connection % 60_000);
		const isClient = (socket & 1) === 0;
		core.family[slot] = Family.inet;
		core.localAddress.set([127, 0, 0, 1], slot * 16);
		core.peerAddress.set([127, 0, 0, 1], slot * 16);
		core.localPort[slot] = isClient ? client : 80 + Math.floor(connection / 60_000);
		core.peerPort[slot] = isClient ? 80 + Math.floor(connection / 60_000) : client;
		table.setState(slot, Protocol.tcp, State.established);
	}
};

const figures = {index: [] as number[], window: [] as number[]};
for (let round = 0; round < rounds; round++) {
	observeAll(round * 1000);
	figures.index.push(await cpuOf(() => {
		table.end([]);
		table.pairs.otherEnd(0);
	}));
	const total = await cpuOf(() => {
		for (let window = 0; window < windows; window++) {
			for (let row = 0; row < height; row++) {
				const slot = ((window * height) + row) % sockets;
				if (table.pairs.otherEnd(slot) !== (slot ^ 1)) {
					throw new Error(`slot ${slot} has no other end`);
				}
			}
		}
	});
	figures.window.push(total / windows);
}

process.stdout.write(JSON.stringify(figures satisfies PairFigures));
