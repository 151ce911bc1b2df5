/** The words of `ss` for bits and codes of the kernel. Fields print them, and the parser of `ss` output maps them back. */

/** Which directions are open, indexed by the bits RCV_SHUTDOWN (1) and SEND_SHUTDOWN (2) (`include/net/sock.h`). */
export const shutdownMarks = ['<->', '-->', '<--', '---'] as const;

/** Bits of `struct inet_diag_sockopt` (`include/uapi/linux/inet_diag.h`), lowest first. The kernel's `bind_address_no_port` is abbreviated. */
export const socketOptionNames = [
	'recverr',
	'is_icsk',
	'freebind',
	'hdrincl',
	'mc_loop',
	'transparent',
	'mc_all',
	'nodefrag',
	'bind_addr_no_port',
	'recverr_rfc4884',
	'defer_connect',
] as const;

/** Bits of `pdi_flags` (`include/uapi/linux/packet_diag.h`), lowest first; the fifth is PDI_LOSS. */
export const packetFlagNames = ['running', 'auxdata', 'origdev', 'vnethdr', 'loss'] as const;

/** PACKET_FANOUT_* (`include/uapi/linux/if_packet.h`); `ss` has no words for the last two. */
export const fanoutNames = ['hash', 'lb', 'cpu', 'roll', 'random', 'qm', 'cbpf', 'ebpf'] as const;

/** MPTCP_SUBFLOW_FLAG_* (`include/uapi/linux/mptcp.h`), lowest first. */
export const subflowFlagLetters = ['M', 'm', 'J', 'j', 'B', 'b', 'e', 'c', 'v'] as const;
