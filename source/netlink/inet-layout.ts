/**
Where the optional columns stand in an inet_diag answer: attribute, byte offset, and type. Offsets of `struct tcp_info` (`linux/tcp.h`) and of
SK_MEMINFO's array (`linux/sock_diag.h`); both grow at the end, so a member beyond the attribute's length is absent on that kernel.
*/
import type {OptionalColumn} from '../table/columns.js';
import {Attribute} from './inet-request.js';

export type Member = {
	readonly column: OptionalColumn;
	readonly attribute: number;
	readonly offset: number;
	readonly type: 'u8' | 'u16' | 'u32' | 'u64';
};

const info = (column: OptionalColumn, offset: number, type: Member['type'] = 'u32'): Member =>
	({
		column, attribute: Attribute.info, offset, type,
	});

const memory = (column: OptionalColumn, index: number): Member =>
	({
		column, attribute: Attribute.skMemInfo, offset: index * 4, type: 'u32',
	});

export const members: readonly Member[] = [
	info('congestionState', 1, 'u8'),
	info('retransmits', 2, 'u8'),
	info('probes', 3, 'u8'),
	info('backoff', 4, 'u8'),
	info('tcpOptions', 5, 'u8'),
	info('windowScale', 6, 'u8'),
	info('rto', 8),
	info('ato', 12),
	info('sendMss', 16),
	info('receiveMss', 20),
	info('unacked', 24),
	info('sacked', 28),
	info('lost', 32),
	info('retransInFlight', 36),
	info('lastDataSent', 44),
	info('lastDataReceived', 52),
	info('lastAckReceived', 56),
	info('pathMtu', 60),
	info('rcvSsthresh', 64),
	info('rttVariance', 72),
	info('ssthresh', 76),
	info('cwnd', 80),
	info('advertisedMss', 84),
	info('reordering', 88),
	info('receiveRtt', 92),
	info('receiveSpace', 96),
	info('totalRetransmits', 100),
	info('pacingRate', 104, 'u64'),
	info('maxPacingRate', 112, 'u64'),
	info('bytesAcked', 120, 'u64'),
	info('segmentsOut', 136),
	info('segmentsIn', 140),
	info('notSent', 144),
	info('minRtt', 148),
	info('dataSegmentsIn', 152),
	info('dataSegmentsOut', 156),
	info('deliveryRate', 160, 'u64'),
	info('busyTime', 168, 'u64'),
	info('receiveWindowLimited', 176, 'u64'),
	info('sendBufferLimited', 184, 'u64'),
	info('delivered', 192),
	info('deliveredCe', 196),
	info('bytesRetransmitted', 208, 'u64'),
	info('dsackDuplicates', 216),
	info('reorderingSeen', 220),
	info('receiveOutOfOrder', 224),
	info('sendWindow', 228),
	info('receiveWindow', 232),
	info('rehash', 236),
	memory('receiveMemory', 0),
	memory('receiveBuffer', 1),
	memory('sendMemory', 2),
	memory('sendBuffer', 3),
	memory('forwardAllocation', 4),
	memory('writeQueued', 5),
	memory('optionMemory', 6),
	memory('backlog', 7),
	memory('drops', 8),
];

/** Members that the core columns need: they are read for every socket. */
export const CoreMember = {
	rtt: 68, bytesAcked: 120, bytesReceived: 128, bytesSent: 200, bytesRetransmitted: 208,
} as const;
