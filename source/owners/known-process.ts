import type {Allowance} from './allowance.js';
import {createDescriptors, type Descriptors} from './descriptors.js';
import type {Proc} from './proc.js';

/** Times are counted in updates of the finder, from 1; 0 is never. */
export type KnownProcess = {
	readonly pid: number;
	/** What holdings call it: its place among the known processes. */
	readonly place: number;
	/** Update that listed it first, and last. */
	readonly bornIn: number;
	listedIn: number;
	/** Start time in clock ticks, NaN before it is known. */
	startTime: number;
	name: string;
	/** Its number in the owner sets, 0 while it has none. */
	number: number;
	/** Effective user, absent while it is hidden. */
	uid: number | undefined;
	/** Number of descriptors that the kernel told when they were last looked at; 0 where it does not tell. */
	count: number;
	readonly descriptors: Descriptors;
	/** Update in which the last complete walk over its descriptors began. */
	walkedIn: number;
	/** The walk under way: the descriptor to go on with (0 when there is none), and when it began. */
	cursor: number;
	walkBeganIn: number;
	/** Update in which it was last probed. */
	probedIn: number;
	/** Update in which a new socket was last found in it. */
	foundIn: number;
	/** Young processes are visited again, in this update: between fork and exec they have another name and more descriptors. */
	revisitIn: number;
	/** Its descriptors may not be seen. */
	isDenied: boolean;
	/** Descriptors whose socket is closed, so that something else may stand behind them by now. */
	readonly suspects: Set<number>;
};

export const createKnownProcess = (pid: number, place: number, update: number): KnownProcess => ({
	pid,
	place,
	bornIn: update,
	listedIn: update,
	startTime: NaN,
	name: '',
	number: 0,
	uid: undefined,
	count: 0,
	descriptors: createDescriptors(),
	walkedIn: 0,
	cursor: 0,
	walkBeganIn: 0,
	probedIn: 0,
	foundIn: 0,
	revisitIn: 0,
	isDenied: false,
	suspects: new Set(),
});

/** Whether the number of its descriptors is another than when they were last looked at. Where the kernel does not tell the number, it is not. */
export const hasChanged = (process: KnownProcess, proc: Proc, allowance: Allowance): boolean => {
	allowance.use(1);
	return proc.glance(process.pid)?.count !== process.count;
};
