import process from 'node:process';

/** Milliseconds of processor time of this thread (Node.js 23.9), or of the clock. On a busy machine the clock would make samples look expensive. */
export const processorTime = (): number => {
	const {threadCpuUsage} = process as {threadCpuUsage?: () => {user: number; system: number}};
	if (threadCpuUsage === undefined) {
		return performance.now();
	}

	const {user, system} = threadCpuUsage.call(process);
	return (user + system) / 1000;
};

/** Asked by long work between two of its parts: a promise must be awaited, because somebody else wants a turn. */
type Rest = (() => Promise<void> | undefined) | undefined;

/** Measures work that yields: what others do in the meantime does not count. */
export type Stopwatch = {
	/** To be asked in place of what was given. */
	readonly rest: Rest;
	/** Milliseconds of processor time so far. */
	readonly read: () => number;
};

/**
Starts to measure.

@param rest What the work asks between two of its parts.
@param now Milliseconds of processor time; passed in by tests.
*/
export const startStopwatch = (rest: Rest, now = processorTime): Stopwatch => {
	const started = now();
	let elsewhere = 0;
	const leave = async (resting: Promise<void>): Promise<void> => {
		const left = now();
		await resting;
		elsewhere += now() - left;
	};

	return {
		rest: rest && ((): Promise<void> | undefined => {
			const resting = rest();
			return resting && leave(resting);
		}),
		read: () => now() - started - elsewhere,
	};
};
