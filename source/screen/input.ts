import {Buffer} from 'node:buffer';
import {
	endInput,
	longestPaste,
	pasteEnd,
	pasteStart,
	readInput,
	type InputEvent,
} from './read-input.js';

export type {InputEvent} from './read-input.js';

/** Turns the bytes that a terminal sends into keys, however they are cut into pieces. */
export type InputDecoder = {
	/** Takes the next bytes; gives the keys that they complete. */
	readonly push: (bytes: Uint8Array) => InputEvent[];
	/** Milliseconds to wait for more bytes before `flush` is due; undefined when nothing is open. */
	readonly patience: () => number | undefined;
	/** Ends what is open: a lone ESC is the Esc key, a paste without end ends here, half a sequence is dropped. */
	readonly flush: () => InputEvent[];
};

/** A sequence arrives in one go, or in a few over a slow line; a person who pressed Esc does not want to wait. Milliseconds. */
const sequencePatience = 40;
const pastePatience = 1000;

/** Bytes; longer sequences are dropped. */
const longestSequence = 4096;

/** Makes a decoder for one terminal. */
export const createInputDecoder = (): InputDecoder => {
	/** Bytes that wait for more, one character each. */
	let pending = '';

	return {
		push(bytes) {
			pending += Buffer.from(bytes).toString('latin1');
			const events: InputEvent[] = [];
			let start = 0;
			for (let reading = readInput(pending, start); reading !== undefined; reading = readInput(pending, start)) {
				start += reading.length;
				if (reading.event !== undefined) {
					events.push(reading.event);
				}
			}

			pending = pending.slice(start);
			if (pending.startsWith(pasteStart)) {
				pending = pending.length > longestPaste * 2 ? pending.slice(0, longestPaste) + pending.slice(-pasteEnd.length) : pending;
			} else if (pending.length > longestSequence) {
				pending = '';
			}

			return events;
		},
		patience() {
			if (pending === '') {
				return undefined;
			}

			return pending.startsWith(pasteStart) ? pastePatience : sequencePatience;
		},
		flush() {
			const open = pending;
			pending = '';
			return endInput(open);
		},
	};
};

