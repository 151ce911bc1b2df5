/** What /proc tells of a program that waits for its terminal. */
import fs from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';

/** What epoll(7) tells that a descriptor can be written. */
const writable = 4;

/** What a reading gives; descriptors are closed while one looks. */
const orNothing = (read: () => string): string => {
	try {
		return read();
	} catch {
		return '';
	}
};

/** Whether a process has more for its terminal than that takes, and waits until it takes more. */
export const isHeldUp = (pid: number): boolean => {
	const targetOf = (descriptor: string): string => orNothing(() => fs.readlinkSync(`/proc/${pid}/fd/${descriptor}`));
	return fs.readdirSync(`/proc/${pid}/fd`)
		.filter(descriptor => targetOf(descriptor) === 'anon_inode:[eventpoll]')
		.flatMap(epoll => orNothing(() => fs.readFileSync(`/proc/${pid}/fdinfo/${epoll}`, 'utf8')).matchAll(/^tfd:\s*(?<descriptor>\d+)\s+events:\s*(?<events>[\da-f]+)/gmv).toArray())
		.some(({groups: {descriptor = '', events = '0'} = {}}) => (Number.parseInt(events, 16) & writable) !== 0 && targetOf(descriptor).startsWith('/dev/pts/'));
};

/** Milliseconds between two looks, and until nobody waits any longer. */
const [pause, patience] = [10, 90_000] as const;

/**
Waits until a condition is met of which no event tells.

@param isMet Asked again and again.
@param what What is waited for, for the message.
*/
export const until = async (isMet: () => boolean, what: string): Promise<void> => {
	const start = performance.now();
	while (!isMet()) {
		if (performance.now() - start > patience) {
			throw new Error(`Waited in vain for ${what}.`);
		}

		await wait(pause);
	}
};
