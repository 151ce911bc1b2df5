/** A moment that the table is compared with: what was opened, closed, or has sent or received since. */
import {Life} from './columns/columns.js';
import type {SampledColumns} from './columns/sampled-columns.js';

/** The moment, and what the sockets had sent and received then. Functions take the slot of a socket. */
export type Mark = {
	/** Milliseconds of the table's clock: the last sample at the moment that was marked. */
	readonly at: number;
	readonly isOpenedSince: (slot: number) => boolean;
	/** Whether it is gone, and was not yet at the moment. */
	readonly isClosedSince: (slot: number) => boolean;
	/** Payload bytes since the moment, NaN where nobody knows. A socket that was opened since has sent all of its bytes since. */
	readonly sentSince: (slot: number) => number;
	readonly receivedSince: (slot: number) => number;
};

/**
Marks the moment of the last sample.

What is kept is a copy of two counters for each slot: 16 bytes. Sockets that come later need none, even in a slot that is used again, since `openedAt`
tells them apart.
*/
export const takeMark = (table: SampledColumns): Mark => {
	const at = table.now;
	const sentThen = table.core.bytesSent.slice(0, table.used);
	const receivedThen = table.core.bytesReceived.slice(0, table.used);
	const wasThere = (slot: number): boolean => table.core.openedAt[slot] <= at;
	/** What came because its table is read since, was there before, and nobody saw what it did. */
	const isInitial = (slot: number): boolean => (table.core.life[slot] & Life.initial) !== 0;
	const since = (slot: number, now: Float64Array, then: Float64Array): number => {
		if (wasThere(slot)) {
			return Math.max(0, now[slot] - then[slot]);
		}

		return isInitial(slot) ? NaN : now[slot];
	};

	return {
		at,
		isOpenedSince: slot => !wasThere(slot) && !isInitial(slot),
		isClosedSince: slot => table.core.closedAt[slot] > at && (table.core.life[slot] & Life.dropped) === 0,
		sentSince: slot => since(slot, table.core.bytesSent, sentThen),
		receivedSince: slot => since(slot, table.core.bytesReceived, receivedThen),
	};
};

/** What became of a socket since the mark. What was opened and closed since counts as closed. */
export type Difference = 'opened' | 'closed' | 'grown';

/** The difference that a socket makes since a mark; undefined for one that is as it was. */
export const differenceSince = (mark: Mark, slot: number): Difference | undefined => {
	if (mark.isClosedSince(slot)) {
		return 'closed';
	}

	if (mark.isOpenedSince(slot)) {
		return 'opened';
	}

	return mark.sentSince(slot) > 0 || mark.receivedSince(slot) > 0 ? 'grown' : undefined;
};

/**
Tells the rows of sockets that have lingered long enough and stay because of a mark alone. Good until the table changes.

@returns The test, or undefined when there are none.
*/
export const bindKept = ({core: {life, closedAt}, lingering, now, closedTime}: SampledColumns): ((slot: number) => boolean) | undefined => {
	const isKept = (slot: number): boolean => (life[slot] & Life.closed) !== 0 && now - closedAt[slot] >= closedTime;
	// The oldest is the first.
	return lingering.length > 0 && isKept(lingering[0]) ? isKept : undefined;
};
