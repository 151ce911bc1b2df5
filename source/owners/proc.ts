/**
Access to /proc for the owner search. There are two implementations: system calls without a string per descriptor (`proc-calls.ts`), and Node's own functions as a
fallback (`proc-files.ts`). Tests have a third.

Processes may end between any two calls, and some are not readable. Neither is an error.
*/
export type Proc = {
	/** A text that is different whenever a process may have started or ended; empty if that is not known. */
	readonly version: () => string;
	/** All visible processes, or undefined if /proc is missing. */
	readonly pids: () => readonly number[] | undefined;
	/** What can be read without privileges; undefined if the process is gone. */
	readonly stat: (pid: number) => ProcStat | undefined;
	/** Opens a process to read its descriptors. All results belong to that process, even if its pid is reused meanwhile. Undefined if it is gone. */
	readonly open: (pid: number) => OpenProcess | undefined;
};

export type ProcStat = {
	/** Effective user id; 0 for processes that are not dumpable. Undefined if hidden. */
	readonly uid: number | undefined;
	/** Number of open descriptors, 0 if the kernel does not report it (before Linux 6.2). */
	readonly count: number;
};

/** An open process. It must be closed before the next one is opened. */
export type OpenProcess = ProcStat & {
	/** Whether access to its descriptors is denied. */
	readonly isDenied: boolean;
	/** Undefined if hidden. */
	readonly identity: ProcessIdentity | undefined;
	/**
	Lists descriptors in ascending order.

	@param from The lowest descriptor to list.
	@param into Receives the numbers, as many as it has room for or fewer. Its length must be from 2 to `listLength`.
	@returns How many numbers were written; 0 if there is no descriptor from `from` on.
	*/
	readonly list: (from: number, into: Uint32Array) => number;
	/** The inode of a descriptor's socket, or a value of `Descriptor` if it is not a socket. */
	readonly socketAt: (fd: number) => number;
	readonly close: () => void;
};

export type ProcessIdentity = {
	/** Name of the process (comm), not escaped; invalid UTF-8 is replaced. */
	readonly name: string;
	/** Clock ticks since boot. Together with the pid it is unique. */
	readonly startTime: number;
	/** Pid of the parent; 0 if no parent is visible. */
	readonly parent: number;
	/** Kernel threads hold no descriptors. */
	readonly isKernelThread: boolean;
	/** Zombies have closed all descriptors. */
	readonly isZombie: boolean;
};

/** Results of `socketAt` for what is not a socket: something else, a closed descriptor, access denied. */
export const Descriptor = {other: 0, none: -1, denied: -2} as const;

/** The maximum number of descriptors that `list` returns at once. */
export const listLength = 1024;
