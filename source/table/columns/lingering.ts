/** Rows of closed sockets. They stay in the table for a while, so that they can be shown dimmed. */
import {Life, type CoreArrays} from './columns.js';

/** Default time for which the row of a closed socket stays, in milliseconds. */
export const lingerMilliseconds = 5000;

/** Limit of the lingering rows of short-lived sockets: a busy machine has thousands of them a second. */
const lingeringShortLived = 256;

/** Limit of the rows that stay longer because they closed after a mark. */
export const keptSinceMark = 1000;

export class Lingering {
	/** Slots, oldest first. */
	readonly slots: number[] = [];
	/** Number of slots that hold short-lived sockets. */
	#shortLived = 0;

	/** Adds a socket that has just been closed. */
	add(slot: number, {life}: CoreArrays): void {
		this.slots.push(slot);
		this.#shortLived += (life[slot] & Life.shortLived) === 0 ? 0 : 1;
	}

	/**
	Removes rows that have lingered long enough, rows of sockets that are no longer watched, and the oldest short-lived ones beyond their limit. Rows closed
	after a mark stay, up to `keptSinceMark`.

	@param core The table's columns.
	@param now Milliseconds of the table's clock.
	@param markedAt Time of the mark, NaN for none.
	@param closedTime How long a row stays, in milliseconds.
	@returns The slots of the removed rows.
	*/
	release(core: CoreArrays, now: number, markedAt: number, closedTime: number): number[] {
		const {life, closedAt} = core;
		const released: number[] = [];
		const {length} = this.slots;
		let kept = 0;
		for (const [index, slot] of this.slots.entries()) {
			const isShortLived = (life[slot] & Life.shortLived) !== 0;
			const isKeptForMark = closedAt[slot] > markedAt && length - index <= keptSinceMark;
			// A dropped socket may still live and may be watched again at once. Its old row must be gone by then, or there would be two rows of one socket.
			const isDropped = (life[slot] & Life.dropped) !== 0;
			if (!isDropped && (now - closedAt[slot] < closedTime || isKeptForMark) && !(isShortLived && this.#shortLived > lingeringShortLived)) {
				this.slots[kept++] = slot;
			} else {
				this.#shortLived -= isShortLived ? 1 : 0;
				released.push(slot);
			}
		}

		this.slots.length = kept;
		return released;
	}
}
