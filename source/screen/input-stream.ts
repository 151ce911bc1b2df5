import {type InputEvent, createInputDecoder} from './input.js';

/** What the screen needs of standard input. */
export type TerminalInput = {
	readonly setRawMode?: (isRaw: boolean) => unknown;
	readonly on: (event: 'data' | 'end' | 'error', listener: (chunk: Uint8Array) => void) => unknown;
	readonly off: (event: 'data' | 'end' | 'error', listener: (chunk: Uint8Array) => void) => unknown;
	readonly resume: () => unknown;
	readonly pause: () => unknown;
};

export type InputStream = {
	/** Takes the keyboard: raw mode, keys to the listener. */
	readonly open: () => void;
	/** Gives the keyboard back as it was. */
	readonly close: () => void;
};

/**
Reads keys.

@param input Standard input.
@param take Takes the keys of one read together.
@param end Called when no more can come.
*/
export const createInputStream = (input: TerminalInput, take: (events: readonly InputEvent[]) => void, end: () => void): InputStream => {
	const decoder = createInputDecoder();
	let timer: NodeJS.Timeout | undefined;

	const give = (events: readonly InputEvent[]): void => {
		if (events.length > 0) {
			take(events);
		}
	};

	const onData = (chunk: Uint8Array): void => {
		clearTimeout(timer);
		give(decoder.push(chunk));
		const patience = decoder.patience();
		if (patience !== undefined) {
			timer = setTimeout(() => {
				give(decoder.flush());
			}, patience);
		}
	};

	const onEnd = (): void => {
		clearTimeout(timer);
		give(decoder.flush());
		end();
	};

	return {
		open() {
			input.on('data', onData);
			input.on('end', onEnd);
			input.on('error', onEnd);
			input.setRawMode?.(true);
			input.resume();
		},
		close() {
			clearTimeout(timer);
			decoder.flush();
			input.off('data', onData);
			input.off('end', onEnd);
			input.off('error', onEnd);
			input.setRawMode?.(false);
			input.pause();
		},
	};
};
