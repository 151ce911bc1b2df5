import type {Views} from './framing.js';

/** The two upper bits of an attribute's type are flags (`linux/netlink.h`). */
export const typeMask = 0x3F_FF;

/** Finds a non-empty attribute between two byte offsets. Returns the offset of its header; -1 if it is missing, or if an attribute before it is invalid. */
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
