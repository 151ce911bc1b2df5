import {compareByLevels} from '../order/level.js';
import type {Selection} from '../order/selection.js';
import type {Outline} from './outline.js';

/** Makes the outline of a selection without groups: each line is a socket. */
export const flatOutline = ({sorted, levels}: Selection): Outline => {
	const compare = compareByLevels(levels);
	return {
		length: sorted.length,
		range: (from, to) => sorted.range(from, to).map(slot => ({kind: 'socket', slot})),
		indexOfSocket: slot => sorted.indexOf(slot),
		indexOfGroup: () => -1,
		compare,
		isPast: (slot, line, direction) => line.kind === 'socket' && compare(slot, line.slot) * direction > 0,
	};
};
