/** Compares a sample with health problems with one without. Prints the CPU time of each round, in ms, as JSON. */
import process from 'node:process';
import {healthColumns} from '../../source/table/health/columns.js';
import {cpuOf} from '../measure/cpu.js';
import {takeTurns} from '../measure/statistics.js';
import {createSampledTable} from './sampled-table.js';

export type HealthFigures = {readonly judged: readonly number[]; readonly merged: readonly number[]};

const rounds = Number(process.argv[2]);
/** Two tables, because their columns differ. */
const [plain, withHealth] = [createSampledTable(), createSampledTable(new Set(healthColumns))];
const measurements = {
	judged: async (): Promise<number> => cpuOf(withHealth.sample),
	merged: async (): Promise<number> => cpuOf(plain.sample),
};

// The first rounds fill the tables and let V8 compile.
await takeTurns(10, measurements);
const figures: HealthFigures = await takeTurns(rounds, measurements);
process.stdout.write(JSON.stringify(figures));
