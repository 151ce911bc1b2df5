/** Messages between screen and engine about actions on sockets and processes. */

export type SignalName = 'SIGTERM' | 'SIGKILL' | 'SIGINT' | 'SIGHUP' | 'SIGQUIT' | 'SIGSTOP' | 'SIGCONT' | 'SIGUSR1' | 'SIGUSR2';

/** A socket, as shown to the user. Untrusted text. */
export type TargetSocket = {
	readonly id: number;
	readonly protocol: string;
	readonly state: string;
	readonly local: string;
	readonly peer: string;
	/** Hexadecimal; absent if the kernel gives none. */
	readonly cookie?: string;
	/** The first owner, for example `nginx/812`. */
	readonly owner?: string;
};

/** A process, as shown to the user. */
export type TargetProcess = {
	readonly pid: number;
	/** Clock ticks since boot. Together with the pid, it identifies the process. */
	readonly startTime: number;
	/** Untrusted text. */
	readonly name: string;
	/** Milliseconds since 1970. */
	readonly startedAt: number;
	/** How many of the sockets it owns. */
	readonly sockets: number;
};

/** The targets of an action: the requested sockets that are still open, and their owners. */
export type Targets = {
	/** Number of the request. */
	readonly number: number;
	readonly sockets: readonly TargetSocket[];
	readonly processes: readonly TargetProcess[];
	/** How many of the requested sockets are gone. */
	readonly gone: number;
	/** Whether one of the sockets has several owners, so the user must choose. */
	readonly isShared: boolean;
};

/** The action to perform on the targets of a request. */
export type ActRequest =
	| {readonly action: 'close'; readonly number: number}
	| {readonly action: 'signal'; readonly number: number; readonly signal: SignalName; readonly pids: readonly number[]};

/** The result for one target. */
export type Outcome = {
	/** The name of the target; untrusted text. */
	readonly target: string;
	readonly isDone: boolean;
	/** The result, as a sentence. */
	readonly message: string;
};

export type Acted = {readonly number: number; readonly outcomes: readonly Outcome[]};
