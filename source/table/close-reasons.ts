/** Finds why TCP connections closed, from the kernel's last counters and the states that samples saw. */
import {Protocol} from './columns/protocols.js';
import {State} from './columns/states.js';

/** What is known about how a TCP connection closed: the values of the column `closeEvidence`. */
export const CloseEvidence = {
	/** Nothing: there were no last counters, or the kernel is too old to report them. */
	none: 0,
	/** The peer acknowledged the FIN of this side. */
	finAcknowledged: 1,
	/** The peer did not acknowledge a FIN of this side: none was sent, or none was acknowledged. */
	finUnacknowledged: 2,
	/** The peer acknowledged one sequence number besides payload: the FIN of a connection accepted here, or the SYN of one opened here. */
	oneAcknowledged: 3,
	/** Like `finUnacknowledged`, and the last segment was retransmitted again and again. */
	unanswered: 4,
	/** The process aborted the connection: the socket has no peer left, and the counters are 0. */
	disconnected: 5,
	/** The handshake was never completed. */
	neverConnected: 6,
	/** The kernel aborted the connection while its process keeps the descriptor, so there were no last counters. The kernel counted no matching timeout. */
	aborted: 7,
	/** Like `aborted`, after a timeout. */
	timedOut: 8,
	/** The connection has ended and its process keeps the descriptor, but the kernel counted no abort: both sides have closed. */
	completed: 9,
} as const;

/** Close reasons, in the words of the journal; index 0 if unknown. */
export const closeReasons = ['', 'closed here', 'closed by peer', 'reset', 'reset here', 'unanswered', 'no connection', 'destroyed'] as const;

export type CloseReason = Exclude<(typeof closeReasons)[number], ''>;

const numberOf = (name: CloseReason): number => closeReasons.indexOf(name);

/** States of the side that sent its FIN first. */
const closingFirst: ReadonlySet<number> = new Set([State.finWait1, State.finWait2, State.closing, State.timeWait]);

/** Whether this side closes the connection first. */
export const isClosingFirst = (state: number): boolean => closingFirst.has(state);

const handshake: ReadonlySet<number> = new Set([State.synSent, State.synReceived, State.newSynReceived]);

/** What is known about a socket when it closes. */
export type LastSeen = {
	readonly protocol: number;
	/** The last state that a sample saw; `State.unconnected` if no sample saw the socket. */
	readonly state: number;
	/** A value of `CloseEvidence`. */
	readonly evidence: number;
	/** Whether the connection was accepted here. Called only if the reason depends on it. */
	readonly isAccepted: () => boolean;
};

/**
Why a connection closed, as a number of `closeReasons`.

The side that closes first keeps TIME-WAIT (RFC 9293, 3.3.2). So if a FIN was acknowledged and no TIME-WAIT stayed behind, the peer closed first. A reset looks
the same whichever side sent it, unless the process aborted the connection (SO_LINGER of 0), which leaves no peer in the socket.
*/
export const closeReasonOf = ({protocol, state, evidence, isAccepted}: LastSeen): number => {
	if (protocol !== Protocol.tcp || state === State.listen) {
		return 0;
	}

	if (state === State.timeWait) {
		return numberOf('closed here');
	}

	switch (evidence) {
		case CloseEvidence.completed:
		case CloseEvidence.finAcknowledged: {
			return numberOf(isClosingFirst(state) ? 'closed here' : 'closed by peer');
		}

		case CloseEvidence.finUnacknowledged: {
			return numberOf('reset');
		}

		case CloseEvidence.aborted: {
			return numberOf(handshake.has(state) ? 'no connection' : 'reset');
		}

		case CloseEvidence.oneAcknowledged: {
			return closeReasonOf({
				protocol, state, evidence: isAccepted() ? CloseEvidence.finAcknowledged : CloseEvidence.finUnacknowledged, isAccepted,
			});
		}

		case CloseEvidence.unanswered: {
			return numberOf('unanswered');
		}

		case CloseEvidence.timedOut: {
			return numberOf(handshake.has(state) ? 'no connection' : 'unanswered');
		}

		// The socket had the window of its peer: the handshake was completed, even if the last sample saw it under way.
		case CloseEvidence.disconnected: {
			return numberOf('reset here');
		}

		case CloseEvidence.neverConnected: {
			return numberOf('no connection');
		}

		default: {
			return handshake.has(state) ? numberOf('no connection') : 0;
		}
	}
};

/** Evidence that only the last counters of a socket can give. It is certain, whenever it arrives. */
const certain: ReadonlySet<number> = new Set([CloseEvidence.finAcknowledged, CloseEvidence.disconnected]);

/**
Combines the evidence found when a connection ended with that of its last counters, which came later because its process kept the descriptor or because the
event was late. The kernel's counts of timeouts and resets are more reliable than the counters of one socket, unless these show that its FIN was acknowledged,
or that its process aborted it (which the kernel does not do to a connection that has ended: `__tcp_close`).
*/
export const laterEvidence = (first: number, last: number): number =>
	last === CloseEvidence.none || (first >= CloseEvidence.aborted && !certain.has(last)) ? first : last;

/** The number of the reason "closed in the kernel at the user's request". */
export const destroyed = numberOf('destroyed');
