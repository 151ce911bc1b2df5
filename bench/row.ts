import type {Ratio} from './measure/statistics.js';

/** One figure of the report. */
export type Row = {
	readonly what: string;
	/** What it is measured against. */
	readonly against: string;
	/** What the figure must not exceed. */
	readonly budget: number;
	readonly unit: 'ratio' | 'MB' | 'bytes';
	readonly value: number;
	/** Where half of the rounds lie; absent for a single measurement. */
	readonly spread?: {readonly low: number; readonly high: number};
	/** The figures behind it, in words. */
	readonly detail: string;
};

export const ratioRow = (row: Omit<Row, 'unit' | 'value' | 'spread'> & {readonly ratio: Ratio}): Row => {
	const {ratio: {value, low, high}, ...rest} = row;
	return {
		...rest, unit: 'ratio', value, spread: {low, high},
	};
};

/** How large the loads are. `--quick` makes a smoke test of it. */
export type Size = {
	/** Sockets where the budget speaks of 100,000. */
	readonly many: number;
	/** Sockets where it speaks of 1,000. */
	readonly few: number;
	/** Sockets where it speaks of one million. */
	readonly table: number;
	/** Rounds of measurements that take turns. */
	readonly rounds: number;
	/** Seconds that the live view is watched. */
	readonly seconds: number;
	/** Keys typed. */
	readonly keys: number;
	/** Samples that the soak takes. */
	readonly ticks: number;
};

export const fullSize: Size = {
	many: 100_000, few: 1000, table: 1_000_000, rounds: 15, seconds: 20, keys: 300, ticks: 20_000,
};

export const quickSize: Size = {
	many: 5000, few: 500, table: 50_000, rounds: 3, seconds: 3, keys: 20, ticks: 600,
};

/** Rows that are measured together, by the name that picks them on the command line. */
export type Group = {
	readonly name: string;
	/** Whether it is measured only when it is named: it takes minutes, and gigabytes. */
	readonly isOnRequest?: boolean;
	readonly run: (size: Size, tell: (step: string) => void) => Promise<readonly Row[]>;
};
