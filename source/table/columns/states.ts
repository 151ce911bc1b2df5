/**
TCP states as the kernel numbers them, for every family that sock_diag lists.

Source: `include/net/tcp_states.h`. The names are those that `ss` prints (`sstate_name` in misc/ss.c), so that `list` and `ss` can be compared word by word. The
kernel never returns state 13 (bound, inactive; Linux 6.8): it reports such sockets as 7. From 13 on, the numbers are our own: states of SCTP associations that
TCP does not have (`sctp_sstate_name` in misc/ss.c).
*/
export const stateNames = [
	'UNKNOWN',
	'ESTAB',
	'SYN-SENT',
	'SYN-RECV',
	'FIN-WAIT-1',
	'FIN-WAIT-2',
	'TIME-WAIT',
	'UNCONN',
	'CLOSE-WAIT',
	'LAST-ACK',
	'LISTEN',
	'CLOSING',
	'SYN-RECV',
	'COOKIE_WAIT',
	'COOKIE_ECHOED',
	'SHUTDOWN_PENDING',
	'SHUTDOWN_SENT',
	'SHUTDOWN_RECEIVED',
	'ACK_SENT',
] as const;

export type StateName = (typeof stateNames)[number];

export const State = {
	unknown: 0,
	established: 1,
	synSent: 2,
	synReceived: 3,
	finWait1: 4,
	finWait2: 5,
	timeWait: 6,
	unconnected: 7,
	closeWait: 8,
	lastAck: 9,
	listen: 10,
	closing: 11,
	newSynReceived: 12,
	cookieWait: 13,
	cookieEchoed: 14,
	shutdownPending: 15,
	shutdownSent: 16,
	shutdownReceived: 17,
	shutdownAckSent: 18,
} as const;

const afterFin: ReadonlySet<number> = new Set([State.closeWait, State.lastAck, State.closing]);

/** Whether a TCP socket in this state has received the FIN of its peer and still has counters. */
export const hasReceivedFin = (state: number): boolean => afterFin.has(state);

/** The number of states: the size of arrays that are indexed by state. */
export const stateCount = stateNames.length;

/** The name of a state; `UNKNOWN` for a number that this version does not know, as in `ss`. */
export const stateName = (state: number): StateName => stateNames[state] ?? 'UNKNOWN';

/** The number of a state by the name that `ss` prints, or undefined. */
export const stateByName = (name: string): number | undefined => {
	const index = (stateNames as readonly string[]).indexOf(name);
	return index === -1 ? undefined : index;
};
