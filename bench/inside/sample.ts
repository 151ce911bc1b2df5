/** Compares one sample with receiving the same answers and throwing them away, and with `ss`. Prints the CPU time of each round, in ms, as JSON. */
import process from 'node:process';
import {openDiagSocket} from '../../source/netlink/diag-socket.js';
import {createNetlinkSource} from '../../source/sources/netlink.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {cpuOf, cpuOfCommand} from '../measure/cpu.js';
import {takeTurns} from '../measure/statistics.js';
import {discardSample} from './discard-sample.js';

export type SampleFigures = {
	readonly againstDiscarding: {readonly merged: readonly number[]; readonly discarded: readonly number[]};
	readonly againstSs: {readonly merged: readonly number[]; readonly ss: readonly number[]};
	readonly sockets: number;
	readonly bytes: number;
};

const rounds = Number(process.argv[2]);
const table = new SocketTable();
const source = createNetlinkSource(table, {hasBoundInactive: false});
const socket = openDiagSocket();

const sample = async (): Promise<void> => {
	table.begin(performance.now());
	const {complete, problems} = await source.sample(table, {columns: new Set()});
	if (problems.length > 0) {
		throw new Error(problems.join('; '));
	}

	table.end(complete);
};

const merged = async (): Promise<number> => cpuOf(sample);
const discarded = async (): Promise<number> => cpuOf(() => discardSample(socket));
const ss = (): number => cpuOfCommand('ss', ['-tanHi']);

// The first rounds fill the table and let V8 compile.
await takeTurns(10, {merged, discarded});
const figures: SampleFigures = {
	againstDiscarding: await takeTurns(rounds, {merged, discarded}),
	againstSs: await takeTurns(rounds, {merged, ss}),
	sockets: table.size,
	bytes: discardSample(socket),
};
process.stdout.write(JSON.stringify(figures));
