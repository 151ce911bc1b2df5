/** How TCP connections end, as far as the kernel's last words and the states that were seen can tell. */
import {Protocol} from './protocols.js';
import {State} from './states.js';

/** What the last counters of a TCP socket tell; the column `lastWords`. */
export const LastWords = {
	/** Nothing: there were none, or the kernel is too old to count. */
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
} as const;

/** How a connection ended, in the words of the journal; 0 where it cannot be told. */
export const endNames = ['', 'closed here', 'closed by peer', 'reset', 'reset here', 'unanswered', 'no connection', 'destroyed'] as const;

export type EndName = Exclude<(typeof endNames)[number], ''>;

const numberOf = (name: EndName): number => endNames.indexOf(name);

/** States of the side that has sent its FIN first. */
const closingFirst: ReadonlySet<number> = new Set([State.finWait1, State.finWait2, State.closing, State.timeWait]);

const handshake: ReadonlySet<number> = new Set([State.synSent, State.synReceived, State.newSynReceived]);

/** What is known of a socket at its end. */
export type LastSeen = {
	readonly protocol: number;
	/** The last state that a sample saw; `State.unconnected` where none did. */
	readonly state: number;
	/** A value of `LastWords`. */
	readonly lastWords: number;
	/** Whether it was accepted here; asked only where it decides. */
	readonly isAccepted: () => boolean;
};

/**
How a connection ended, as a number of `endNames`.

Who closes first is the one who keeps TIME-WAIT (RFC 9293, 3.3.2). So where a FIN was acknowledged and nothing stayed behind, the peer was first. A reset looks
the same whoever sent it, unless the process threw the connection away (SO_LINGER of 0), which leaves no peer in the socket.
*/
export const endOf = ({protocol, state, lastWords, isAccepted}: LastSeen): number => {
	if (protocol !== Protocol.tcp || state === State.listen) {
		return 0;
	}

	if (state === State.timeWait) {
		return numberOf('closed here');
	}

	switch (lastWords) {
		case LastWords.finAcknowledged: {
			return numberOf(closingFirst.has(state) ? 'closed here' : 'closed by peer');
		}

		case LastWords.finUnacknowledged: {
			return numberOf('reset');
		}

		case LastWords.oneAcknowledged: {
			return endOf({
				protocol, state, lastWords: isAccepted() ? LastWords.finAcknowledged : LastWords.finUnacknowledged, isAccepted,
			});
		}

		case LastWords.unanswered: {
			return numberOf('unanswered');
		}

		case LastWords.disconnected: {
			return numberOf(handshake.has(state) ? 'no connection' : 'reset here');
		}

		case LastWords.neverConnected: {
			return numberOf('no connection');
		}

		default: {
			return handshake.has(state) ? numberOf('no connection') : 0;
		}
	}
};

/** The number of a connection that was closed in the kernel at the person's request. */
export const destroyed = numberOf('destroyed');
