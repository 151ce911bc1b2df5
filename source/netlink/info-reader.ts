/** Reads the core columns in the INFO of TCP, MPTCP and SCTP, and the evidence of health problems beside them. */
import {memoryColumns, type OptionalColumn} from '../table/columns/columns.js';
import {Protocol} from '../table/columns/protocols.js';
import {State} from '../table/columns/states.js';
import {bindEvidence, type Evidence} from '../table/health/evidence.js';
import {hasReceiveTime, knownAge, knownStateAge} from '../table/known-age.js';
import type {SocketTable} from '../table/socket-table.js';
import {lowWord, readNumber64, type Views} from './framing.js';
import {
	CoreMember,
	HealthMember,
	MptcpMember,
	SctpMember,
	type KernelVersion,
} from './inet-layout.js';

/** SK_MEMINFO_DROPS is the last number of SK_MEMINFO. */
const dropsOffset = 4 * memoryColumns.indexOf('drops');

export type InfoReader = {
	/** Prepares for a protocol and the columns to fill, with the table's current arrays. */
	readonly prepare: (protocol: number, columns: ReadonlySet<OptionalColumn>) => void;
	/** Reads INFO between two byte offsets of the views, for a socket in this state. */
	readonly read: (slot: number, state: number, start: number, end: number) => void;
	/** Reads the drops of a listener or datagram socket from SK_MEMINFO (Linux 4.7). */
	readonly readDrops: (slot: number, state: number, start: number, end: number) => void;
};

export const createInfoReader = (table: SocketTable, {bytes, words}: Views, kernel: KernelVersion): InfoReader => {
	let protocol: number = Protocol.tcp;
	let {core} = table;
	/** Undefined if health problems are not wanted. */
	let evidence: Evidence | undefined;

	/** Sets the minimum age of a connection that existed before the first sample. */
	const noteAge = (slot: number, state: number, start: number, end: number): void => {
		const hasReceived = end - start >= CoreMember.bytesReceived + 8 && hasReceiveTime(kernel, readNumber64(words, start + CoreMember.bytesReceived));
		const received = hasReceived ? words[(start + HealthMember.lastDataReceived) >> 2] : 0;
		const acknowledged = words[(start + HealthMember.lastAckReceived) >> 2];
		const age = knownAge(state, words[(start + HealthMember.lastDataSent) >> 2], received, acknowledged);
		table.setKnownAge(slot, age, knownStateAge(state, age, acknowledged));
	};

	const readCounters = (slot: number, state: number, start: number, end: number): void => {
		const length = end - start;
		// The tcp_info of a listener has no traffic.
		if (state === State.listen || length < CoreMember.rtt + 4) {
			return;
		}

		const rtt = words[(start + CoreMember.rtt) >> 2];
		if (rtt !== 0) {
			core.rtt[slot] = rtt;
		}

		if (table.isFound(slot)) {
			noteAge(slot, state, start, end);
		}

		let isMeasured = false;
		if (length >= CoreMember.bytesRetransmitted + 8) {
			isMeasured = table.setCounters(
				slot,
				readNumber64(words, start + CoreMember.bytesSent) - readNumber64(words, start + CoreMember.bytesRetransmitted),
				readNumber64(words, start + CoreMember.bytesReceived),
			);
		} else if (length >= CoreMember.bytesReceived + 8) {
			// Before Linux 4.19. The SYN counts as an acknowledged byte.
			isMeasured = table.setCounters(slot, Math.max(0, readNumber64(words, start + CoreMember.bytesAcked) - 1), readNumber64(words, start + CoreMember.bytesReceived));
		}

		if (evidence === undefined || !(length >= HealthMember.totalRetransmits + 4)) {
			return;
		}

		evidence.noteRetransmits(slot, isMeasured, words[(start + HealthMember.totalRetransmits) >> 2]);
		evidence.noteActivity(
			slot,
			Math.min(
				words[(start + HealthMember.lastDataSent) >> 2],
				words[(start + HealthMember.lastDataReceived) >> 2],
				words[(start + HealthMember.lastAckReceived) >> 2],
			),
			(bytes[start + HealthMember.appLimited] & 1) === 1,
		);
		evidence.noteBlocked(slot, words[(start + HealthMember.lastDataSent) >> 2]);
		if (length >= HealthMember.sendBufferLimited + 8) {
			evidence.noteSendLimit(slot, isMeasured, words[((start + HealthMember.sendBufferLimited) >> 2) + lowWord]);
		}
	};

	return {
		prepare(newProtocol, columns) {
			({core} = table);
			protocol = newProtocol;
			evidence = columns.has('healthProblem') && (protocol === Protocol.tcp || protocol === Protocol.udp) ? bindEvidence(table) : undefined;
		},
		read(slot, state, start, end) {
			const length = end - start;
			if (protocol === Protocol.tcp) {
				readCounters(slot, state, start, end);
			} else if (protocol === Protocol.mptcp && state !== State.listen && length >= MptcpMember.bytesReceived + 8) {
				table.setCounters(slot, readNumber64(words, start + MptcpMember.bytesSent), readNumber64(words, start + MptcpMember.bytesReceived));
			} else if (protocol === Protocol.sctp && length >= SctpMember.rtt + 4) {
				const rtt = words[(start + SctpMember.rtt) >> 2];
				if (rtt !== 0) {
					core.rtt[slot] = rtt * 1000;
				}
			}
		},
		readDrops(slot, state, start, end) {
			if (end - start >= dropsOffset + 4 && (state === State.listen || protocol === Protocol.udp)) {
				evidence?.noteDrops(slot, words[(start + dropsOffset) >> 2]);
			}
		},
	};
};
