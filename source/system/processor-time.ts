import process from 'node:process';
import type {ThreadWork, Yielder} from '../parts/parts.js';

/** Processor time of this thread in milliseconds (Node.js 23.9 and later), else clock time, which makes samples look expensive on a busy machine. */
export const processorTime = (): number => {
	const {threadCpuUsage} = process as {threadCpuUsage?: () => {user: number; system: number}};
	if (threadCpuUsage === undefined) {
		return performance.now();
	}

	const {user, system} = threadCpuUsage.call(process);
	return (user + system) / 1000;
};

/** A clock that stops while the measured work yields, and counts what another thread does for it. */
export type WorkClock = {
	/** Milliseconds of processor time. */
	readonly now: () => number;
	/** Wraps a yielder so that the clock stops while the work yields. */
	readonly stopWhile: (yieldNow: Yielder) => Yielder;
};

/** @param time Milliseconds of processor time; passed in by tests. */
export const createWorkClock = (time = processorTime): WorkClock => {
	let yielded = 0;
	const waitFor = async (otherWork: Promise<unknown>, threadWork: ThreadWork | undefined): Promise<void> => {
		const start = time();
		await otherWork;
		const inThread = await threadWork ?? 0;
		yielded += time() - start - inThread;
	};

	return {
		now: () => time() - yielded,
		stopWhile: yieldNow => (threadWork): Promise<void> | undefined => {
			const otherWork = yieldNow(threadWork);
			return otherWork && waitFor(otherWork, threadWork);
		},
	};
};
