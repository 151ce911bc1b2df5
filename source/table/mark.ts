/** A mark: a moment that the table is compared with, to show what was opened or closed since, or has sent or received. */
import {Life} from './columns/columns.js';
import type {SampledColumns} from './columns/sampled-columns.js';

/** The marked moment, with the counters at that time. Functions take the slot of a socket. */
export type Mark = {
	/** Time of the last sample before the mark, in milliseconds of the table's clock. */
	readonly at: number;
	readonly isOpenedSince: (slot: number) => boolean;
	/** Whether the socket closed after the mark. */
	readonly isClosedSince: (slot: number) => boolean;
	/** Payload bytes since the mark, NaN if unknown. For a socket that was opened since, all of its bytes. */
	readonly sentSince: (slot: number) => number;
	readonly receivedSince: (slot: number) => number;
};

/**
Sets a mark at the last sample.

It copies two counters per slot: 16 bytes. Sockets that open later need none, even in a reused slot, because `openedAt` tells them apart.
*/
export const takeMark = (table: SampledColumns): Mark => {
	const at = table.now;
	const sentThen = table.core.bytesSent.slice(0, table.used);
	const receivedThen = table.core.bytesReceived.slice(0, table.used);
	const wasThere = (slot: number): boolean => table.core.openedAt[slot] <= at;
	/** The socket was found when its protocol was first sampled, after the mark. It existed before, and its earlier counters are unknown. */
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

/** How a socket changed since the mark. A socket that was opened and closed since counts as closed. */
export type Difference = 'opened' | 'closed' | 'grown';

/** How a socket changed since a mark; undefined if it did not. */
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
Binds a test for rows that are kept only because of the mark: their linger time is over. Valid until the table changes.

@returns The test, or undefined if there are no such rows.
*/
export const bindKept = ({core: {life, closedAt}, lingering, now, closedTime}: SampledColumns): ((slot: number) => boolean) | undefined => {
	const isKept = (slot: number): boolean => (life[slot] & Life.closed) !== 0 && now - closedAt[slot] >= closedTime;
	// The oldest is the first.
	return lingering.length > 0 && isKept(lingering[0]) ? isKept : undefined;
};
