/** What screen and engine say to each other about acting. */

export type SignalName = 'SIGTERM' | 'SIGKILL' | 'SIGINT' | 'SIGHUP' | 'SIGQUIT' | 'SIGSTOP' | 'SIGCONT' | 'SIGUSR1' | 'SIGUSR2';

/** A socket as it is named to the person. Foreign text. */
export type TargetSocket = {
	readonly id: number;
	readonly protocol: string;
	readonly state: string;
	readonly local: string;
	readonly peer: string;
	/** Hexadecimal; absent where the kernel gives none. */
	readonly cookie?: string;
	/** First process that holds it, `nginx/812`. */
	readonly owner?: string;
};

/** A process as it is named to the person. */
export type TargetProcess = {
	readonly pid: number;
	/** Clock ticks from the start of the machine: with the pid, it is no other process. */
	readonly startTime: number;
	/** Foreign text. */
	readonly name: string;
	/** Milliseconds since 1970. */
	readonly startedAt: number;
	/** How many of the sockets it holds. */
	readonly sockets: number;
};

/** What there is to act on: the sockets that were asked for and still live, and who holds them. */
export type Targets = {
	/** Number of the question. */
	readonly number: number;
	readonly sockets: readonly TargetSocket[];
	readonly processes: readonly TargetProcess[];
	/** How many of those asked for are gone. */
	readonly gone: number;
	/** Whether one of the sockets has several owners, so that the person must choose. */
	readonly isShared: boolean;
};

/** What is to be done with the targets of a question. */
export type ActRequest =
	| {readonly action: 'close'; readonly number: number}
	| {readonly action: 'signal'; readonly number: number; readonly signal: SignalName; readonly pids: readonly number[]};

/** What came of it, for one target. */
export type Outcome = {
	/** Which one; foreign text. */
	readonly target: string;
	readonly isDone: boolean;
	/** A sentence. */
	readonly message: string;
};

export type Acted = {readonly number: number; readonly outcomes: readonly Outcome[]};
