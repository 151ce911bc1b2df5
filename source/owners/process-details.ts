/**
What /proc tells of a process beyond its name: read when somebody asks, and only for the processes that are asked for.
*/
import type {Owner} from './owner.js';

export type ProcessDetails = {
	/** Arguments with blanks between them, as they are: escape them before they reach a terminal. Absent for kernel threads and what has ended. */
	readonly commandLine?: string;
	/** Effective user; root for processes that do not let themselves be inspected. */
	readonly uid?: number;
};

/** Reads one process, with its start in clock ticks since that of the machine; undefined when it is gone. */
export type ReadProcess = (pid: number) => ReadResult | undefined;

export type ReadResult = ProcessDetails & {
	readonly name: string;
	readonly startTime: number;
	/** Number of the parent; 0, or absent, for none that can be seen. */
	readonly parent?: number;
};

/** Programs change their command lines to say what they do (`postgres: app idle`), so that what is known grows old. Milliseconds. */
const freshness = 2000;

/** Processes that are remembered; at more, all are forgotten. */
const mostRemembered = 10_000;

/**
The details of those who hold sockets. What was learnt of a process stays known when it has ended. A process that has got the number of another is told
from it by its start, and by its name.

@param read
@param now A clock in milliseconds.
*/
export const createProcessDetails = (read: ReadProcess, now: () => number): ((owner: Owner) => ProcessDetails | undefined) => {
	const known = new Map<string, {readonly details: ProcessDetails | undefined; readonly readAt: number}>();
	return ({pid, name, startTime}) => {
		const key = `${pid} ${startTime} ${name}`;
		const before = known.get(key);
		const moment = now();
		if (before !== undefined && moment - before.readAt < freshness) {
			return before.details;
		}

		const found = read(pid);
		const isSame = found?.name === name && (startTime === undefined || found.startTime === startTime);
		const details = isSame ? found : before?.details;
		if (known.size >= mostRemembered) {
			known.clear();
		}

		known.set(key, {details, readAt: moment});
		return details;
	};
};

/** The name that threads of Node.js give to the main one, whatever the program. */
const uselessName = 'MainThread';

/**
What to call a process where people read it: its name, but the program's (`node`) where that says nothing. JSON keeps what the kernel and `ss` say.
*/
export const shownName = ({name, pid, ...rest}: Owner, detailsOf: ((owner: Owner) => ProcessDetails | undefined) | undefined): string => {
	const program = name === uselessName ? detailsOf?.({name, pid, ...rest})?.commandLine?.split(' ', 1)[0].split('/').at(-1) : undefined;
	return program === undefined || program === '' ? name : program;
};
