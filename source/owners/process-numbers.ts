/**
Numbers for processes, so that lists of owners are lists of numbers. The same number of a process with the same name and start gives the same number here;
after exec the name differs, when the kernel gives the number to another process the start, and so does this number.
*/
export type ProcessNumbers = {
	/** From 1. The start is in clock ticks, NaN where it is not known. */
	readonly numberOf: (pid: number, name: string, startTime: number) => number;
	readonly pid: (process: number) => number;
	readonly name: (process: number) => string;
	readonly startTime: (process: number) => number;
	/** Keeps a number although no list uses it. Each pin needs an `unpin`. */
	readonly pin: (process: number) => void;
	readonly unpin: (process: number) => void;
	/** Forgets the numbers that are neither pinned nor used. */
	readonly sweep: (isUsed: (process: number) => boolean) => void;
	readonly size: number;
};

type Entry = {readonly pid: number; readonly name: string; readonly startTime: number; pins: number};

export const createProcessNumbers = (): ProcessNumbers => {
	const entries: Array<Entry | undefined> = [undefined];
	const free: number[] = [];
	/** Numbers by pid: one, but for a process that changed its name, and for those who had the pid one after the other. */
	const byPid = new Map<number, number[]>();

	const numberOf = (pid: number, name: string, startTime: number): number => {
		const known = byPid.get(pid);
		const found = known?.find(number => entries[number]?.name === name && Object.is(entries[number].startTime, startTime));
		if (found !== undefined) {
			return found;
		}

		const number = free.pop() ?? entries.length;
		entries[number] = {
			pid, name, startTime, pins: 0,
		};
		if (known === undefined) {
			byPid.set(pid, [number]);
		} else {
			known.push(number);
		}

		return number;
	};

	const forget = (number: number, {pid}: Entry): void => {
		const others = byPid.get(pid)?.filter(other => other !== number) ?? [];
		if (others.length === 0) {
			byPid.delete(pid);
		} else {
			byPid.set(pid, others);
		}

		entries[number] = undefined;
		free.push(number);
	};

	const addPins = (process: number, pins: number): void => {
		const entry = entries[process];
		if (entry !== undefined) {
			entry.pins += pins;
		}
	};

	return {
		numberOf,
		pid: process => entries[process]?.pid ?? 0,
		name: process => entries[process]?.name ?? '',
		startTime: process => entries[process]?.startTime ?? NaN,
		pin(process) {
			addPins(process, 1);
		},
		unpin(process) {
			addPins(process, -1);
		},
		sweep(isUsed) {
			for (const [number, entry] of entries.entries()) {
				if (entry?.pins === 0 && !isUsed(number)) {
					forget(number, entry);
				}
			}
		},
		get size() {
			return entries.length - 1 - free.length;
		},
	};
};
