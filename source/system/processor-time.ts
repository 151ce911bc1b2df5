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

/** Asked by long work between two of its parts: a promise must be awaited before the next one, because somebody else wants a turn. */
type Yielder = () => Promise<void> | undefined;

/** A clock that goes on only while the work does that it measures. */
export type WorkClock = {
	/** Milliseconds of processor time. */
	readonly now: () => number;
	/** What the work has to ask in place of what was given: while it yields, the clock stands still. */
	readonly stopWhile: (yieldNow: Yielder) => Yielder;
};

/** @param time Milliseconds of processor time; passed in by tests. */
export const createWorkClock = (time = processorTime): WorkClock => {
	let elsewhere = 0;
	const waitFor = async (othersTurn: Promise<void>): Promise<void> => {
		const left = time();
		await othersTurn;
		elsewhere += time() - left;
	};

	return {
		now: () => time() - elsewhere,
		stopWhile: yieldNow => (): Promise<void> | undefined => {
			const othersTurn = yieldNow();
			return othersTurn && waitFor(othersTurn);
		},
	};
};
