/** The rows of sockets that are gone, which stay in the table for a while so that they can be shown dimmed. */
import {Life, type CoreArrays} from './columns.js';

/** How long a closed socket stays in the table unless that is told otherwise. */
export const lingerMilliseconds = 5000;

/** How many rows of sockets that no dump contained may linger: a busy machine has thousands of these a second. */
const lingeringUnseen = 256;

/** How many rows of sockets that are closed stay for longer, so that they can be compared with a moment that was marked before. */
export const keptSinceMark = 1000;

export class Lingering {
	/** Slots, oldest first. */
	readonly slots: number[] = [];
	/** How many of the slots are of sockets that no dump contained. */
	#unseen = 0;

	/** Takes in a socket that has just been closed. */
	add(slot: number, {life}: CoreArrays): void {
		this.slots.push(slot);
		this.#unseen += (life[slot] & Life.unseen) === 0 ? 0 : 1;
	}

	/**
	Takes out what has lingered long enough, what is not watched any more, and the oldest of too many unseen ones. What was closed after a mark stays, the oldest of too many excepted.

	@param core The table's columns.
	@param now Milliseconds of the table's clock.
	@param markedAt The moment that is marked, NaN for none.
	@param closedTime How long a row stays, in milliseconds.
	@returns Their slots.
	*/
	release(core: CoreArrays, now: number, markedAt: number, closedTime: number): number[] {
		const {life, closedAt} = core;
		const released: number[] = [];
		const {length} = this.slots;
		let kept = 0;
		for (const [index, slot] of this.slots.entries()) {
			const isUnseen = (life[slot] & Life.unseen) !== 0;
			const isMissed = closedAt[slot] > markedAt && length - index <= keptSinceMark;
			// What is only not watched any more has not ended, and may be watched again at once: two rows of one socket would be wrong.
			const isDropped = (life[slot] & Life.dropped) !== 0;
			if (!isDropped && (now - closedAt[slot] < closedTime || isMissed) && !(isUnseen && this.#unseen > lingeringUnseen)) {
				this.slots[kept++] = slot;
			} else {
				this.#unseen -= isUnseen ? 1 : 0;
				released.push(slot);
			}
		}

		this.slots.length = kept;
		return released;
	}
}
