import {EventEmitter} from 'node:events';
import type {Size} from './state.js';

/** What the screen needs of standard output. */
export type TerminalOutput = {
	readonly columns?: number | undefined;
	readonly rows?: number | undefined;
	readonly write: (data: string, callback?: () => void) => unknown;
	readonly on: (event: 'resize' | 'error', listener: (error?: Error) => void) => unknown;
	readonly off: (event: 'resize' | 'error', listener: (error?: Error) => void) => unknown;
};

/**
Stands between Ink and the terminal. Ink writes a frame in three parts; here they become one, so that no terminal shows half a frame. Ink hears of a
new size when the screen has taken it in, and not before. Nothing is written to a terminal that is gone.
*/
// Ink wants a stream's `on` and `off`.
// eslint-disable-next-line unicorn/prefer-event-target
export class ScreenOutput extends EventEmitter {
	readonly #target: TerminalOutput;
	#pending = '';
	#callbacks: Array<() => void> = [];
	#isGone = false;

	constructor(target: TerminalOutput) {
		super();
		this.#target = target;
	}

	get isTTY(): boolean {
		return true;
	}

	get columns(): number {
		return this.#target.columns ?? 80;
	}

	get rows(): number {
		return this.#target.rows ?? 24;
	}

	get size(): Size {
		return {columns: this.columns, rows: this.rows};
	}

	/** Keeps the text until the code that runs now has ended. */
	write(data: string, callback?: () => void): boolean {
		if (this.#pending === '' && this.#callbacks.length === 0) {
			queueMicrotask(() => {
				this.flush();
			});
		}

		this.#pending += data;
		if (callback !== undefined) {
			this.#callbacks.push(callback);
		}

		return true;
	}

	/** Writes what is kept. */
	flush(): void {
		const data = this.#pending;
		const callbacks = this.#callbacks;
		this.#pending = '';
		this.#callbacks = [];
		const done = (): void => {
			for (const callback of callbacks) {
				callback();
			}
		};

		if (this.#isGone) {
			done();
		} else if (data !== '' || callbacks.length > 0) {
			this.#target.write(data, done);
		}
	}

	/** Writes nothing from now on. */
	abandon(): void {
		this.#isGone = true;
		this.flush();
	}
}
