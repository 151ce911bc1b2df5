/**
The minimum age of a TCP socket, from the times that the kernel reports when the socket is first seen.

`tcp_get_info` (`net/ipv4/tcp.c`) reports the time since data were last sent, since data were last received, and since an acknowledgement was last received. All
three are set when a connection is established, so the connection is at least as old as the largest of them. There are two exceptions: in SYN-SENT they count
from boot, and before Linux 4.11 so did the time since data were received if none had been.
*/
import {State} from './columns/states.js';

/** Code of `inet_diag_msg.idiag_timer` (`net/ipv4/inet_diag.c`): the remaining time of TIME-WAIT. */
const timeWaitTimer = 3;

/** TCP_TIMEWAIT_LEN (`net/tcp.h`), which is constant. */
const timeWaitMilliseconds = 60_000;

/** The first kernel, as major version times 100 plus minor, that sets the time of the last received data when a connection is accepted. */
const firstWithReceiveTime = 411;

const bitsOf = (...states: readonly number[]): number => states.reduce((bits, state) => bits | (1 << state), 0);

/** The states that only established connections reach and in which they still have counters. */
const establishedStates = bitsOf(State.established, State.finWait1, State.finWait2, State.closeWait, State.lastAck, State.closing);

/** The states that are entered when a segment of the peer arrives: its FIN, or the acknowledgement of ours. */
const enteredBySegment = bitsOf(State.finWait2, State.closeWait, State.closing);

const isIn = (states: number, state: number): boolean => ((states >>> state) & 1) === 1;

/** Whether the time since data were last received is valid. */
export const hasReceiveTime = (kernel: number, bytesReceived: number): boolean => kernel >= firstWithReceiveTime || bytesReceived > 0;

/** The minimum age of a connection in milliseconds, from the three times; 0 if its state has no valid times. */
export const knownAge = (state: number, sent: number, received: number, acknowledged: number): number =>
	isIn(establishedStates, state) ? Math.max(sent, received, acknowledged) : 0;

/**
Milliseconds that a connection has been in its state, at least, from its age and the time since the last acknowledgement. The segment that caused the change of
state was an acknowledgement, too; later ones make the time shorter, never longer.
*/
export const knownStateAge = (state: number, age: number, acknowledged: number): number =>
	state === State.established ? age : (isIn(enteredBySegment, state) ? acknowledged : 0);

/** Milliseconds that a socket has been in TIME-WAIT, from the remaining time of its timer; 0 in any other state. */
export const knownTimeWait = (state: number, timer: number, expires: number): number =>
	state === State.timeWait && timer === timeWaitTimer ? Math.max(0, timeWaitMilliseconds - expires) : 0;
