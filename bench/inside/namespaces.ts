/**
Compares a sample of all network namespaces with one of the program's own, and with receiving and discarding the same answers in one of them. Prints the CPU time of each
round, in ms, as JSON. The namespaces should contain few sockets, so that their cost is the walk of the kernel's tables.

Arguments: rounds.
*/
import process from 'node:process';
import {openDestroyFeed} from '../../source/netlink/destroy-feed.js';
import {openDiagSocket} from '../../source/netlink/diag-socket.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import {openNamespaces} from '../../source/sources/netlink/open-namespaces.js';
import type {SocketReader} from '../../source/sources/source.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {cpuOf} from '../measure/cpu.js';
import {takeTurns} from '../measure/statistics.js';
import {discardSample} from './discard-sample.js';

export type NamespacesFigures = {
	readonly all: readonly number[];
	readonly own: readonly number[];
	/** Receiving the answers for one namespace. */
	readonly walk: readonly number[];
};

const rounds = Number(process.argv[2]);

const sampling = (open: (table: SocketTable) => SocketReader): (() => Promise<number>) => {
	const table = new SocketTable();
	const source = open(table);
	return async () => cpuOf(async () => {
		table.begin(performance.now());
		const {complete} = await source.sample(table, {columns: new Set()});
		table.end(complete);
	});
};

const socket = openDiagSocket();
const turns = {
	all: sampling(table => openNamespaces(table, 'all', {hasBoundInactive: false})),
	own: sampling(table => createNetlinkSource(table, {hasBoundInactive: false, openFeed: openDestroyFeed})),
	walk: async (): Promise<number> => cpuOf(() => discardSample(socket)),
};
await takeTurns(10, turns);
const figures: NamespacesFigures = await takeTurns(rounds, turns);
process.stdout.write(JSON.stringify(figures));
// eslint-disable-next-line unicorn/no-process-exit -- The sockets that receive destroy events keep the program alive.
process.exit();
