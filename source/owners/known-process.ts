import type {Allowance} from './allowance.js';
import {createDescriptors, type Descriptors} from './descriptors.js';
import type {Proc} from './proc.js';

/** What is known of a process. `…In` members are numbers of updates of the finder, from 1; 0 means never. */
export type KnownProcess = {
	readonly pid: number;
	/** Its index among the known processes, which holdings refer to. */
	readonly index: number;
	/** Updates that listed it first and last. */
	readonly firstListedIn: number;
	lastListedIn: number;
	/** Start time in clock ticks since boot, NaN if not known yet. */
	startTime: number;
	name: string;
	/** Its number in the owner sets, 0 if it has none. */
	number: number;
	/** Effective user id, undefined if hidden. */
	uid: number | undefined;
	/** Number of descriptors that the kernel reported when they were last read; 0 if it does not report it. */
	count: number;
	readonly descriptors: Descriptors;
	/** Whether it had another number of descriptors than are known, when it was last checked. */
	isChanged: boolean;
	/** Update in which the last complete walk of its descriptors began. */
	walkedIn: number;
	/** The current walk: the next descriptor (0 if there is no walk), and the update in which it began. */
	cursor: number;
	walkBeganIn: number;
	/** Update in which it was last probed. */
	probedIn: number;
	/** Update in which a new socket of it was last found. */
	foundIn: number;
	/** Update in which to read a new process again: between fork and exec it has another name and more descriptors. */
	rereadIn: number;
	/** Whether access to its descriptors is denied. */
	isDenied: boolean;
	/** Descriptors whose socket was closed, so that they may refer to something else now. */
	readonly suspects: Set<number>;
};

export const createKnownProcess = (pid: number, index: number, update: number): KnownProcess => ({
	pid,
	index,
	firstListedIn: update,
	lastListedIn: update,
	startTime: NaN,
	name: '',
	number: 0,
	uid: undefined,
	count: 0,
	descriptors: createDescriptors(),
	isChanged: false,
	walkedIn: 0,
	cursor: 0,
	walkBeganIn: 0,
	probedIn: 0,
	foundIn: 0,
	rereadIn: 0,
	isDenied: false,
	suspects: new Set(),
});

/** Whether the number of descriptors has changed since they were last read. Always false if the kernel does not report the number. */
export const hasChanged = (process: KnownProcess, proc: Proc, allowance: Allowance): boolean => {
	allowance.use(1);
	return proc.stat(process.pid)?.count !== process.count;
};
