import {setTimeout as delay} from 'node:timers/promises';

/** Milliseconds between two checks, and before waiting ends. */
const [pause, timeout] = [10, 90_000] as const;

/**
Waits for a condition that has no event, by checking it repeatedly.

@param what Names the condition in the error. A function is called when the time is over, and can say what is missing.
*/
export const until = async (isMet: () => boolean, what: string | (() => string)): Promise<void> => {
	const deadline = performance.now() + timeout;
	while (!isMet()) {
		if (performance.now() > deadline) {
			throw new Error(`timeout while waiting for ${typeof what === 'string' ? what : what()}`);
		}

		await delay(pause);
	}
};
