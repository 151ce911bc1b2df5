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

/** State names of five letters and of two, for narrow columns. */
export const shortStateNames: ReadonlyMap<string, readonly [short: string, shortest: string]> = new Map(Object.entries({
	UNKNOWN: ['?', '?'],
	ESTAB: ['ESTAB', 'ES'],
	'SYN-SENT': ['SYN-S', 'SS'],
	'SYN-RECV': ['SYN-R', 'SR'],
	'FIN-WAIT-1': ['FIN-1', 'F1'],
	'FIN-WAIT-2': ['FIN-2', 'F2'],
	'TIME-WAIT': ['TIMEW', 'TW'],
	UNCONN: ['UNCON', 'UN'],
	'CLOSE-WAIT': ['CLOSW', 'CW'],
	'LAST-ACK': ['LASTA', 'LA'],
	LISTEN: ['LISTN', 'LI'],
	CLOSING: ['CLOSG', 'CG'],
	CLOSED: ['CLOSD', 'CL'],
	COOKIE_WAIT: ['CKIEW', 'KW'],
	COOKIE_ECHOED: ['CKIEE', 'KE'],
	SHUTDOWN_PENDING: ['SHUTP', 'SP'],
	SHUTDOWN_SENT: ['SHUTS', 'ST'],
	SHUTDOWN_RECEIVED: ['SHUTR', 'SV'],
	ACK_SENT: ['ACK-S', 'AS'],
} satisfies Readonly<Record<StateName | 'CLOSED', readonly [string, string]>>));

/** The number of a state by the name that `ss` prints, or undefined. */
export const stateByName = (name: string): number | undefined => {
	const index = (stateNames as readonly string[]).indexOf(name);
	return index === -1 ? undefined : index;
};
