import {absent} from '../columns/columns.js';

/** The times of the last samples, so that a socket needs but count the samples since something has been so. */
export type Looks = {
	/** Takes the time of a sample. */
	readonly add: (now: number) => void;
	/** Milliseconds from the first to the last of so many samples, the last ones. */
	readonly elapsed: (looks: number) => number;
	/** Samples that are remembered. */
	readonly most: number;
};

/** As many as fit into a column of one byte. */
const most = absent.u8 - 1;

export const createLooks = (): Looks => {
	const times = new Float64Array(most);
	let last = -1;
	return {
		most,
		add(now) {
			last = (last + 1) % most;
			times[last] = now;
		},
		elapsed: looks => looks < 1 ? 0 : times[last] - times[(last - Math.min(looks, most) + 1 + most) % most],
	};
};
