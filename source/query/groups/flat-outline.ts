import {compareByLevels} from '../order/level.js';
import type {Selection} from '../order/selection.js';
import type {Outline} from './outline.js';

/** A selection without groups: each line is a socket. */
export const flatOutline = ({sorted, levels}: Selection): Outline => {
	const compare = compareByLevels(levels);
	return {
		length: sorted.length,
		range: (from, to) => sorted.range(from, to).map(slot => ({kind: 'socket', slot})),
		placeOfSocket: slot => sorted.placeOf(slot),
		placeOfGroup: () => -1,
		compare,
		isPast: (slot, line, direction) => line.kind === 'socket' && compare(slot, line.slot) * direction > 0,
	};
};
