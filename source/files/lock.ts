/* eslint-disable no-await-in-loop -- Whoever waits looks again and again. */
/**
A lock between processes that change the same file. It is a file with a queue: each process appends a line with its ticket, and the first whose process is still
there has the lock until it removes the file; all others then queue up anew. A killed process leaves only a line that counts for nothing: where locks are removed
because their owners are gone, two processes can do so at once.
*/
import fs from 'node:fs';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {parseProcessStat} from '../owners/process-stat.js';
import {readBoundedDescriptor} from './read-file.js';

/** Milliseconds between two looks, and after which nobody waits any longer: a change takes a few milliseconds. */
const pause = 5;
const defaultPatience = 10_000;

/** Milliseconds after which the ticket of another machine or container counts for nothing: whether its process is there cannot be seen. */
const foreignTicketTime = 60_000;

/** Bytes of a queue; a line has about 100. */
const longestQueue = 1_000_000;

const {
	O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK,
} = fs.constants;

/** When a process began, in clock ticks since boot; with its number it is unique. Empty where there is none. */
const startTimeOf = (pid: string): string => {
	try {
		return String(parseProcessStat(fs.readFileSync(`/proc/${pid}/stat`))?.startTime ?? '');
	} catch {
		return '';
	}
};

/** Where numbers of processes mean the same: this boot of this machine, and in it a PID namespace. Empty where there is no /proc. */
const readNumbering = (): string => {
	try {
		return `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${fs.statSync('/proc/self/ns/pid').ino}`;
	} catch {
		return '/';
	}
};

const decoder = new TextDecoder();

let tickets = 0;

const createTicket = (): string => {
	tickets++;
	const pid = String(process.pid);
	return [readNumbering(), pid, startTimeOf(pid), Date.now(), tickets].join('/');
};

const isValid = (ticket: string): boolean => {
	const [boot, namespace, pid, startTime, created] = ticket.split('/', 5);
	return startTime !== '' && `${boot}/${namespace}` === readNumbering()
		? startTimeOf(pid) === startTime
		: Math.abs(Date.now() - Number(created)) < foreignTicketTime;
};

/** What a line begins with of which the ticket has been withdrawn. */
const withdrawn = '-';

const isFirst = (queue: string, ticket: string): boolean => {
	const lines = queue.split('\n');
	const gone = new Set(lines.filter(line => line.startsWith(withdrawn)).map(line => line.slice(withdrawn.length)));
	return lines.find(line => line === ticket || (line !== '' && !line.startsWith(withdrawn) && !gone.has(line) && isValid(line))) === ticket;
};

/** Whether a path still leads to an open file. */
const isSameFile = (descriptor: number, file: string): boolean => {
	const {dev, ino} = fs.fstatSync(descriptor);
	const found = fs.lstatSync(file, {throwIfNoEntry: false});
	return found?.dev === dev && found.ino === ino;
};

/**
Queues up once.

@returns `locked`; `removed` where another process, which had the lock, has removed the queue; `busy` where it did not by the deadline.
*/
const queueUp = async (descriptor: number, file: string, deadline: number): Promise<'locked' | 'removed' | 'busy'> => {
	const ticket = createTicket();
	fs.writeSync(descriptor, `${ticket}\n`);
	for (;;) {
		// The queue before the path: whoever removes it has the lock until then.
		const isNext = isFirst(decoder.decode(readBoundedDescriptor(descriptor, {most: longestQueue})), ticket);
		if (!isSameFile(descriptor, file)) {
			return 'removed';
		}

		if (isNext) {
			return 'locked';
		}

		if (performance.now() > deadline) {
			fs.writeSync(descriptor, `${withdrawn}${ticket}\n`);
			return 'busy';
		}

		await delay(pause);
	}
};

/**
Does something while no other process does it under the same lock.

@param file The lock, which is there only as long as it is needed. Its folder must exist.
@param body What to do.
@param patience Milliseconds after which it is given up.
@throws Error where other processes keep the lock for too long; what `body` throws.
*/
export const withLock = async <Result>(file: string, body: () => Result, patience = defaultPatience): Promise<Result> => {
	const deadline = performance.now() + patience;
	for (;;) {
		const descriptor = fs.openSync(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
		try {
			const outcome = await queueUp(descriptor, file, deadline);
			if (outcome === 'busy') {
				throw new Error(`another process has held ${file} for ${patience / 1000} seconds`);
			}

			if (outcome === 'locked') {
				try {
					return body();
				} finally {
					fs.rmSync(file, {force: true});
				}
			}
		} finally {
			fs.closeSync(descriptor);
		}
	}
};
