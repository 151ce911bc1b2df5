/** What the last counters of a TCP socket tell of how its connection ended. Offsets: `struct tcp_info` (`linux/tcp.h`), as in `inet-layout.ts`. */
import {LastWords} from '../table/ends.js';
import {findAttribute} from './find-attribute.js';
import {readNumber64, type Views} from './framing.js';
import {Attribute} from './inet-request.js';
import {CoreMember, members} from './inet-layout.js';

const messageLength = 72;
const writeQueueOffset = 60;

/** Where `tcp_info` has a column. */
const offsetOf = (column: string): number => members.find(member => member.column === column && member.attribute === Attribute.info)?.offset ?? NaN;

const offsets = {
	retransmits: offsetOf('retransmits'),
	probes: offsetOf('probes'),
	totalRetransmits: offsetOf('totalRetransmits'),
	dataSegmentsOut: offsetOf('dataSegmentsOut'),
	delivered: offsetOf('delivered'),
	sendWindow: offsetOf('sendWindow'),
} as const;

/** Linux 5.4; before, `tcp_info` has no send window, and before 4.19 it does not count what was sent. */
const leastLength = offsets.sendWindow + 4;

/**
Reads a message of the destroy groups.

The kernel counts SYN and FIN among the bytes acknowledged (`tcp_snd_una_update`) and among the segments delivered, but not among the bytes sent. A socket that
was disconnected (`tcp_disconnect`) has lost its peer and its counters, but not the window of the peer.

@returns A value of `LastWords`.
*/
export const readLastWords = (views: Views, start: number, end: number): number => {
	const {bytes, words, halves} = views;
	const info = findAttribute(views, start + messageLength, end, Attribute.info);
	if (info === -1 || halves[info >> 1] - 4 < leastLength) {
		return LastWords.none;
	}

	const at = info + 4;
	const word = (offset: number): number => words[(at + offset) >> 2];
	const hasPeer = bytes[start + 6] !== 0 || bytes[start + 7] !== 0;
	if (!hasPeer) {
		const hasTried = words[(start + writeQueueOffset) >> 2] !== 0;
		return word(offsets.sendWindow) > 0 ? LastWords.disconnected : (hasTried ? LastWords.neverConnected : LastWords.none);
	}

	const acknowledged = readNumber64(words, at + CoreMember.bytesAcked);
	const delivered = word(offsets.delivered);
	if (acknowledged === 0 && delivered === 0) {
		return LastWords.neverConnected;
	}

	const payload = readNumber64(words, at + CoreMember.bytesSent) - readNumber64(words, at + CoreMember.bytesRetransmitted);
	const others = acknowledged - payload;
	// What was delivered besides data: the SYN, and the FIN if it had a segment of its own.
	const bareSegments = delivered - (word(offsets.dataSegmentsOut) - word(offsets.totalRetransmits));
	if (others >= 2 || (others === 1 && bareSegments >= 2)) {
		return LastWords.finAcknowledged;
	}

	if (bytes[at + offsets.retransmits] > 0 || bytes[at + offsets.probes] > 0) {
		return LastWords.unanswered;
	}

	return others === 1 ? LastWords.oneAcknowledged : LastWords.finUnacknowledged;
};
