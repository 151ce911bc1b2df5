import {inWrittenCharacters} from '../../text/ascii.js';

/** What the screen needs from standard output. */
export type TerminalOutput = {
	readonly columns?: number | undefined;
	readonly rows?: number | undefined;
	readonly write: (data: string, callback?: () => void) => unknown;
	readonly on: (event: 'resize' | 'error', listener: (error?: Error) => void) => unknown;
	readonly off: (event: 'resize' | 'error', listener: (error?: Error) => void) => unknown;
};

/** Standard output that tracks whether the terminal has accepted everything that was written. */
export type PacedOutput = {
	readonly write: (data: string, callback?: () => void) => void;
	/** Whether the terminal has accepted everything. While it has not, do not produce more output. */
	readonly isIdle: () => boolean;
	/** Calls the listener each time the terminal has accepted everything. Returns a function that removes the listener. */
	readonly onIdle: (listener: () => void) => () => void;
	/** Call before exit. Resolves with whether the terminal has accepted everything. If it makes no progress for a while, pending and later output is dropped. */
	readonly drain: () => Promise<boolean>;
	/** Drops pending and later output: the terminal is gone. */
	readonly abandon: () => void;
};

/** Milliseconds to wait at exit for a terminal that accepts nothing; too short for the user to notice. */
const defaultPatience = 200;

/**
Tracks pending writes. A terminal may block for hours, because a network connection hangs or the user pressed Ctrl-S. The program then keeps sampling without
drawing, and draws the current state when the terminal accepts output again.

@param target Its `write` must not block.
@param patience Milliseconds that `drain` waits without progress.
*/
export const createPacedOutput = (target: Pick<TerminalOutput, 'write'>, patience = defaultPatience): PacedOutput => {
	/** Completion functions of the pending writes. */
	const pending = new Set<() => void>();
	const listeners = new Set<() => void>();
	let isGone = false;
	/** Called when a write completes. */
	let onProgress: (() => void) | undefined;

	const abandon = (): void => {
		isGone = true;
		for (const end of pending) {
			end();
		}
	};

	return {
		write(data, callback) {
			if (isGone) {
				callback?.();
				return;
			}

			const end = (): void => {
				if (!pending.delete(end)) {
					return;
				}

				callback?.();
				onProgress?.();
				if (pending.size === 0 && !isGone) {
					for (const listener of listeners) {
						listener();
					}
				}
			};

			pending.add(end);
			target.write(inWrittenCharacters(data), end);
		},
		isIdle: () => pending.size === 0,
		onIdle(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		async drain() {
			const {promise, resolve} = Promise.withResolvers<void>();
			const timer = setTimeout(resolve, patience);
			onProgress = () => {
				timer.refresh();
				if (pending.size === 0) {
					resolve();
				}
			};

			onProgress();
			await promise;
			clearTimeout(timer);
			onProgress = undefined;
			const isComplete = pending.size === 0;
			if (!isComplete) {
				abandon();
			}

			return isComplete;
		},
		abandon,
	};
};
