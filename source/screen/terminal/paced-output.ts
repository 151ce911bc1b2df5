import {inWrittenCharacters} from '../../text/ascii.js';

/** What the screen needs of standard output. */
export type TerminalOutput = {
	readonly columns?: number | undefined;
	readonly rows?: number | undefined;
	readonly write: (data: string, callback?: () => void) => unknown;
	readonly on: (event: 'resize' | 'error', listener: (error?: Error) => void) => unknown;
	readonly off: (event: 'resize' | 'error', listener: (error?: Error) => void) => unknown;
};

/** Standard output, and whether the terminal has taken all that was written. */
export type PacedOutput = {
	readonly write: (data: string, callback?: () => void) => void;
	/** The terminal has taken all. While it has not, nothing more should be made for it. */
	readonly isIdle: () => boolean;
	/** Calls the listener each time when the terminal has taken all, until the function that it returns is called. */
	readonly onIdle: (listener: () => void) => () => void;
	/** For the end. Resolves with whether the terminal has taken all. If it has taken nothing for a while, what is left, and what follows, is dropped. */
	readonly settle: () => Promise<boolean>;
	/** Drops what is left and what follows: the terminal is gone. */
	readonly abandon: () => void;
};

/** Milliseconds that a terminal which takes nothing is waited for at the end: whoever leaves does not notice them. */
const defaultPatience = 200;

/**
Keeps count of what is on its way. A terminal may stand for hours, over a line that hangs or before a person who holds it: then the program draws nothing, goes
on, and draws what is true when the terminal goes on.

@param target Must not wait for the terminal within `write`.
@param patience Milliseconds that `settle` waits while nothing is taken.
*/
export const createPacedOutput = (target: Pick<TerminalOutput, 'write'>, patience = defaultPatience): PacedOutput => {
	/** The ends of what is on its way. */
	const underWay = new Set<() => void>();
	const listeners = new Set<() => void>();
	let isGone = false;
	/** Called with each end. */
	let onProgress: (() => void) | undefined;

	const abandon = (): void => {
		isGone = true;
		for (const end of underWay) {
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
				if (!underWay.delete(end)) {
					return;
				}

				callback?.();
				onProgress?.();
				if (underWay.size === 0 && !isGone) {
					for (const listener of listeners) {
						listener();
					}
				}
			};

			underWay.add(end);
			target.write(inWrittenCharacters(data), end);
		},
		isIdle: () => underWay.size === 0,
		onIdle(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		async settle() {
			const {promise, resolve} = Promise.withResolvers<void>();
			const timer = setTimeout(resolve, patience);
			onProgress = () => {
				timer.refresh();
				if (underWay.size === 0) {
					resolve();
				}
			};

			onProgress();
			await promise;
			clearTimeout(timer);
			onProgress = undefined;
			const hasTakenAll = underWay.size === 0;
			if (!hasTakenAll) {
				abandon();
			}

			return hasTakenAll;
		},
		abandon,
	};
};
