import {State} from './columns/states.js';

/** Code of `inet_diag_msg.idiag_timer` (`net/ipv4/inet_diag.c`): the time for which TIME-WAIT, or what waits like it, still lasts. */
const timerTimeWait = 3;

/**
Whether a TCP socket in this state, with this timer, is one of the kernel's small forms, which stand for connections whose socket is gone or not there yet:
TIME-WAIT, SYN-RECV, and FIN-WAIT-2 as TIME-WAIT keeps it (`tw_substate`). They have neither owner nor inode nor counters, and no news tell of their end.
*/
export const isMiniForm = (state: number, timer: number): boolean => state === State.timeWait || state === State.synReceived || state === State.newSynReceived
	|| (state === State.finWait2 && timer === timerTimeWait);
