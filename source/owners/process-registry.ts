import {createKnownProcess, type KnownProcess} from './known-process.js';
import type {Proc, OpenProcess} from './proc.js';
import type {ProcessNumbers} from './process-numbers.js';
import type {Recorder} from './recorder.js';

/** How many updates later a new process is read again, twice. */
const firstReread = 1;
const secondReread = 8;

/** The known processes. */
export type ProcessRegistry = {
	/** Lists the processes again if some may have started or ended. */
	readonly refresh: (update: number) => void;
	readonly all: () => IteratorObject<KnownProcess, undefined>;
	readonly size: number;
	/** The process with an index. */
	readonly at: (index: number) => KnownProcess | undefined;
	/** The number of a process in the owner sets. */
	readonly numberOf: (process: KnownProcess) => number;
	/**
	Opens a process and verifies that it is still the same one.

	@returns Undefined if it is gone; then its holdings are removed.
	*/
	readonly open: (process: KnownProcess) => OpenProcess | undefined;
	/** The update in which a new process must be read again; 0 for never. */
	readonly nextReread: (process: KnownProcess) => number;
	/** Whether any process is hidden or its descriptors are not readable. */
	readonly hidesSome: () => boolean;
};

type Options = {
	readonly proc: Proc;
	readonly numbers: ProcessNumbers;
	readonly recorder: Recorder;
};

export const createProcessRegistry = ({proc, numbers, recorder}: Options): ProcessRegistry => {
	const byPid = new Map<number, KnownProcess>();
	const byIndex: Array<KnownProcess | undefined> = [];
	const free: number[] = [];
	let version = '';
	let hasHiddenProcesses = false;
	let update = 0;

	const register = (pid: number): void => {
		const stat = proc.stat(pid);
		if (stat === undefined) {
			return;
		}

		const process = createKnownProcess(pid, free.pop() ?? byIndex.length, update);
		process.uid = stat.uid;
		process.count = stat.count;
		byIndex[process.index] = process;
		byPid.set(pid, process);
	};

	const unpin = (process: KnownProcess): void => {
		if (process.number === 0) {
			return;
		}

		numbers.unpin(process.number);
		process.number = 0;
	};

	const drop = (process: KnownProcess): void => {
		recorder.clear(process);
		unpin(process);
		byPid.delete(process.pid);
		byIndex[process.index] = undefined;
		free.push(process.index);
	};

	const rename = (process: KnownProcess, name: string): void => {
		if (process.name === name) {
			return;
		}

		unpin(process);
		process.name = name;
		recorder.touchAll(process);
	};

	return {
		refresh(current) {
			update = current;
			const newVersion = proc.version();
			if (newVersion !== '' && newVersion === version) {
				return;
			}

			const pids = proc.pids();
			if (pids === undefined) {
				return;
			}

			version = newVersion;
			for (const pid of pids) {
				const process = byPid.get(pid);
				if (process === undefined) {
					register(pid);
				} else {
					process.lastListedIn = update;
				}
			}

			for (const process of byPid.values()) {
				if (process.lastListedIn !== update) {
					drop(process);
				}
			}

			// Every PID namespace has a process 1. If it is not visible, /proc is mounted with hidepid=2.
			hasHiddenProcesses = !byPid.has(1);
		},
		all: () => byPid.values(),
		get size() {
			return byPid.size;
		},
		at: index => byIndex[index],
		numberOf(process) {
			if (process.number === 0) {
				process.number = numbers.numberOf(process.pid, process.name, process.startTime);
				numbers.pin(process.number);
			}

			return process.number;
		},
		open(process) {
			const opened = proc.open(process.pid);
			const startTime = opened?.identity?.startTime;
			const isAnother = startTime !== undefined && !Number.isNaN(process.startTime) && process.startTime !== startTime;
			if (opened === undefined || isAnother) {
				opened?.close();
				drop(process);
				if (isAnother) {
					register(process.pid);
				}

				return undefined;
			}

			const {identity} = opened;
			// Kernel threads and zombies hold no descriptors.
			process.isDenied = opened.isDenied && identity?.isKernelThread !== true && identity?.isZombie !== true;
			process.uid = opened.uid;
			if (identity !== undefined) {
				process.startTime = identity.startTime;
				rename(process, identity.name);
			}

			return opened;
		},
		nextReread({firstListedIn}) {
			return firstListedIn === 1 ? 0 : [firstReread, secondReread].map(age => firstListedIn + age).find(due => due > update) ?? 0;
		},
		hidesSome() {
			return hasHiddenProcesses || hasDenied(byPid.values());
		},
	};
};

const hasDenied = (processes: Iterable<KnownProcess>): boolean => {
	for (const process of processes) {
		if (process.isDenied) {
			return true;
		}
	}

	return false;
};
