/**
Numbers processes, so that lists of owners are lists of numbers. Pid, name and start time determine the number. It changes after exec, because the name does, and
when the kernel reuses a pid, because the start time differs.
*/
export type ProcessNumbers = {
	/** Returns a number from 1. The start time is in clock ticks since boot, NaN if not known. */
	readonly numberOf: (pid: number, name: string, startTime: number) => number;
	readonly pid: (process: number) => number;
	readonly name: (process: number) => string;
	readonly startTime: (process: number) => number;
	/** Keeps a number even if no list uses it, until `unpin` is called as often. */
	readonly pin: (process: number) => void;
	readonly unpin: (process: number) => void;
	/** Frees the numbers that are neither pinned nor used. */
	readonly sweep: (isUsed: (process: number) => boolean) => void;
	readonly size: number;
};

type Entry = {readonly pid: number; readonly name: string; readonly startTime: number; pins: number};

export const createProcessNumbers = (): ProcessNumbers => {
	const entries: Array<Entry | undefined> = [undefined];
	const free: number[] = [];
	/** Numbers by pid. There are several if a process changed its name or a pid was reused. */
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

	const release = (number: number, {pid}: Entry): void => {
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
					release(number, entry);
				}
			}
		},
		get size() {
			return entries.length - 1 - free.length;
		},
	};
};
