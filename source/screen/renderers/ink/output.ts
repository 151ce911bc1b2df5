import {EventEmitter} from 'node:events';
import type {PacedOutput, TerminalOutput} from '../../terminal/paced-output.js';
import type {Size} from '../../terminal/size.js';
import type {Placeholders} from './placeholders.js';

/** Columns and rows of a terminal. One that does not know its size (a serial line, a container) says nothing, or 0. */
export const sizeOf = ({columns = 0, rows = 0}: Pick<TerminalOutput, 'columns' | 'rows'>): Size => ({columns: columns === 0 ? 80 : columns, rows: rows === 0 ? 24 : rows});

/**
Stands between Ink and the terminal. Ink writes a frame in three parts; here they become one, so that no terminal shows half a frame. Ink hears of a
new size when the screen has taken it in, and not before.
*/
// eslint-disable-next-line unicorn/prefer-event-target -- Ink needs the `on` and `off` of a stream.
export class ScreenOutput extends EventEmitter {
	readonly #terminal: Pick<TerminalOutput, 'columns' | 'rows'>;
	readonly #target: PacedOutput;
	readonly #placeholders: Placeholders;
	readonly #isCarried: () => boolean;
	#pending = '';
	#callbacks: Array<() => void> = [];

	/**
	@param terminal Knows its size.
	@param target Writes to it.
	@param placeholders Knows the lines that Ink writes as one character each.
	@param arePlaceholders Whether Ink draws such lines now, and nothing else.
	*/
	constructor(terminal: Pick<TerminalOutput, 'columns' | 'rows'>, target: PacedOutput, placeholders: Placeholders, arePlaceholders: () => boolean) {
		super();
		this.#terminal = terminal;
		this.#target = target;
		this.#placeholders = placeholders;
		this.#isCarried = arePlaceholders;
	}

	get isTTY(): boolean {
		return true;
	}

	/** The columns that Ink lays out: a placeholder takes one. */
	get columns(): number {
		return this.#isCarried() ? 1 : sizeOf(this.#terminal).columns;
	}

	get rows(): number {
		return sizeOf(this.#terminal).rows;
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
		if (data === '' && callbacks.length === 0) {
			return;
		}

		this.#target.write(this.#placeholders.expand(data), () => {
			for (const callback of callbacks) {
				callback();
			}
		});
	}
}
