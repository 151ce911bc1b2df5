/** Detects in /proc that a program waits for its terminal. */
import fs from 'node:fs';

/** EPOLLOUT of epoll(7). */
const writable = 4;

/** Returns the result of a read, or an empty text if it fails, because descriptors may be closed meanwhile. */
const orNothing = (read: () => string): string => {
	try {
		return read();
	} catch {
		return '';
	}
};

/** Whether a process waits until its terminal accepts more output. */
export const isHeldUp = (pid: number): boolean => {
	const targetOf = (descriptor: string): string => orNothing(() => fs.readlinkSync(`/proc/${pid}/fd/${descriptor}`));
	return fs.readdirSync(`/proc/${pid}/fd`)
		.filter(descriptor => targetOf(descriptor) === 'anon_inode:[eventpoll]')
		.flatMap(epoll => orNothing(() => fs.readFileSync(`/proc/${pid}/fdinfo/${epoll}`, 'utf8')).matchAll(/^tfd:\s*(?<descriptor>\d+)\s+events:\s*(?<events>[\da-f]+)/gmv).toArray())
		.some(({groups: {descriptor = '', events = '0'} = {}}) => (Number.parseInt(events, 16) & writable) !== 0 && targetOf(descriptor).startsWith('/dev/pts/'));
};
