import type {StateName} from '../table/columns/states.js';

/** What the states of TCP mean, in a sentence each, in the order of a connection's life. UNCONN is UDP's, too. */
export const stateMeanings: ReadonlyMap<string, string> = new Map<StateName, string>([
	['LISTEN', 'Waits for connections; its queue holds those that wait for accept.'],
	['SYN-SENT', 'Asked for a connection and has no answer yet.'],
	['SYN-RECV', 'Answered a request and waits for the last word of the handshake.'],
	['ESTAB', 'Connected.'],
	['CLOSE-WAIT', 'The peer has closed, the process here has not: many that stay are a leak.'],
	['FIN-WAIT-1', 'Closed here; the peer has not confirmed it yet.'],
	['FIN-WAIT-2', 'Closed here; the peer has confirmed it, but has not closed yet.'],
	['LAST-ACK', 'Closed by both; the last confirmation is missing.'],
	['CLOSING', 'Both closed at the same time.'],
	['TIME-WAIT', 'Over; kept for a minute so that late packets do no harm.'],
	['UNCONN', 'Has no peer: UDP that takes from anyone, or TCP that is bound and neither listens nor connects.'],
]);
