import {openSocket} from '../system/system-calls.js';

/** AF_NETLINK; SOCK_RAW with SOCK_CLOEXEC; NETLINK_SOCK_DIAG. */
const netlinkFamily = 16;
const rawCloseOnExec = 3 | 0x8_00_00;
const sockDiagProtocol = 4;

/** SOL_SOCKET. */
export const solSocket = 1;

/**
Opens a socket of NETLINK_SOCK_DIAG, in the network namespace of the calling thread.

@returns Its descriptor.
@throws SystemCallError where netlink is refused.
*/
export const openSockDiag = (): number => openSocket(netlinkFamily, rawCloseOnExec, sockDiagProtocol);

/**
A struct sockaddr_nl: the address that the kernel chooses, and the multicast groups to hear.

@param groups Bit n-1 stands for group n.
*/
export const groupsAddress = (groups: number): Uint8Array => {
	const address = new Uint8Array(12);
	new Uint16Array(address.buffer)[0] = netlinkFamily;
	new Uint32Array(address.buffer)[2] = groups;
	return address;
};
