import type {Ratio} from './measure/statistics.js';

/** One figure of the report. */
export type Row = {
	readonly what: string;
	/** What it is compared with. */
	readonly against: string;
	/** The limit of the figure. */
	readonly budget: number;
	readonly unit: 'ratio' | 'ms' | 'MB' | 'bytes';
	readonly value: number;
	/** The range of half of the rounds; absent for a single measurement. */
	readonly spread?: {readonly low: number; readonly high: number};
	/** The measured values, in words. */
	readonly detail: string;
	/** The smallest figure that any program in place of conntop would get, measured in the same run; `made` says what it consists of. */
	readonly floor?: {readonly value: number; readonly made: string};
};

export const ratioRow = (row: Omit<Row, 'unit' | 'value' | 'spread'> & {readonly ratio: Ratio}): Row => {
	const {ratio: {value, low, high}, ...rest} = row;
	return {
		...rest, unit: 'ratio', value, spread: {low, high},
	};
};

/** The sizes of the loads. */
export type Size = {
	/** Sockets for budgets with 100,000. */
	readonly many: number;
	/** Sockets for budgets with 1,000. */
	readonly few: number;
	/** Sockets for budgets with one million. */
	readonly table: number;
	/** Rounds of measurements that take turns. */
	readonly rounds: number;
	/** Seconds to watch the live view. */
	readonly seconds: number;
	/** Number of keys typed. */
	readonly keys: number;
	/** Samples of the soak test. */
	readonly ticks: number;
};

export const fullSize: Size = {
	many: 100_000, few: 1000, table: 1_000_000, rounds: 15, seconds: 20, keys: 300, ticks: 20_000,
};

export const quickSize: Size = {
	many: 5000, few: 500, table: 50_000, rounds: 3, seconds: 3, keys: 20, ticks: 600,
};

/** Rows that are measured together. */
export type Group = {
	/** Selects the group on the command line. */
	readonly name: string;
	/** Whether it is measured only if it is named, because it takes minutes and gigabytes. */
	readonly isOnRequest?: boolean;
	/** Measures the rows. `log` reports progress. */
	readonly run: (size: Size, log: (step: string) => void) => Promise<readonly Row[]>;
};
