/**
The kernel's news of sockets that end: NETLINK_SOCK_DIAG multicasts a message for every TCP and UDP socket that it destroys, with its last `tcp_info`
(Linux 4.2; `net/core/sock_diag.c`). No privilege is needed. The news are those of the network namespace that the socket was opened in.
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

/** Bits of SKNLGRP_INET_TCP_DESTROY, INET_UDP, INET6_TCP and INET6_UDP (`linux/sock_diag.h`), as `nl_groups` of bind(2) takes them. */
const groupsOfEnds = 0xF;

const soReceiveBuffer = 8;
const soReceiveBufferForce = 33;
const soMemoryInfo = 55;
const memoryInfoLength = 9;
const memoryInfoDrops = 8;

/** Room for what comes while a large table is being dumped: a message takes about 1.3 KiB of it, so this is half a second of 100,000 ends a second. */
const receiveBufferBytes = 0x4_00_00_00;

/** What the feed needs of its socket. */
export type DestroySocket = {
	/**
	Takes one datagram, without waiting.

	@returns Its length, or -1 when there is none.
	@throws SystemCallError with code ENOBUFS, once after messages were lost.
	*/
	readonly receive: (buffer: Uint8Array) => number;
	/** Messages that the kernel had no room for so far; undefined where it does not count them (before Linux 4.12). */
	readonly drops: () => number | undefined;
	/** Calls back while there is something to take; does not keep the process alive. */
	readonly watch: (callback: () => void) => Watch;
	readonly close: () => void;
};

/**
Opens the socket.

@param bufferBytes What the kernel may keep of messages that are not taken yet.
@throws SystemCallError where the kernel refuses, as those before Linux 4.2 do.
*/
export const openDestroySocket = (bufferBytes = receiveBufferBytes): DestroySocket => {
	const descriptor = openSockDiag();
	try {
		setReceiveBuffer(descriptor, bufferBytes);
		bindSocket(descriptor, groupsAddress(groupsOfEnds));
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

/** Only who may administer the network may exceed `rmem_max`; the kernel cuts what others ask for to it. */
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
