import type {Outline} from '../groups/outline.js';
import {filterSlots, type SelectionFilter} from '../match/selection-filter.js';

/** The sockets of a selection that a search finds. */
export type Found = {
	readonly count: number;
	readonly has: (slot: number) => boolean;
	/**
	The index of the nearest match after (1) or before (-1) an index, wrapping around at the end of the list; -1 if there is none. The index may be one outside
	the list. A folded socket is found at the head of its group.
	*/
	readonly next: (index: number, direction: 1 | -1) => number;
};

export const findRows = (selectionFilter: SelectionFilter, slots: Uint32Array, {length, range, compare, isPast, indexOfSocket}: Outline): Found => {
	const found = filterSlots(slots, selectionFilter);
	const members = new Set(found);

	/** Returns the first match for which a condition holds; with direction -1, the last. */
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
		next(index, direction) {
			const from = index >= 0 && index < length ? range(index, index + 1).at(0) : undefined;
			const next = (from && first(slot => isPast(slot, from, direction), direction)) ?? first(() => true, direction);
			return next === undefined ? -1 : indexOfSocket(next);
		},
	};
};
