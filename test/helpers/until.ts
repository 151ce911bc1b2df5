import {setTimeout as delay} from 'node:timers/promises';

/** Waits for a condition outside this process by checking it repeatedly. */
export const until = async (isMet: () => boolean, what: string, timeout = 90_000): Promise<void> => {
	const deadline = performance.now() + timeout;
	while (!isMet()) {
		if (performance.now() > deadline) {
			throw new Error(`timeout while waiting for ${what}`);
		}

		await delay(50);
	}
};
