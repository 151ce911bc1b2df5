import {absent} from '../columns/columns.js';

/** The times of the last samples. With them, a socket only needs to count the samples since a problem appeared. */
export type SampleTimes = {
	/** Adds the time of a sample. */
	readonly add: (now: number) => void;
	/** Milliseconds from the first to the last of the latest `samples` samples. */
	readonly elapsed: (samples: number) => number;
	/** Number of samples that are remembered. */
	readonly maxSamples: number;
};

/** As many as fit into a one-byte column. */
const maxSamples = absent.u8 - 1;

export const createSampleTimes = (): SampleTimes => {
	const times = new Float64Array(maxSamples);
	let last = -1;
	return {
		maxSamples,
		add(now) {
			last = (last + 1) % maxSamples;
			times[last] = now;
		},
		elapsed: samples => samples < 1 ? 0 : times[last] - times[(last - Math.min(samples, maxSamples) + 1 + maxSamples) % maxSamples],
	};
};
