import type {SlotPredicate} from './predicate.js';
import type {Selection} from './selection.js';

/** The sockets of a selection that a search finds. */
export type Found = {
	readonly count: number;
	readonly has: (slot: number) => boolean;
	/**
	The place of the nearest one after (1) or before (-1) a place, going on from the other end; -1 when there is none. Places may be one outside of the
	selection.
	*/
	readonly next: (place: number, direction: 1 | -1) => number;
};

export const findRows = (matches: SlotPredicate, {slots, sorted, compare}: Selection): Found => {
	const found = slots.filter(slot => matches(slot));
	const members = new Set(found);

	/** The first in the order, or with -1 in the opposite order, of those that come after a slot; of all without one. */
	const firstAfter = (slot: number | undefined, direction: 1 | -1): number | undefined => {
		let first: number | undefined;
		for (const candidate of found) {
			const isAfter = slot === undefined || compare(candidate, slot) * direction > 0;
			if (isAfter && (first === undefined || compare(candidate, first) * direction < 0)) {
				first = candidate;
			}
		}

		return first;
	};

	return {
		count: found.length,
		has: slot => members.has(slot),
		next(place, direction) {
			const from = place >= 0 && place < sorted.length ? sorted.range(place, place + 1)[0] : undefined;
			const next = firstAfter(from, direction) ?? firstAfter(undefined, direction);
			return next === undefined ? -1 : sorted.placeOf(next);
		},
	};
};
