import {setImmediate as nextTurn} from 'node:timers/promises';
import type {ThreadWork, Yielder} from './parts.js';

/** Maximum milliseconds that work may run without yielding: a sample of 100,000 sockets takes 0.1 s, and no key may wait that long. */
export const maxSlice = 8;

/**
Creates a function that makes long work yield to keys, timers and other events.

@param milliseconds How long the work may run without yielding.
@param until Other work that must be finished before this work goes on. Undefined if there is none.
*/
export const createYielder = (milliseconds = maxSlice, until?: Yielder): Yielder => {
	let since = performance.now();
	const yieldNow = async (threadWork?: ThreadWork): Promise<void> => {
		// The turn comes last: what follows another thread's work would run in the same round of the event loop as the next turn, so that a key waited twice as long.
		await threadWork;
		await nextTurn();
		await until?.();
		since = performance.now();
	};

	return (threadWork): Promise<void> | undefined => threadWork === undefined && performance.now() - since < milliseconds ? undefined : yieldNow(threadWork);
};
