import {setImmediate as nextTurn} from 'node:timers/promises';

/**
Makes long work yield to keys, timers and all else that has come: a sample of 100,000 sockets takes a tenth of a second, and no key may wait for it.

@param milliseconds How long the work may go on before others get a turn.
@returns To be asked now and then: undefined, or a promise for the end of the others' turn.
*/
export const createRest = (milliseconds: number): (() => Promise<void> | undefined) => {
	let since = performance.now();
	const rest = async (): Promise<void> => {
		await nextTurn();
		since = performance.now();
	};

	return (): Promise<void> | undefined => performance.now() - since < milliseconds ? undefined : rest();
};
