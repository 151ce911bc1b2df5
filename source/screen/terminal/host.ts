import process from 'node:process';

/** How the live view ends. */
export type Outcome = {
	readonly exitCode: number;
	/** One sentence to print after the terminal is restored. */
	readonly message?: string;
	/** Lines to print below the message. */
	readonly lines?: readonly string[];
};

/**
Signals that end the live view, with their numbers on Linux: a shell expects 128 plus the number as exit code. These are the signals that terminate a process by
default and that users, service managers or resource limits send. Signals for faults and for profiling are left out: the program could not continue after a handler.
*/
export const exitSignals = {
	SIGHUP: 1,
	SIGINT: 2,
	SIGQUIT: 3,
	SIGABRT: 6,
	SIGUSR1: 10,
	SIGUSR2: 12,
	SIGALRM: 14,
	SIGTERM: 15,
	SIGSTKFLT: 16,
	SIGXCPU: 24,
	SIGVTALRM: 26,
	SIGIO: 29,
	SIGPWR: 30,
} as const satisfies Partial<Record<NodeJS.Signals, number>>;

type Listener = (reason?: unknown) => void;

/** What the screen needs from the process. */
export type Host = {
	readonly on: (event: HostEvent, listener: Listener) => void;
	readonly off: (event: HostEvent, listener: Listener) => void;
	/** Stops the whole job, as Ctrl-Z does; resolves when it is continued. */
	readonly stop: () => Promise<void>;
};

/** Signals, uncaught errors and process exit. */
export type HostEvent = keyof typeof exitSignals | 'SIGTSTP' | 'SIGCONT' | 'uncaughtException' | 'unhandledRejection' | 'exit';

/** Milliseconds after which a process that cannot be stopped continues, because no shell waits for it. */
const stopPatience = 100;

/** This process. */
export const processHost: Host = {
	on(event, listener) {
		process.on(event, listener);
	},
	off(event, listener) {
		process.off(event, listener);
	},
	async stop() {
		const {promise, resolve} = Promise.withResolvers<void>();
		process.once('SIGCONT', resolve);
		// The timer also keeps the event loop alive, so that Node.js does not exit. It may expire while the process is stopped: timers run before signals, and
		// listeners of SIGCONT must run before this promise resolves.
		const timer = setTimeout(() => {
			setImmediate(resolve);
		}, stopPatience);
		// The whole group: if npm or a shell script started conntop, it must stop too, or the user's shell shows no prompt.
		process.kill(0, 'SIGTSTP');
		await promise;
		clearTimeout(timer);
		process.off('SIGCONT', resolve);
	},
};

/** The outcome when the terminal can no longer be written to: success for EPIPE (the reader closed the pipe), else the exit code of SIGHUP (the window was closed). */
export const outcomeOfLoss = (error: Error | undefined): Outcome => ({exitCode: error !== undefined && 'code' in error && error.code === 'EPIPE' ? 0 : 128 + exitSignals.SIGHUP});

/**
Ends the live view on signals, with the exit code that a shell expects, and on uncaught errors.

@returns A function that stops listening.
*/
export const listenForEnd = (host: Host, end: (outcome: Outcome) => void, fail: (reason: unknown) => void): (() => void) => {
	const listeners: ReadonlyArray<readonly [event: HostEvent, listener: Listener]> = [
		...Object.entries(exitSignals).map(([signal, number]) => [signal as keyof typeof exitSignals, () => {
			end({exitCode: 128 + number});
		}] as const),
		['uncaughtException', fail],
		['unhandledRejection', fail],
	];
	for (const [event, listener] of listeners) {
		host.on(event, listener);
	}

	return () => {
		for (const [event, listener] of listeners) {
			host.off(event, listener);
		}
	};
};
