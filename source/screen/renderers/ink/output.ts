import {EventEmitter} from 'node:events';
import type {PacedOutput, TerminalOutput} from '../../terminal/paced-output.js';
import {sizeOf} from '../../terminal/size.js';
import type {Placeholders} from './placeholders.js';

/**
The output stream that Ink writes to. Ink writes a frame in three parts; this joins them into one write, so that no terminal shows half a frame. Ink learns of a
new size only after the state has it.
*/
// eslint-disable-next-line unicorn/prefer-event-target -- Ink needs the `on` and `off` of a stream.
export class ScreenOutput extends EventEmitter {
	readonly #terminal: Pick<TerminalOutput, 'columns' | 'rows'>;
	readonly #target: PacedOutput;
	readonly #placeholders: Placeholders;
	readonly #arePlaceholders: () => boolean;
	#pending = '';
	#callbacks: Array<() => void> = [];

	/**
	@param terminal The terminal, for its size.
	@param target Where to write.
	@param placeholders The lines for which Ink writes one character each.
	@param arePlaceholders Whether Ink currently draws placeholders and nothing else.
	*/
	constructor(terminal: Pick<TerminalOutput, 'columns' | 'rows'>, target: PacedOutput, placeholders: Placeholders, arePlaceholders: () => boolean) {
		super();
		this.#terminal = terminal;
		this.#target = target;
		this.#placeholders = placeholders;
		this.#arePlaceholders = arePlaceholders;
	}

	get isTTY(): boolean {
		return true;
	}

	/** The width that Ink lays out: one column while it draws placeholders. */
	get columns(): number {
		return this.#arePlaceholders() ? 1 : sizeOf(this.#terminal).columns;
	}

	get rows(): number {
		return sizeOf(this.#terminal).rows;
	}

	/** Buffers the text until the current task has ended. */
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

	/** Writes the buffered text. */
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
