import {Buffer} from 'node:buffer';
import type {Background} from './background.js';
import {
	endInput,
	isAnswerStart,
	maxPasteLength,
	pasteEnd,
	pasteStart,
	readInput,
	readLateAnswer,
	type InputEvent,
	type Reading,
} from './read-input.js';

export type {InputEvent, TypedEvent} from './read-input.js';

/** Decodes the bytes that a terminal sends into events, however they are split into chunks. */
export type InputDecoder = {
	/** Takes the next bytes and returns the events that they complete. */
	readonly push: (bytes: Uint8Array) => InputEvent[];
	/** Milliseconds to wait for more bytes before calling `flush`; undefined if no sequence is incomplete. */
	readonly patience: () => number | undefined;
	/** Sets whether a reply to the background query is expected. */
	readonly expect: (isExpected: boolean) => void;
	/** Finishes an incomplete sequence: a lone ESC becomes the Esc key, a paste ends here, any other partial sequence is dropped. */
	readonly flush: () => InputEvent[];
};

/** Milliseconds. Long enough for a sequence to arrive in pieces over a slow line, short enough not to delay the Esc key. */
const sequencePatience = 40;
const pastePatience = 1000;
/** Milliseconds. A reply from the terminal is not typed, so the wait can be long enough for a lost packet to be retransmitted. */
const answerPatience = 500;
/** The first bytes of a reply are ambiguous: they could also be Esc, or Alt with a bracket. They are handled as quickly as any key. */
const ambiguousLength = 2;

/** Maximum bytes of a sequence; longer ones are dropped. */
const maxSequenceLength = 4096;

/**
Creates a decoder for one terminal.

@param takeBackground Called with the terminal's reply to the background query.
*/
export const createInputDecoder = (takeBackground?: (background: Background) => void): InputDecoder => {
	/** Bytes of an incomplete sequence, one character each. */
	let pending = '';
	/** Bytes that were flushed although they may be the start of a reply. */
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
			// The first bytes of the reply were decoded as keys, and these bytes continue it without completing it. Nobody types two of its bytes in one read.
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
				pending = pending.length > maxPasteLength * 2 ? pending.slice(0, maxPasteLength) + pending.slice(-pasteEnd.length) : pending;
			} else if (pending.length > maxSequenceLength) {
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

