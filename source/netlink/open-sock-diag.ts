import {openSocket} from '../system/system-calls.js';

/** AF_NETLINK; SOCK_RAW with SOCK_CLOEXEC; NETLINK_SOCK_DIAG. */
const netlinkFamily = 16;
const rawCloseOnExec = 3 | 0x8_00_00;
const sockDiagProtocol = 4;

/** SOL_SOCKET. */
export const solSocket = 1;

/**
Opens a NETLINK_SOCK_DIAG socket in the network namespace of the calling thread.

@returns The descriptor.
@throws SystemCallError if netlink is refused.
*/
export const openSockDiag = (): number => openSocket(netlinkFamily, rawCloseOnExec, sockDiagProtocol);

/**
Creates a struct sockaddr_nl that joins multicast groups and lets the kernel choose the port.

@param groups Bit n-1 is group n.
*/
export const groupsAddress = (groups: number): Uint8Array => {
	const address = new Uint8Array(12);
	new Uint16Array(address.buffer)[0] = netlinkFamily;
	new Uint32Array(address.buffer)[2] = groups;
	return address;
};
