/** Filters for the receiving end of a TCP connection, which lose segments as a bad network does. They see a segment from its TCP header on. */
import type {attachFilter} from '../../helpers/other-sockets.js';

type Filter = Parameters<typeof attachFilter>[1];

const pass = 0xFF_FF_FF_FF;

/** SKF_AD_OFF and SKF_AD_RANDOM of `linux/filter.h`. */
const random = 0xFF_FF_F0_00 + 56;

/** Loses a fifth of the segments. */
export const dropSome: Filter = [
	[0x20, 0, 0, random],
	[0x35, 1, 0, 0x33_33_33_33],
	[0x06, 0, 0, 0],
	[0x06, 0, 0, pass],
];

/** Loses all segments with data: the length of the header is told by its twelfth byte. */
export const dropData: Filter = [
	[0x30, 0, 0, 12],
	[0x54, 0, 0, 0xF0],
	[0x74, 0, 0, 2],
	[0x07, 0, 0, 0],
	[0x80, 0, 0, 0],
	[0x1C, 0, 0, 0],
	[0x15, 1, 0, 0],
	[0x06, 0, 0, 0],
	[0x06, 0, 0, pass],
];
