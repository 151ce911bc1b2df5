/**
How old a TCP socket is at least, by what the kernel remembers of it when it is seen for the first time.

`tcp_get_info` (`net/ipv4/tcp.c`) gives the time since data were last sent, since data were last received, and since an acknowledgement was last received. All three
moments are set when a connection is established, so a connection has lived for as long as the oldest of them. Two exceptions: in SYN-SENT they count
from the start of the machine, and before Linux 4.11 so did the time since data were received, where none had been.
*/
import {State} from './columns/states.js';

/** Code of `inet_diag_msg.idiag_timer` (`net/ipv4/inet_diag.c`): the time for which TIME-WAIT still lasts. */
const timeWaitTimer = 3;

/** TCP_TIMEWAIT_LEN (`net/tcp.h`), which cannot be changed. */
const timeWaitMilliseconds = 60_000;

/** The first kernel, as major version times 100 plus minor, that sets the moment of the last data received when it accepts a connection. */
const firstWithReceiveTime = 411;

const bitsOf = (...states: readonly number[]): number => states.reduce((bits, state) => bits | (1 << state), 0);

/** The states that only an established connection gets to, in which it still has counters. */
const establishedStates = bitsOf(State.established, State.finWait1, State.finWait2, State.closeWait, State.lastAck, State.closing);

/** The states that a segment of the peer leads to: its FIN, or the acknowledgement of ours. */
const enteredBySegment = bitsOf(State.finWait2, State.closeWait, State.closing);

const isIn = (states: number, state: number): boolean => ((states >>> state) & 1) === 1;

/** Whether the time since data were last received means something. */
export const hasReceiveTime = (kernel: number, bytesReceived: number): boolean => kernel >= firstWithReceiveTime || bytesReceived > 0;

/** Milliseconds for which a connection has lived, at least, by the times since the three moments; 0 for one that does not count. */
export const knownAge = (state: number, sent: number, received: number, acknowledged: number): number =>
	isIn(establishedStates, state) ? Math.max(sent, received, acknowledged) : 0;

/**
Milliseconds for which a connection has been in its state, at least, by its age and the time since an acknowledgement was last received. A segment that leads to
another state is an acknowledgement, too; later ones make the time shorter, never longer.
*/
export const knownStateAge = (state: number, age: number, acknowledged: number): number =>
	state === State.established ? age : (isIn(enteredBySegment, state) ? acknowledged : 0);

/** Milliseconds for which a socket has been in TIME-WAIT, by the time that is left on its timer; 0 in any other state. */
export const knownTimeWait = (state: number, timer: number, expires: number): number =>
	state === State.timeWait && timer === timeWaitTimer ? Math.max(0, timeWaitMilliseconds - expires) : 0;
