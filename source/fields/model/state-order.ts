import {State, stateCount} from '../../table/columns/states.js';

/** The numbers of all states in the order of interest: what is under way first, what merely waits for its end last. */
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

// The kernel has two numbers for SYN-RECV; people know one state.
ranks[State.newSynReceived] = ranks[State.synReceived];

/** Place of a state in the order of interest, from 0. */
export const interestOf = (state: number): number => ranks[state];
