/**
Finds why connections ended for which the kernel has sent no destroy event. A process that does not close its descriptor keeps the socket: the kernel removes it
from its tables when the peer resets the connection or stops answering, and sends the event, with the last counters, only when the descriptor is closed. Until
then there are three hints: the timer that was running in the last sample, how many connections the kernel has aborted since, and how many of those because of a
timeout.
*/
import {CloseEvidence} from '../../table/close-reasons.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';
import {parseAbortCounts, type AbortCounts} from './abort-counts.js';

/** Codes of `inet_diag_msg.idiag_timer` (`net/ipv4/inet_diag.c`) whose last expiry can abort a connection: retransmission, keepalive, persist. */
const abortingTimers: ReadonlySet<number> = new Set([1, 2, 4]);

/** A timer counts as fired up to this many milliseconds early, because time passes during a dump. */
const tolerance = 250;

export type Vanished = {
	/** Reads the counts. Call it before the dumps of each sample. */
	readonly begin: () => void;
	/** Sets the evidence of connections that were open in the previous sample and have ended since without an event. Call it again when they are closed. */
	readonly explain: (slots: readonly number[]) => void;
};

/** @param read Reads the counts of the network namespace, as text; undefined if they cannot be read. */
export const createVanished = (table: SocketTable, read: () => string | undefined): Vanished => {
	/** The counts at the start of this sample and of the previous one. */
	let current: string | undefined;
	let previous: string | undefined;
	/**
	The increase from the start of the previous sample until the first ended connection of this sample was found; undefined before that, and if the kernel does
	not count.
	*/
	let since: AbortCounts | undefined;

	const countSince = (): AbortCounts | undefined => {
		const latest = read();
		const [from, to] = [previous, latest].map(text => text === undefined ? undefined : parseAbortCounts(text));
		return from && to && {aborts: to.aborts - from.aborts, timeouts: to.timeouts - from.timeouts};
	};

	/** Whether the timer that ran when a connection was last seen may have fired since. */
	const canHaveFired = (slot: number): boolean => {
		const {core: {timer, timerExpires}, now, previousSampleAt} = table;
		return abortingTimers.has(timer[slot]) && timerExpires[slot] <= now - previousSampleAt + tolerance;
	};

	/** Whether the other side of a connection is on this machine and in TIME-WAIT: then both sides have closed. */
	const isPeerInTimeWait = (slot: number): boolean => {
		const other = table.pairs.otherEnd(slot);
		return other !== -1 && table.core.state[other] === State.timeWait;
	};

	/**
	Subtracts the FIN from the received bytes if the last sample counted it although it saw an open connection: the kernel reports the state first, and the FIN may arrive
	before it reports the counters.
	*/
	const discountFin = (slot: number): void => {
		const {core: {bytesSent, bytesReceived}, pairs} = table;
		const other = pairs.otherEnd(slot);
		if (other !== -1 && bytesReceived[slot] === bytesSent[other] + 1) {
			table.discountFin(slot);
		}
	};

	/** Whether the kernel counts the connection if it aborts it: it does so only in these states. */
	const isCounted = (slot: number): boolean => table.core.state[slot] === State.established || table.core.state[slot] === State.closeWait;

	const evidenceOf = (slot: number, {aborts, timeouts}: AbortCounts, isEachTimedOut: boolean): number => {
		const {state, timer, timerRetransmits, sendQ} = table.core;
		const wasWaiting = timerRetransmits[slot] > 0 || sendQ[slot] > 0;
		const canHaveTimedOut = timer[slot] === 0 ? isEachTimedOut : canHaveFired(slot) && (wasWaiting || isEachTimedOut);
		if (timeouts > 0 && canHaveTimedOut) {
			return CloseEvidence.timedOut;
		}

		// In LAST-ACK, only an acknowledgement was missing.
		const isCompleted = state[slot] === State.lastAck || (isCounted(slot) && (aborts === 0 || isPeerInTimeWait(slot)));
		return isCompleted ? CloseEvidence.completed : CloseEvidence.aborted;
	};

	return {
		begin() {
			previous = current;
			current = read();
			since = undefined;
		},
		explain(all) {
			const {closeEvidence, timerRetransmits} = table.core;
			for (const slot of all) {
				// The dump in which it was gone may have been too early for the other side.
				if (closeEvidence[slot] === CloseEvidence.aborted && isCounted(slot) && isPeerInTimeWait(slot)) {
					closeEvidence[slot] = CloseEvidence.completed;
				}
			}

			// A connection that was gone before already has its evidence.
			const slots = all.filter(slot => closeEvidence[slot] === CloseEvidence.none);
			since ??= slots.length === 0 ? undefined : countSince();
			for (const slot of slots) {
				closeEvidence[slot] = since === undefined
					? (timerRetransmits[slot] > 0 && canHaveFired(slot) ? CloseEvidence.timedOut : CloseEvidence.aborted)
					: evidenceOf(slot, since, since.timeouts >= slots.length);
			}

			for (const slot of all) {
				if (closeEvidence[slot] === CloseEvidence.completed) {
					discountFin(slot);
				}
			}
		},
	};
};
