import {setImmediate as nextTurn} from 'node:timers/promises';

/**
Makes long work give way to the messages that have come: a sample of 100,000 sockets takes a tenth of a second, and no key may wait for it.

@param milliseconds How long the work may go on before others get a turn.
@returns To be asked now and then: undefined, or a promise for the end of the others' turn.
*/
export const createRest = (milliseconds: number): (() => Promise<void> | undefined) => {
	let since = performance.now();
	return async () => performance.now() - since < milliseconds ? undefined : rest();

	async function rest(): Promise<void> {
		await nextTurn();
		since = performance.now();
	}
};
