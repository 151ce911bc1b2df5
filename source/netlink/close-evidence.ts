/**
What the last counters of a TCP socket tell of how its connection closed, and of what it received. Offsets: `struct inet_diag_msg` (`linux/inet_diag.h`) and
`struct tcp_info` (`linux/tcp.h`), as in `inet-layout.ts`.
*/
import {CloseEvidence} from '../table/close-reasons.js';
import {findAttribute} from './find-attribute.js';
import {readNumber64, type Views} from './framing.js';
import {Attribute} from './inet-request.js';
import {CoreMember, members} from './inet-layout.js';

const messageLength = 72;
const receiveQueueOffset = 56;
const sendQueueOffset = 60;

/** Where `tcp_info` has a column. */
const offsetOf = (column: string): number => members.find(member => member.column === column && member.attribute === Attribute.info)?.offset ?? NaN;

const offsets = {
	retransmits: offsetOf('retransmits'),
	probes: offsetOf('probes'),
	lastAckReceived: offsetOf('lastAckReceived'),
	totalRetransmits: offsetOf('totalRetransmits'),
	dataSegmentsIn: offsetOf('dataSegmentsIn'),
	dataSegmentsOut: offsetOf('dataSegmentsOut'),
	delivered: offsetOf('delivered'),
	sendWindow: offsetOf('sendWindow'),
} as const;

/** Linux 5.4; before, `tcp_info` has no send window, and before 4.19 it does not count what was sent. */
const leastLength = offsets.sendWindow + 4;

/** Where the `tcp_info` of a message begins; -1 where it has none, or a shorter one. */
const findInfo = (views: Views, start: number, end: number, length: number): number => {
	const attribute = findAttribute(views, start + messageLength, end, Attribute.info);
	return attribute === -1 || views.halves[attribute >> 1] - 4 < length ? -1 : attribute + 4;
};

/**
Reads a destroy event.

The kernel counts SYN and FIN among the bytes acknowledged (`tcp_snd_una_update`) and among the segments delivered, but not among the bytes sent. A socket that
was disconnected (`tcp_disconnect`) has lost its peer and its counters, but not the window of the peer.

@returns A value of `CloseEvidence`.
*/
export const readCloseEvidence = (views: Views, start: number, end: number): number => {
	const {bytes, words} = views;
	const info = findInfo(views, start, end, leastLength);
	if (info === -1) {
		return CloseEvidence.none;
	}

	const word = (offset: number): number => words[(info + offset) >> 2];
	const hasPeer = bytes[start + 6] !== 0 || bytes[start + 7] !== 0;
	if (!hasPeer) {
		const hasTried = words[(start + sendQueueOffset) >> 2] !== 0;
		return word(offsets.sendWindow) > 0 ? CloseEvidence.disconnected : (hasTried ? CloseEvidence.neverConnected : CloseEvidence.none);
	}

	const acknowledged = readNumber64(words, info + CoreMember.bytesAcked);
	const delivered = word(offsets.delivered);
	if (acknowledged === 0 && delivered === 0) {
		return CloseEvidence.neverConnected;
	}

	const payload = readNumber64(words, info + CoreMember.bytesSent) - readNumber64(words, info + CoreMember.bytesRetransmitted);
	const others = acknowledged - payload;
	// What was delivered besides data: the SYN, and the FIN if it had a segment of its own.
	const bareSegments = delivered - (word(offsets.dataSegmentsOut) - word(offsets.totalRetransmits));
	if (others >= 2 || (others === 1 && bareSegments >= 2)) {
		return CloseEvidence.finAcknowledged;
	}

	if (bytes[info + offsets.retransmits] > 0 || bytes[info + offsets.probes] > 0) {
		return CloseEvidence.unanswered;
	}

	return others === 1 ? CloseEvidence.oneAcknowledged : CloseEvidence.finUnacknowledged;
};

/** The payload counters of a destroy event; received bytes as the kernel counts them, a FIN among them. */
export type LastCounters = {
	readonly sent: number;
	readonly received: number;
	/** Microseconds; 0 where it was never measured. */
	readonly rtt: number;
};

/** Reads the counters of a destroy event of TCP; undefined where there are none, or the socket has lost them with its peer. */
export const readLastCounters = (views: Views, start: number, end: number): LastCounters | undefined => {
	const {words, bytes} = views;
	const info = findInfo(views, start, end, CoreMember.bytesRetransmitted + 8);
	const hasPeer = bytes[start + 6] !== 0 || bytes[start + 7] !== 0;
	return info === -1 || !hasPeer
		? undefined
		: {
			sent: readNumber64(words, info + CoreMember.bytesSent) - readNumber64(words, info + CoreMember.bytesRetransmitted),
			received: readNumber64(words, info + CoreMember.bytesReceived),
			rtt: words[(info + CoreMember.rtt) >> 2],
		};
};

/** Since the kernel destroys a socket that no process holds when the last acknowledgement comes, one whose last came this long ago was held. Milliseconds. */
const heldSince = 1000;

/**
Whether a connection that is over had received the FIN of its peer, which the kernel counts as a byte received.

Nothing says so. A side that closes after its peer has received it. Of a side that closed first, the kernel may destroy the socket before the FIN comes, and keep
FIN-WAIT-2 in a small form. If it came in time, it still waits in Recv-Q, unless the process read on to the end of the data. So it must be given whether this side
closed before its peer, and the `CloseEvidence` of the event.

@returns Undefined where it cannot be told.
*/
export const hasReceivedFin = (
	views: Views, start: number, end: number, {isClosingFirst, evidence}: {readonly isClosingFirst: boolean; readonly evidence: number},
): boolean | undefined => {
	const {words} = views;
	const info = findInfo(views, start, end, leastLength);
	if (info === -1) {
		return undefined;
	}

	if (readNumber64(words, info + CoreMember.bytesReceived) === 0) {
		return false;
	}

	if (words[(info + offsets.dataSegmentsIn) >> 2] === 0) {
		return true;
	}

	if (evidence !== CloseEvidence.finAcknowledged) {
		return undefined;
	}

	const isFinUnread = words[(start + receiveQueueOffset) >> 2] > 0;
	return !isClosingFirst || isFinUnread || words[(info + offsets.lastAckReceived) >> 2] >= heldSince ? true : undefined;
};
