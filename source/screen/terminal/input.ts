import {Buffer} from 'node:buffer';
import type {Background} from './background.js';
import {
	endInput,
	isAnswerStart,
	longestPaste,
	pasteEnd,
	pasteStart,
	readInput,
	readLateAnswer,
	type InputEvent,
	type Reading,
} from './read-input.js';

export type {InputEvent} from './read-input.js';

/** Turns the bytes that a terminal sends into keys, however they are cut into pieces. */
export type InputDecoder = {
	/** Takes the next bytes; gives the keys that they complete. */
	readonly push: (bytes: Uint8Array) => InputEvent[];
	/** Milliseconds to wait for more bytes before `flush` is due; undefined when nothing is open. */
	readonly patience: () => number | undefined;
	/** Says that the terminal was asked for its background, or that nobody waits for the answer any longer. */
	readonly expect: (isExpected: boolean) => void;
	/** Ends what is open: a lone ESC is the Esc key, a paste without end ends here, half a sequence is dropped. */
	readonly flush: () => InputEvent[];
};

/** A sequence arrives in one go, or in a few over a slow line; a person who pressed Esc does not want to wait. Milliseconds. */
const sequencePatience = 40;
const pastePatience = 1000;
/** An answer of the terminal, which nobody types: a lost packet on the way is sent again within this time. */
const answerPatience = 500;
/** How many bytes of an answer could be keys as well: an ESC, and Alt with a bracket. They are acted on as fast as any key. */
const ambiguousLength = 2;

/** Bytes; longer sequences are dropped. */
const longestSequence = 4096;

/**
Makes a decoder for one terminal.

@param takeBackground Takes what the terminal answers about its background.
*/
export const createInputDecoder = (takeBackground?: (background: Background) => void): InputDecoder => {
	/** Bytes that wait for more, one character each. */
	let pending = '';
	/** What was given up although an answer may begin so. */
	let lost = '';
	let isAnswerExpected = false;

	const answer = ({background}: Reading): void => {
		if (background === undefined) {
			return;
		}

		isAnswerExpected = false;
		takeBackground?.(background);
	};

	return {
		push(bytes) {
			const more = Buffer.from(bytes).toString('latin1');
			const late = lost === '' ? undefined : readLateAnswer(lost, more);
			// The answer's first bytes were taken for keys, and these continue it without completing it. Nobody types two of its bytes in one read.
			const isContinued = late === undefined && isAnswerExpected && lost !== '' && lost.length <= ambiguousLength
				&& more.length > 1 && isAnswerStart(lost + more);
			pending += isContinued ? lost + more : more;
			lost = '';
			const events: InputEvent[] = [];
			let start = 0;
			if (late !== undefined) {
				start = late.length;
				answer(late);
			}

			for (let reading = readInput(pending, start); reading !== undefined; reading = readInput(pending, start)) {
				start += reading.length;
				answer(reading);
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

			if (isAnswerStart(pending) && pending.length > ambiguousLength) {
				return answerPatience;
			}

			return pending.startsWith(pasteStart) ? pastePatience : sequencePatience;
		},
		expect(isExpected) {
			isAnswerExpected = isExpected;
		},
		flush() {
			const open = pending;
			pending = '';
			lost = isAnswerStart(open) ? open : '';
			return endInput(open);
		},
	};
};

