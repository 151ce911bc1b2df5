/** Why TCP connections closed, as far as the kernel's last counters and the states that were seen can tell. */
import {Protocol} from './columns/protocols.js';
import {State} from './columns/states.js';

/** What is known of how a TCP connection closed; the column `closeEvidence`. */
export const CloseEvidence = {
	/** Nothing: there were no last counters, or the kernel is too old to count. */
	none: 0,
	/** The peer has acknowledged the FIN of this side. */
	finAcknowledged: 1,
	/** It has not: a FIN was never sent, or never acknowledged. */
	finUnacknowledged: 2,
	/** It has acknowledged one thing besides payload: the FIN of a connection that was accepted here, the SYN of one that was opened here. */
	oneAcknowledged: 3,
	/** The same as `finUnacknowledged`, and what was sent last was sent again and again. */
	unanswered: 4,
	/** The process has thrown the connection away: no peer is left in the socket, and the counters are 0. */
	disconnected: 5,
	/** The handshake was never done. */
	neverConnected: 6,
	/** The kernel aborted the connection while its process keeps the descriptor, so that no last counters came. No timeout was counted, or none fits. */
	aborted: 7,
	/** The same after a timeout. */
	timedOut: 8,
	/** The connection is over and its process keeps the descriptor, but the kernel counted no abort: both sides have closed. */
	completed: 9,
} as const;

/** Why a connection closed, in the words of the journal; 0 where it cannot be told. */
export const closeReasons = ['', 'closed here', 'closed by peer', 'reset', 'reset here', 'unanswered', 'no connection', 'destroyed'] as const;

export type CloseReason = Exclude<(typeof closeReasons)[number], ''>;

const numberOf = (name: CloseReason): number => closeReasons.indexOf(name);

/** States of the side that has sent its FIN first. */
const closingFirst: ReadonlySet<number> = new Set([State.finWait1, State.finWait2, State.closing, State.timeWait]);

/** Whether a connection in this state is being closed by this side, before the peer. */
export const isClosingFirst = (state: number): boolean => closingFirst.has(state);

const handshake: ReadonlySet<number> = new Set([State.synSent, State.synReceived, State.newSynReceived]);

/** What is known of a socket when it closes. */
export type LastSeen = {
	readonly protocol: number;
	/** The last state that a sample saw; `State.unconnected` where none did. */
	readonly state: number;
	/** A value of `CloseEvidence`. */
	readonly evidence: number;
	/** Whether it was accepted here; asked only where it decides. */
	readonly isAccepted: () => boolean;
};

/**
Why a connection closed, as a number of `closeReasons`.

The side that closes first keeps TIME-WAIT (RFC 9293, 3.3.2). So where a FIN was acknowledged and no TIME-WAIT stayed behind, the peer was first. A reset looks
the same whoever sent it, unless the process threw the connection away (SO_LINGER of 0), which leaves no peer in the socket.
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

		case CloseEvidence.disconnected: {
			return numberOf(handshake.has(state) ? 'no connection' : 'reset here');
		}

		case CloseEvidence.neverConnected: {
			return numberOf('no connection');
		}

		default: {
			return handshake.has(state) ? numberOf('no connection') : 0;
		}
	}
};

/** What only the last counters of a socket can show: they are right about it, whenever they come. */
const certain: ReadonlySet<number> = new Set([CloseEvidence.finAcknowledged, CloseEvidence.disconnected]);

/**
What remains of the evidence that was found when a connection was over, when its last counters come later: its process kept the descriptor, or the event was late.
The kernel's counts of timeouts and resets are surer than the counters of one socket, unless these show that its FIN was acknowledged, or that its process threw it
away (which the kernel does not do to a connection that is over: `__tcp_close`).
*/
export const laterEvidence = (first: number, last: number): number =>
	last === CloseEvidence.none || (first >= CloseEvidence.aborted && !certain.has(last)) ? first : last;

/** The number of a connection that was closed in the kernel at the person's request. */
export const destroyed = numberOf('destroyed');
