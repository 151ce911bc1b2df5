import {EventEmitter} from 'node:events';
import type {PacedOutput, TerminalOutput} from '../../terminal/paced-output.js';
import {sizeOf} from '../../terminal/size.js';
import type {Placeholder} from './placeholder.js';

/**
The output stream that Ink writes to. Ink writes a frame in three parts; this joins them into one write, so that no terminal shows half a frame. Ink learns of a
new size only after the state has it.
*/
// eslint-disable-next-line unicorn/prefer-event-target -- Ink needs the `on` and `off` of a stream.
export class ScreenOutput extends EventEmitter {
	readonly #terminal: Pick<TerminalOutput, 'columns' | 'rows'>;
	readonly #target: PacedOutput;
	readonly #placeholder: Placeholder;
	readonly #isPlaceholder: () => boolean;
	#pending = '';
	#callbacks: Array<() => void> = [];

	/**
	@param terminal The terminal, for its size.
	@param target Where to write.
	@param placeholder The frame for which Ink writes one character.
	@param isPlaceholder Whether Ink currently draws the placeholder and nothing else.
	*/
	constructor(terminal: Pick<TerminalOutput, 'columns' | 'rows'>, target: PacedOutput, placeholder: Placeholder, isPlaceholder: () => boolean) {
		super();
		this.#terminal = terminal;
		this.#target = target;
		this.#placeholder = placeholder;
		this.#isPlaceholder = isPlaceholder;
	}

	get isTTY(): boolean {
		return true;
	}

	/** The width that Ink lays out: one column while it draws the placeholder. */
	get columns(): number {
		return this.#isPlaceholder() ? 1 : sizeOf(this.#terminal).columns;
	}

	/** Ink writes a frame that fills the terminal without a line feed at its end. */
	get rows(): number {
		return this.#isPlaceholder() ? 1 : sizeOf(this.#terminal).rows;
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

		this.#target.write(this.#placeholder.expand(data, sizeOf(this.#terminal)), () => {
			for (const callback of callbacks) {
				callback();
			}
		});
	}
}
