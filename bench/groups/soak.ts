import {startScene} from '../../test/helpers/namespace.js';
import {runSecluded} from '../inside/run-inside.js';
import type {SoakFigures, SoakPoint} from '../inside/soak.js';
import {median} from '../measure/statistics.js';
import type {Group, Row} from '../row.js';

/** The number of measurements. */
const points = 40;

/** The samples of a day, one per second. */
const day = 86_400;

/** The growth of a figure per sample: the slope of a linear regression (least squares). */
export const slopeOf = (measured: readonly SoakPoint[], figure: keyof SoakPoint): number => {
	const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
	const at = mean(measured.map(({ticks}) => ticks));
	const value = mean(measured.map(point => point[figure]));
	const covariance = measured.reduce((sum, point) => sum + (point.ticks - at) * (point[figure] - value), 0);
	return covariance / measured.reduce((sum, {ticks}) => sum + (ticks - at) ** 2, 0);
};

/** Engine and screen over many samples, at high speed. Takes minutes. */
export const soak: Group = {
	name: 'soak',
	isOnRequest: true,
	async run({ticks}, log) {
		log(`taking ${ticks} samples while connections open and close and keys are typed`);
		const scene = await startScene();
		try {
			const figures = await runSecluded<SoakFigures>(scene, 'soak.ts', [String(ticks), String(points)]);
			return rowsOf(figures);
		} finally {
			await scene.stop();
		}
	},
};

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`;

const rowsOf = ({points: measured, bytes, frames, opened, seconds}: SoakFigures): readonly Row[] => {
	// In the first half, the journal, caches and compiled code grow to their limits.
	const secondHalf = measured.slice(Math.floor(measured.length / 2));
	const last = secondHalf.at(-1) ?? measured[0];
	const first = secondHalf[0];
	const summary = `${last.ticks} samples in ${seconds.toFixed(0)} s, ${opened} sockets seen, ${frames} writes, ${(bytes / 1e6).toFixed(0)} MB to the terminal`;
	const growth = (figure: 'heap' | 'external', what: string): Row => ({
		what,
		against: 'the second half of the soak; a day has 86,400 samples',
		budget: 100,
		unit: 'bytes',
		value: slopeOf(secondHalf, figure),
		detail: `${kilobytes(first[figure])} to ${kilobytes(last[figure])}: ${(slopeOf(secondHalf, figure) * day / 1e6).toFixed(1)} MB per day`,
	});
	const flat = (figure: 'handles' | 'descriptors' | 'resident', what: string, budget: number): Row => {
		const before = median(secondHalf.slice(0, Math.ceil(secondHalf.length / 2)).map(point => point[figure]));
		const after = median(secondHalf.slice(Math.floor(secondHalf.length / 2)).map(point => point[figure]));
		return {
			what, against: 'the third quarter of the soak', budget, unit: 'ratio', value: after / before, detail: `${before.toFixed(0)} before, ${after.toFixed(0)} after`,
		};
	};

	return [
		{...growth('heap', 'heap after garbage collection, growth per sample'), detail: `${growth('heap', '').detail}; ${summary}`},
		growth('external', 'memory outside the heap, growth per sample'),
		flat('resident', 'resident memory in the last quarter, MB', 1.05),
		flat('handles', 'handles in the last quarter', 1),
		flat('descriptors', 'descriptors in the last quarter', 1),
	];
};
