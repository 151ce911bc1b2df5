/* eslint-disable no-await-in-loop -- Waiting polls the file. */
/**
A lock between processes that change the same file. The lock is a file that contains a queue: each process appends a line with its ticket. The first ticket whose
process exists has the lock until that process removes the file; then all others queue up again. The ticket of a killed process is ignored. Nobody removes a lock
whose owner is gone, because two processes could do that at the same time.
*/
import fs from 'node:fs';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {parseProcessStat} from '../owners/process-stat.js';
import {readBoundedDescriptor} from './read-file.js';

/** Milliseconds between two checks, and before waiting ends. A change takes a few milliseconds. */
const pause = 5;
const defaultTimeout = 10_000;

/** Milliseconds that a ticket of another machine or container is valid, because its process is not visible here. */
const foreignTicketLifetime = 60_000;

/** Limit of bytes of a queue. A line has about 100. */
const maximumQueueBytes = 1_000_000;

const {
	O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK,
} = fs.constants;

/** Start time of a process in clock ticks since boot, which is unique together with the pid. Empty if there is no such process. */
const startTimeOf = (pid: string): string => {
	try {
		return String(parseProcessStat(fs.readFileSync(`/proc/${pid}/stat`))?.startTime ?? '');
	} catch {
		return '';
	}
};

/** The scope in which pids are unique: boot id and PID namespace. `/` without /proc. */
const readPidScope = (): string => {
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
	return [readPidScope(), pid, startTimeOf(pid), Date.now(), tickets].join('/');
};

const isValid = (ticket: string): boolean => {
	const [boot, namespace, pid, startTime, created] = ticket.split('/', 5);
	return startTime !== '' && `${boot}/${namespace}` === readPidScope()
		? startTimeOf(pid) === startTime
		: Math.abs(Date.now() - Number(created)) < foreignTicketLifetime;
};

/** Prefix of a line that withdraws a ticket. */
const withdrawn = '-';

const isFirst = (queue: string, ticket: string): boolean => {
	const lines = queue.split('\n');
	const gone = new Set(lines.filter(line => line.startsWith(withdrawn)).map(line => line.slice(withdrawn.length)));
	return lines.find(line => line === ticket || (line !== '' && !line.startsWith(withdrawn) && !gone.has(line) && isValid(line))) === ticket;
};

/** Whether a path still refers to an open file. */
const isSameFile = (descriptor: number, file: string): boolean => {
	const {dev, ino} = fs.fstatSync(descriptor);
	const found = fs.lstatSync(file, {throwIfNoEntry: false});
	return found?.dev === dev && found.ino === ino;
};

/**
Queues up and waits for the lock.

@returns `locked`; `removed` if the process that had the lock has removed the queue; `busy` if it did not before the deadline.
*/
const queueUp = async (descriptor: number, file: string, deadline: number): Promise<'locked' | 'removed' | 'busy'> => {
	const ticket = createTicket();
	fs.writeSync(descriptor, `${ticket}\n`);
	for (;;) {
		// Read the queue before checking the path, because the process that removes the file has the lock until then.
		const isNext = isFirst(decoder.decode(readBoundedDescriptor(descriptor, {maxBytes: maximumQueueBytes})), ticket);
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
Runs a function while holding a lock and returns its result.

@param file The lock file, which exists only while it is needed. Its folder must exist.
@param timeout Milliseconds to wait for the lock.
@throws Error if other processes hold the lock for too long, and what `body` throws.
*/
export const withLock = async <Result>(file: string, body: () => Result, timeout = defaultTimeout): Promise<Result> => {
	const deadline = performance.now() + timeout;
	for (;;) {
		const descriptor = fs.openSync(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
		try {
			const outcome = await queueUp(descriptor, file, deadline);
			if (outcome === 'busy') {
				throw new Error(`another process has held ${file} for ${timeout / 1000} seconds`);
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
