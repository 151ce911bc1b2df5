/**
The socket for destroy events: NETLINK_SOCK_DIAG multicasts a message for every TCP and UDP socket that the kernel destroys, with its last `tcp_info` (Linux 4.2;
`net/core/sock_diag.c`). No privilege is needed. The events are those of the network namespace in which the socket was opened.
*/
import {
	bindSocket,
	closeDescriptor,
	getSocketOption,
	receiveNow,
	setSocketOption,
	SystemCallError,
	watchReadable,
	type Watch,
} from '../system/system-calls.js';
import {groupsAddress, openSockDiag, solSocket} from './open-sock-diag.js';

/** The `nl_groups` bits of SKNLGRP_INET_TCP_DESTROY, INET_UDP, INET6_TCP and INET6_UDP (`linux/sock_diag.h`). */
const groupsOfDestroyEvents = 0xF;

const soReceiveBuffer = 8;
const soReceiveBufferForce = 33;
const soMemoryInfo = 55;
const memoryInfoLength = 9;
const memoryInfoDrops = 8;

/** Room for messages that arrive during the dump of a large table. A message takes about 1.3 KiB, so this is half a second of 100,000 closes per second. */
const receiveBufferBytes = 0x4_00_00_00;

/** The socket of a feed. */
export type DestroySocket = {
	/**
	Reads one datagram without waiting.

	@returns Its length, or -1 if there is none.
	@throws SystemCallError with the code ENOBUFS, once after messages were lost.
	*/
	readonly receive: (buffer: Uint8Array) => number;
	/** How many messages the kernel dropped so far; undefined if it does not count them (before Linux 4.12). */
	readonly drops: () => number | undefined;
	/** Calls back while there is data to read, without keeping the process alive. */
	readonly watch: (callback: () => void) => Watch;
	readonly close: () => void;
};

/**
Opens the socket.

@param bufferBytes Size of the kernel's receive buffer.
@throws SystemCallError if the kernel refuses, as before Linux 4.2.
*/
export const openDestroySocket = (bufferBytes = receiveBufferBytes): DestroySocket => {
	const descriptor = openSockDiag();
	try {
		setReceiveBuffer(descriptor, bufferBytes);
		bindSocket(descriptor, groupsAddress(groupsOfDestroyEvents));
	} catch (error) {
		closeDescriptor(descriptor);
		throw error;
	}

	return {
		receive: buffer => receiveNow(descriptor, buffer),
		drops: () => readDrops(descriptor),
		watch: callback => watchReadable(descriptor, callback),
		close() {
			closeDescriptor(descriptor);
		},
	};
};

/** Exceeding `rmem_max` needs CAP_NET_ADMIN. Without it, the kernel limits the size to `rmem_max`. */
const setReceiveBuffer = (descriptor: number, bytes: number): void => {
	const size = new Uint8Array(new Int32Array([bytes]).buffer);
	try {
		setSocketOption(descriptor, solSocket, soReceiveBufferForce, size);
	} catch (error) {
		if (!(error instanceof SystemCallError)) {
			throw error;
		}

		setSocketOption(descriptor, solSocket, soReceiveBuffer, size);
	}
};

const readDrops = (descriptor: number): number | undefined => {
	const info = new Uint32Array(memoryInfoLength);
	try {
		const length = getSocketOption(descriptor, solSocket, soMemoryInfo, new Uint8Array(info.buffer));
		return length === info.byteLength ? info[memoryInfoDrops] : undefined;
	} catch {
		return undefined;
	}
};
