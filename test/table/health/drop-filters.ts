/** Filters for the receiving end of a TCP connection, which lose segments as a bad network does. They see a segment from its TCP header on. */
import type {attachFilter} from '../../helpers/other-sockets.js';

type Filter = Parameters<typeof attachFilter>[1];

const pass = 0xFF_FF_FF_FF;

/** SKF_NET_OFF of `linux/filter.h`: what follows is counted from the IP header on. */
const ipHeader = 0xFF_F0_00_00;

/**
Loses every fourth segment over IPv4, however often it has been sent: a connection numbers its packets in the identification of the IP header, and one that is
sent again gets another number. So no segment is lost twice in a row as long as packets have one segment each (`oneSegmentEach`).
*/
export const dropEveryFourth: Filter = [
	[0x28, 0, 0, ipHeader + 4],
	[0x54, 0, 0, 3],
	[0x15, 0, 1, 0],
	[0x06, 0, 0, 0],
	[0x06, 0, 0, pass],
];

/** Arguments of `ip` that make the connections over the loopback interface send segments as short as Ethernet's, each in a packet of its own. */
export const oneSegmentEach = ['link', 'set', 'lo', 'mtu', '1500', 'gso_max_segs', '1'] as const;

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
