/**
What the search for owners asks of /proc. Two implementations exist: system calls without a string per descriptor (`proc-calls.ts`), and Node's own
functions where those cannot be had (`proc-files.ts`). Tests script a third.

Processes may vanish between any two calls, and some may not be looked into. Neither is an error.
*/
export type Proc = {
	/** A text that differs whenever a process may have begun or ended since; empty where that cannot be told. */
	readonly pulse: () => string;
	/** Every process that is visible, or undefined where there is no /proc. */
	readonly pids: () => readonly number[] | undefined;
	/** A look from outside, which needs no privilege; undefined when the process is gone. */
	readonly glance: (pid: number) => Glance | undefined;
	/** Opens a process for looking into it. What it gives belongs to that process, even when its number is used again meanwhile. */
	readonly visit: (pid: number) => Visit | undefined;
};

export type Glance = {
	/** Effective user id; 0 for processes that do not let themselves be inspected. Absent where even that is hidden. */
	readonly uid: number | undefined;
	/** Number of open descriptors, 0 where the kernel does not tell (before Linux 6.2). */
	readonly count: number;
};

/** An open process. It must be closed before the next is opened. */
export type Visit = Glance & {
	/** Whether its descriptors may not be seen. */
	readonly isDenied: boolean;
	/** Absent where even that is hidden. */
	readonly identity: ProcessIdentity | undefined;
	/**
	Lists descriptors in rising order.

	@param from The first that is of interest.
	@param into Takes the numbers; it has room for `listLength` of them.
	@returns How many there are in `into`; 0 when no descriptor at or above `from` is left.
	*/
	readonly list: (from: number, into: Uint32Array) => number;
	/** The inode of the socket behind a descriptor; for what is no socket one of `Descriptor`. */
	readonly socketAt: (fd: number) => number;
	readonly close: () => void;
};

export type ProcessIdentity = {
	/** Name of the process (comm), as it is; bytes that are no UTF-8 are replaced. */
	readonly name: string;
	/** Clock ticks since boot. With the number of the process it is unique. */
	readonly startTime: number;
	/** Number of the process that it is a child of; 0 for none that can be seen. */
	readonly parent: number;
	/** Kernel threads hold no descriptors. */
	readonly isKernelThread: boolean;
	/** It has ended; its descriptors are closed. */
	readonly isZombie: boolean;
};

/** What may stand behind a descriptor instead of a socket. */
export const Descriptor = {other: 0, none: -1, denied: -2} as const;

/** The largest number of descriptors that `list` gives at once. */
export const listLength = 1024;
