/** Compares one sample with receiving and discarding the same answers, and with `ss`. Prints the CPU time of each round, in ms, as JSON. There is one table, as in the program. */
import process from 'node:process';
import {openDiagSocket} from '../../source/netlink/diag-socket.js';
import {cpuOf, cpuOfCommand} from '../measure/cpu.js';
import {takeTurns} from '../measure/statistics.js';
import {discardSample} from './discard-sample.js';
import {createSampledTable} from './sampled-table.js';

export type SampleFigures = {
	readonly againstDiscarding: {readonly merged: readonly number[]; readonly discarded: readonly number[]};
	readonly againstSs: {readonly merged: readonly number[]; readonly discarded: readonly number[]; readonly ss: readonly number[]};
	readonly sockets: number;
	readonly bytes: number;
};

const rounds = Number(process.argv[2]);
const {table, sample} = createSampledTable();
const socket = openDiagSocket();

const merged = async (): Promise<number> => cpuOf(sample);
const discarded = async (): Promise<number> => cpuOf(() => discardSample(socket));
const ss = (): number => cpuOfCommand('ss', ['-tanHi']);

// The first rounds fill the table and let V8 compile.
await takeTurns(10, {merged, discarded});
const figures: SampleFigures = {
	againstDiscarding: await takeTurns(rounds, {merged, discarded}),
	againstSs: await takeTurns(rounds, {merged, discarded, ss}),
	sockets: table.size,
	bytes: discardSample(socket),
};
process.stdout.write(JSON.stringify(figures));
