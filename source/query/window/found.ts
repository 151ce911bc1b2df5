import type {Outline} from '../groups/outline.js';
import {filterSlots, type SelectionFilter} from '../match/selection-filter.js';

/** The sockets of a selection that a search finds. */
export type Found = {
	readonly count: number;
	readonly has: (slot: number) => boolean;
	/**
	The place of the nearest one after (1) or before (-1) a place, going on from the other end; -1 when there is none. Places may be one outside of the
	list. What is folded away is found at the head of its group.
	*/
	readonly next: (place: number, direction: 1 | -1) => number;
};

export const findRows = (sieve: SelectionFilter, slots: Uint32Array, {length, range, compare, isPast, placeOfSocket}: Outline): Found => {
	const found = filterSlots(slots, sieve);
	const members = new Set(found);

	/** The first in the order, or with -1 in the opposite order, of those that are wanted. */
	const first = (isWanted: (slot: number) => boolean, direction: 1 | -1): number | undefined => {
		let best: number | undefined;
		for (const candidate of found) {
			if (isWanted(candidate) && (best === undefined || compare(candidate, best) * direction < 0)) {
				best = candidate;
			}
		}

		return best;
	};

	return {
		count: found.length,
		has: slot => members.has(slot),
		next(place, direction) {
			const from = place >= 0 && place < length ? range(place, place + 1).at(0) : undefined;
			const next = (from && first(slot => isPast(slot, from, direction), direction)) ?? first(() => true, direction);
			return next === undefined ? -1 : placeOfSocket(next);
		},
	};
};
