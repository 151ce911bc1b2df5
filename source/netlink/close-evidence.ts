/**
Evidence of how a TCP connection closed, from the last counters of its socket. Offsets: `struct inet_diag_msg` (`linux/inet_diag.h`) and `struct tcp_info`
(`linux/tcp.h`), as in `inet-layout.ts`.
*/
import {CloseEvidence} from '../table/close-reasons.js';
import {findAttribute} from './find-attribute.js';
import {readNumber64, type Views} from './framing.js';
import {Attribute} from './inet-request.js';
import {CoreMember, members} from './inet-layout.js';

const messageLength = 72;
const receiveQueueOffset = 56;
const sendQueueOffset = 60;

/** The offset of a column in `tcp_info`. */
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

/** The length of `tcp_info` in Linux 5.4. Older kernels do not report the send window, and before 4.19 no bytes sent. */
const minimumLength = offsets.sendWindow + 4;

/** The start of the `tcp_info` in a message; -1 if there is none of at least `length` bytes. */
const findInfo = (views: Views, start: number, end: number, length: number): number => {
	const attribute = findAttribute(views, start + messageLength, end, Attribute.info);
	return attribute === -1 || views.halves[attribute >> 1] - 4 < length ? -1 : attribute + 4;
};

/**
Reads the evidence in a destroy event.

The kernel counts SYN and FIN as acknowledged bytes (`tcp_snd_una_update`) and as delivered segments, but not as sent bytes. A disconnected socket
(`tcp_disconnect`) has lost its peer and its counters, but not the peer's window.

@returns A value of `CloseEvidence`.
*/
export const readCloseEvidence = (views: Views, start: number, end: number): number => {
	const {bytes, words} = views;
	const info = findInfo(views, start, end, minimumLength);
	if (info === -1) {
		return CloseEvidence.none;
	}

	const word = (offset: number): number => words[(info + offset) >> 2];
	const hasPeer = bytes[start + 6] !== 0 || bytes[start + 7] !== 0;
	if (!hasPeer) {
		const hasUnacknowledged = words[(start + sendQueueOffset) >> 2] !== 0;
		return word(offsets.sendWindow) > 0 ? CloseEvidence.disconnected : (hasUnacknowledged ? CloseEvidence.neverConnected : CloseEvidence.none);
	}

	const acknowledged = readNumber64(words, info + CoreMember.bytesAcked);
	const delivered = word(offsets.delivered);
	if (acknowledged === 0 && delivered === 0) {
		return CloseEvidence.neverConnected;
	}

	const payload = readNumber64(words, info + CoreMember.bytesSent) - readNumber64(words, info + CoreMember.bytesRetransmitted);
	const others = acknowledged - payload;
	// Delivered segments without data: the SYN, and the FIN if it had its own segment.
	const bareSegments = delivered - (word(offsets.dataSegmentsOut) - word(offsets.totalRetransmits));
	if (others >= 2 || (others === 1 && bareSegments >= 2)) {
		return CloseEvidence.finAcknowledged;
	}

	if (bytes[info + offsets.retransmits] > 0 || bytes[info + offsets.probes] > 0) {
		return CloseEvidence.unanswered;
	}

	return others === 1 ? CloseEvidence.oneAcknowledged : CloseEvidence.finUnacknowledged;
};

/** The payload counters of a destroy event. Received bytes include a FIN, as in the kernel. */
export type LastCounters = {
	readonly sent: number;
	readonly received: number;
	/** Microseconds; 0 if it was never measured. */
	readonly rtt: number;
};

/** Reads the counters in a destroy event of TCP. Returns undefined if there are none, or if the socket has lost them with its peer. */
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

/**
Milliseconds since the last acknowledgement after which a socket must have been held by a process: the kernel destroys a socket without one when the last
acknowledgement arrives.
*/
const heldSince = 1000;

/**
Whether a closed connection had received the FIN of its peer, which the kernel counts as a received byte.

The kernel does not report this directly. A side that closes after its peer has received the FIN. If this side closed first, the kernel may destroy the socket before
the FIN arrives, and keep FIN-WAIT-2 in a minimal form. If the FIN arrived in time, it is still in Recv-Q, unless the process has read to the end of the data.
Therefore the caller must say whether this side closed first, and pass the `CloseEvidence` of the event.

@returns Undefined if it cannot be determined.
*/
export const hasReceivedFin = (
	views: Views, start: number, end: number, {isClosingFirst, evidence}: {readonly isClosingFirst: boolean; readonly evidence: number},
): boolean | undefined => {
	const {words} = views;
	const info = findInfo(views, start, end, minimumLength);
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
