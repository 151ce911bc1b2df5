import type {Background} from './background.js';
import {type InputEvent, createInputDecoder} from './input.js';

/** What the screen needs from standard input. */
export type TerminalInput = {
	readonly setRawMode?: (isRaw: boolean) => unknown;
	readonly on: (event: 'data' | 'end' | 'error', listener: (chunk: Uint8Array) => void) => unknown;
	readonly off: (event: 'data' | 'end' | 'error', listener: (chunk: Uint8Array) => void) => unknown;
	readonly resume: () => unknown;
	readonly pause: () => unknown;
};

export type InputStream = {
	/** Switches to raw mode and starts reading keys. */
	readonly open: () => void;
	/** Starts waiting for the reply to the background query that was just sent. */
	readonly expectBackground: () => void;
	/**
	Resolves when the reply has arrived or the wait for it has timed out. Wait for this before `close`: a reply that arrives later would be typed into the shell.
	*/
	readonly whenReplied: () => Promise<void>;
	/** Stops reading and restores the input mode. */
	readonly close: () => void;
};

/** Milliseconds to wait for the terminal's reply, in normal operation and before exit. */
const answerTime = 2000;
const settlingTime = 100;

/**
Reads keys.

@param input Standard input.
@param take Called with all events of one read.
@param end Called at the end of input.
@param takeBackground Called with the terminal's reply to the background query.
*/
export const createInputStream = (
	input: TerminalInput,
	take: (events: readonly InputEvent[]) => void,
	end: () => void,
	takeBackground?: (background: Background) => void,
): InputStream => {
	let timer: NodeJS.Timeout | undefined;
	/** Stops waiting for the reply; undefined while none is expected. */
	let stopWaiting: (() => void) | undefined;
	let replied: Promise<void> = Promise.resolve();
	const decoder = createInputDecoder(background => {
		stopWaiting?.();
		takeBackground?.(background);
	});

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
		stopWaiting?.();
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
		expectBackground() {
			const {promise, resolve} = Promise.withResolvers<void>();
			const giveUp = setTimeout(() => {
				stopWaiting?.();
			}, answerTime).unref();
			replied = promise;
			stopWaiting = () => {
				stopWaiting = undefined;
				clearTimeout(giveUp);
				decoder.expect(false);
				resolve();
			};

			decoder.expect(true);
		},
		async whenReplied() {
			const giveUp = setTimeout(() => {
				stopWaiting?.();
			}, settlingTime);
			await replied;
			clearTimeout(giveUp);
		},
		close() {
			stopWaiting?.();
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
