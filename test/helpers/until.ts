
import {setTimeout as delay} from 'node:timers/promises';

/** Waits for a condition outside this process, which nothing reports. */
export const until = async (isMet: () => boolean, what: string, timeout = 90_000): Promise<void> => {
	const deadline = performance.now() + timeout;
	while (!isMet()) {
		if (performance.now() > deadline) {
			throw new Error(`Waited in vain for ${what}`);
		}

		await delay(50);
	}
};
