import {createKnownProcess, type KnownProcess} from './known-process.js';
import type {Proc, Visit} from './proc.js';
import type {ProcessNumbers} from './process-numbers.js';
import type {Recorder} from './recorder.js';

/** A process that is born while the finder runs is looked at again so many updates later, and then once more. */
const firstRevisit = 1;
const secondRevisit = 8;

/** The processes that exist, as far as is known. */
export type ProcessRegistry = {
	/** Brings the list up to date where processes may have begun or ended. */
	readonly refresh: (update: number) => void;
	readonly all: () => Iterable<KnownProcess>;
	/** The process that a holding names. */
	readonly at: (place: number) => KnownProcess | undefined;
	/** Its number in the owner sets. */
	readonly numberOf: (process: KnownProcess) => number;
	/**
	Opens a process, having made sure that it is the one that is known.

	@returns Undefined when it is gone; what it held is forgotten then.
	*/
	readonly open: (process: KnownProcess) => Visit | undefined;
	/** When a young process that was looked at now is due again: 0 for never. */
	readonly nextRevisit: (process: KnownProcess) => number;
	/** Whether any process keeps its descriptors from us. */
	readonly hidesSome: () => boolean;
};

type Options = {
	readonly proc: Proc;
	readonly numbers: ProcessNumbers;
	readonly recorder: Recorder;
};

export const createProcessRegistry = ({proc, numbers, recorder}: Options): ProcessRegistry => {
	const byPid = new Map<number, KnownProcess>();
	const places: Array<KnownProcess | undefined> = [];
	const free: number[] = [];
	let pulse = '';
	let hasHiddenProcesses = false;
	let update = 0;

	const register = (pid: number): void => {
		const glance = proc.glance(pid);
		if (glance === undefined) {
			return;
		}

		const process = createKnownProcess(pid, free.pop() ?? places.length, update);
		process.uid = glance.uid;
		process.count = glance.count;
		places[process.place] = process;
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
		places[process.place] = undefined;
		free.push(process.place);
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
			const newPulse = proc.pulse();
			if (newPulse !== '' && newPulse === pulse) {
				return;
			}

			const pids = proc.pids();
			if (pids === undefined) {
				return;
			}

			pulse = newPulse;
			for (const pid of pids) {
				const process = byPid.get(pid);
				if (process === undefined) {
					register(pid);
				} else {
					process.listedIn = update;
				}
			}

			for (const process of byPid.values()) {
				if (process.listedIn !== update) {
					drop(process);
				}
			}

			// Every pid namespace has a process 1. Where it cannot be seen, /proc is mounted with hidepid=2.
			hasHiddenProcesses = !byPid.has(1);
		},
		all: () => byPid.values(),
		at: place => places[place],
		numberOf(process) {
			if (process.number === 0) {
				process.number = numbers.numberOf(process.pid, process.name, process.startTime);
				numbers.pin(process.number);
			}

			return process.number;
		},
		open(process) {
			const visit = proc.visit(process.pid);
			const startTime = visit?.identity?.startTime;
			const isAnother = startTime !== undefined && !Number.isNaN(process.startTime) && process.startTime !== startTime;
			if (visit === undefined || isAnother) {
				visit?.close();
				drop(process);
				if (isAnother) {
					register(process.pid);
				}

				return undefined;
			}

			const {identity} = visit;
			// What holds nothing hides nothing.
			process.isDenied = visit.isDenied && identity?.isKernelThread !== true && identity?.isZombie !== true;
			process.uid = visit.uid;
			if (identity !== undefined) {
				process.startTime = identity.startTime;
				rename(process, identity.name);
			}

			return visit;
		},
		nextRevisit({bornIn}) {
			return bornIn === 1 ? 0 : [firstRevisit, secondRevisit].map(age => bornIn + age).find(due => due > update) ?? 0;
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
