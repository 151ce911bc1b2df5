/** Filters for the receiving end of a TCP connection that drop segments, like a bad network. They see a segment from its TCP header on. */
import type {attachFilter} from '../../helpers/other-sockets.js';

type Filter = Parameters<typeof attachFilter>[1];

const pass = 0xFF_FF_FF_FF;

/** SKF_NET_OFF of `linux/filter.h`: offsets from here on start at the IP header. */
const ipHeader = 0xFF_F0_00_00;

/**
Drops every fourth segment over IPv4, retransmissions included: a connection numbers its packets in the identification field of the IP header, and a
retransmitted packet gets a new number. So no segment is lost twice in a row, provided that each packet has one segment (`oneSegmentEach`).
*/
export const dropEveryFourth: Filter = [
	[0x28, 0, 0, ipHeader + 4],
	[0x54, 0, 0, 3],
	[0x15, 0, 1, 0],
	[0x06, 0, 0, 0],
	[0x06, 0, 0, pass],
];

/** Arguments of `ip` that limit segments on the loopback interface to the size of Ethernet, one per packet. */
export const oneSegmentEach = ['link', 'set', 'lo', 'mtu', '1500', 'gso_max_segs', '1'] as const;

/** Drops all segments with data. The twelfth byte holds the length of the header. */
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
