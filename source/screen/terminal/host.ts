import process from 'node:process';

/** How the live view ends. */
export type Outcome = {
	readonly exitCode: number;
	/** One sentence for after the terminal is restored. */
	readonly message?: string;
	/** What follows below the sentence. */
	readonly lines?: readonly string[];
};

/**
Signals that end the screen, and their numbers on Linux: a shell expects 128 and the number as exit code. They are those that end a program by default and that a
person, a service manager or a limit sends. Those of faults and of the profiler are not among them: nothing could go on after a handler.
*/
export const endingSignals = {
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

/** What the screen needs of the process around it. */
export type Host = {
	readonly on: (event: HostEvent, listener: Listener) => void;
	readonly off: (event: HostEvent, listener: Listener) => void;
	/** Stops the process and all others of its job, as Ctrl-Z does; resolves when it goes on. */
	readonly stop: () => Promise<void>;
};

/** Signals, errors that no one caught, and the end of the process. */
export type HostEvent = keyof typeof endingSignals | 'SIGTSTP' | 'SIGCONT' | 'uncaughtException' | 'unhandledRejection' | 'exit';

/** A process that cannot be stopped, because no shell waits for it, goes on after so many milliseconds. */
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
		// Also keeps the event loop from being empty, which would be taken for the end. The time may have passed while the process was stopped: signals come after
		// timers, and whoever listens to SIGCONT must still find it stopped.
		const timer = setTimeout(() => {
			setImmediate(resolve);
		}, stopPatience);
		// The whole group: npm and a shell that started conntop must stop, too, or no prompt comes.
		process.kill(0, 'SIGTSTP');
		await promise;
		clearTimeout(timer);
		process.off('SIGCONT', resolve);
	},
};

/** How it ends when the terminal cannot be written any more: a reader that has seen enough closes a pipe; a window that is closed is hung up. */
export const outcomeOfLoss = (error: Error | undefined): Outcome => ({exitCode: error !== undefined && 'code' in error && error.code === 'EPIPE' ? 0 : 128 + endingSignals.SIGHUP});

/**
Ends the live view on signals, with the exit code that a shell expects, and on errors that no one caught.

@returns Stops listening.
*/
export const listenForEnd = (host: Host, end: (outcome: Outcome) => void, fail: (reason: unknown) => void): (() => void) => {
	const listeners: ReadonlyArray<readonly [event: HostEvent, listener: Listener]> = [
		...Object.entries(endingSignals).map(([signal, number]) => [signal as keyof typeof endingSignals, () => {
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
