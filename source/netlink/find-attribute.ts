import type {Views} from './framing.js';

const typeMask = 0x3F_FF;

/**
Where an attribute with something in it stands between two byte offsets, its header included; -1 where it does not, or where what stands before it is broken.

@param views
@param views.halves
@param start
@param end
@param type
*/
export const findAttribute = ({halves}: Views, start: number, end: number, type: number): number => {
	for (let attribute = start; attribute + 4 < end;) {
		const length = halves[attribute >> 1];
		if (length < 4 || attribute + length > end) {
			break;
		}

		if ((halves[(attribute >> 1) + 1] & typeMask) === type && length > 4) {
			return attribute;
		}

		attribute += (length + 3) & ~3;
	}

	return -1;
};
