import type {StateName} from '../table/columns/states.js';

/** The meanings of the TCP states, one sentence each, in the order of a connection's life. UDP has UNCONN too. */
export const stateMeanings: ReadonlyMap<string, string> = new Map<StateName, string>([
	['LISTEN', 'Waits for connections; its queue holds connections that wait for accept.'],
	['SYN-SENT', 'Has sent a connection request and waits for the answer.'],
	['SYN-RECV', 'Has answered a connection request and waits for the last packet of the handshake.'],
	['ESTAB', 'Connected.'],
	['CLOSE-WAIT', 'The peer has closed, but the local process has not: many of these that stay are a leak.'],
	['FIN-WAIT-1', 'Closed here; the peer has not acknowledged it yet.'],
	['FIN-WAIT-2', 'Closed here and acknowledged; the peer has not closed yet.'],
	['LAST-ACK', 'Closed by both; the last acknowledgement is missing.'],
	['CLOSING', 'Both closed at the same time.'],
	['TIME-WAIT', 'Closed; kept for a minute so that late packets cannot disturb a new connection.'],
	['UNCONN', 'Has no peer: a UDP socket that receives from anyone, or a TCP socket that is bound but neither listens nor connects.'],
]);
