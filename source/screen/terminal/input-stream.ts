import type {Background} from './background.js';
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
	/** Waits for what the terminal answers about its background, for which it was just asked. */
	readonly expectBackground: () => void;
	/**
	Resolves when that answer has come, or when it is clear that none will come soon. Whoever gives the keyboard back waits for this: what the terminal answers
	afterwards would be typed into the shell.
	*/
	readonly settled: () => Promise<void>;
	/** Gives the keyboard back as it was. */
	readonly close: () => void;
};

/** Milliseconds after which an answer of the terminal is no longer waited for, and for how long the end waits for one. */
const answerTime = 2000;
const settlingTime = 100;

/**
Reads keys.

@param input Standard input.
@param take Takes the keys of one read together.
@param end Called when no more can come.
@param takeBackground Takes what the terminal answers about its background.
*/
export const createInputStream = (
	input: TerminalInput,
	take: (events: readonly InputEvent[]) => void,
	end: () => void,
	takeBackground?: (background: Background) => void,
): InputStream => {
	let timer: NodeJS.Timeout | undefined;
	/** As long as an answer is waited for: ends that. */
	let stopWaiting: (() => void) | undefined;
	let settled: Promise<void> = Promise.resolve();
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
			settled = promise;
			stopWaiting = () => {
				stopWaiting = undefined;
				clearTimeout(giveUp);
				decoder.expect(false);
				resolve();
			};

			decoder.expect(true);
		},
		async settled() {
			const giveUp = setTimeout(() => {
				stopWaiting?.();
			}, settlingTime);
			await settled;
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
