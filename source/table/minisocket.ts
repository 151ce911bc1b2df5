import {State} from './columns/states.js';

/** Code of `inet_diag_msg.idiag_timer` (`net/ipv4/inet_diag.c`): the remaining time of TIME-WAIT, or of a FIN-WAIT-2 that is kept the same way. */
const timerTimeWait = 3;

/**
Whether a TCP socket in this state, with this timer, is a minisocket: the small structure that the kernel keeps for a connection whose socket is gone or does
not exist yet. These are TIME-WAIT, SYN-RECV, and FIN-WAIT-2 if kept as TIME-WAIT (`tw_substate`). They have neither owner nor inode nor counters, and no
destroy event reports their end.
*/
export const isMinisocket = (state: number, timer: number): boolean => state === State.timeWait || state === State.synReceived || state === State.newSynReceived
	|| (state === State.finWait2 && timer === timerTimeWait);
