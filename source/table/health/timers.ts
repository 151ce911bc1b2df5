/** Codes of `inet_diag_msg.idiag_timer` (`net/ipv4/inet_diag.c`): retransmission, and probing a closed window. */
export const Timer = {retransmission: 1, persist: 4} as const;
