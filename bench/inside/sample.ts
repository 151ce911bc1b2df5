/** Compares one sample with receiving and discarding the same answers, and with `ss`. Prints the CPU time of each round, in ms, as JSON. */
import process from 'node:process';
import {openDiagSocket} from '../../source/netlink/diag-socket.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import type {SocketReader} from '../../source/sources/source.js';
import type {OptionalColumn} from '../../source/table/columns/columns.js';
import {healthColumns} from '../../source/table/health/columns.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {cpuOf, cpuOfCommand} from '../measure/cpu.js';
import {takeTurns} from '../measure/statistics.js';
import {discardSample} from './discard-sample.js';

export type SampleFigures = {
	readonly againstDiscarding: {readonly merged: readonly number[]; readonly discarded: readonly number[]};
	/** With health problems and without. */
	readonly judging: {readonly judged: readonly number[]; readonly merged: readonly number[]};
	readonly againstSs: {readonly merged: readonly number[]; readonly discarded: readonly number[]; readonly ss: readonly number[]};
	readonly sockets: number;
	readonly bytes: number;
};

const rounds = Number(process.argv[2]);
const table = new SocketTable();
const source = createNetlinkSource(table, {hasBoundInactive: false});
const socket = openDiagSocket();

/** A separate table, because its wanted columns differ. */
const judgedTable = new SocketTable();
const judgedSource = createNetlinkSource(judgedTable, {hasBoundInactive: false});
const healthColumnsOnly = new Set<OptionalColumn>(healthColumns);
judgedTable.setOptionalColumns(healthColumnsOnly);

const sampleInto = async (into: SocketTable, from: SocketReader, columns: ReadonlySet<OptionalColumn>): Promise<void> => {
	into.begin(performance.now());
	const {complete, problems} = await from.sample(into, {columns});
	if (problems.length > 0) {
		throw new Error(problems.join('; '));
	}

	into.end(complete);
};

const merged = async (): Promise<number> => cpuOf(async () => sampleInto(table, source, new Set()));
const judged = async (): Promise<number> => cpuOf(async () => sampleInto(judgedTable, judgedSource, healthColumnsOnly));
const discarded = async (): Promise<number> => cpuOf(() => discardSample(socket));
const ss = (): number => cpuOfCommand('ss', ['-tanHi']);

// The first rounds fill the table and let V8 compile.
await takeTurns(10, {merged, judged, discarded});
const figures: SampleFigures = {
	againstDiscarding: await takeTurns(rounds, {merged, discarded}),
	judging: await takeTurns(rounds, {judged, merged}),
	againstSs: await takeTurns(rounds, {merged, discarded, ss}),
	sockets: table.size,
	bytes: discardSample(socket),
};
process.stdout.write(JSON.stringify(figures));
