import {setImmediate as nextTurn} from 'node:timers/promises';

/** Asked by long work between two of its parts: undefined, or a promise that must be awaited before the next one, because somebody else wants a turn. */
export type Yielder = () => Promise<void> | undefined;

/** Milliseconds that work may go on before others get a turn: a sample of 100,000 sockets takes a tenth of a second, and no key may wait for it. */
export const longestSlice = 8;

/**
Makes long work yield to keys, timers and all else that has come.

@param milliseconds How long the work may go on before others get a turn.
@param until What must have ended before the work goes on; undefined for nothing.
*/
export const createYielder = (milliseconds = longestSlice, until?: Yielder): Yielder => {
	let since = performance.now();
	const yieldNow = async (): Promise<void> => {
		await nextTurn();
		await until?.();
		since = performance.now();
	};

	return (): Promise<void> | undefined => performance.now() - since < milliseconds ? undefined : yieldNow();
};
