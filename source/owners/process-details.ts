/**
Details of a process beyond its name, read from /proc on demand.
*/
import type {Owner} from './owner.js';

export type ProcessDetails = {
	/** Arguments separated by blanks, not escaped. Absent for kernel threads and ended processes. */
	readonly commandLine?: string;
	/** Effective user id; root for processes that are not dumpable. */
	readonly uid?: number;
};

/** Reads one process; undefined if it is gone. */
export type ReadProcess = (pid: number) => ReadResult | undefined;

export type ReadResult = ProcessDetails & {
	readonly name: string;
	/** Start time in clock ticks since boot. */
	readonly startTime: number;
	/** Pid of the parent; 0 or absent if no parent is visible. */
	readonly parent?: number;
};

/** Milliseconds before a process is read again, because programs show their status in the command line (`postgres: app idle`). */
const maximumAge = 2000;

/** Limit of cached processes. When it is reached, the cache is cleared. */
const maximumCached = 10_000;

/**
Looks up the details of owners. The details of a process stay known after its end. Start time and name distinguish it from later processes with the same pid.

@param now A clock in milliseconds.
*/
export const createProcessDetails = (read: ReadProcess, now: () => number): ((owner: Owner) => ProcessDetails | undefined) => {
	const known = new Map<string, {readonly details: ProcessDetails | undefined; readonly readAt: number}>();
	return ({pid, name, startTime}) => {
		const key = `${pid} ${startTime} ${name}`;
		const cached = known.get(key);
		const time = now();
		if (cached !== undefined && time - cached.readAt < maximumAge) {
			return cached.details;
		}

		const found = read(pid);
		const isSame = found?.name === name && (startTime === undefined || found.startTime === startTime);
		const details = isSame ? found : cached?.details;
		if (known.size >= maximumCached) {
			known.clear();
		}

		known.set(key, {details, readAt: time});
		return details;
	};
};

/** The name that Node.js gives to its main thread, in every program. */
const genericName = 'MainThread';

/**
The name of a process to show to people: its own, or the program's (`node`) if its own says nothing. JSON has the name that the kernel and `ss` report.
*/
export const shownName = ({name, pid, ...rest}: Owner, detailsOf: ((owner: Owner) => ProcessDetails | undefined) | undefined): string => {
	const program = name === genericName ? detailsOf?.({name, pid, ...rest})?.commandLine?.split(' ', 1)[0].split('/').at(-1) : undefined;
	return program === undefined || program === '' ? name : program;
};
