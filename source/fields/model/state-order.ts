import {State, stateCount} from '../../table/columns/states.js';

/** All state numbers, by interest: connections in progress first, sockets that only wait to be removed last. */
export const statesByInterest: readonly number[] = [
	State.synSent,
	State.synReceived,
	State.newSynReceived,
	State.cookieWait,
	State.cookieEchoed,
	State.established,
	State.closeWait,
	State.shutdownReceived,
	State.finWait1,
	State.shutdownPending,
	State.shutdownSent,
	State.shutdownAckSent,
	State.lastAck,
	State.closing,
	State.finWait2,
	State.listen,
	State.unconnected,
	State.timeWait,
	State.unknown,
];

const ranks = new Uint8Array(stateCount);
for (const [rank, state] of statesByInterest.entries()) {
	ranks[state] = rank;
}

// The kernel has two numbers for SYN-RECV; users know one state.
ranks[State.newSynReceived] = ranks[State.synReceived];

/** Returns the rank of a state by interest, from 0. */
export const interestOf = (state: number): number => ranks[state];
