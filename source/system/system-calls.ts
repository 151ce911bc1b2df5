/**
The system calls that netlink needs, through koffi: C's own functions of the process's libc (glibc and musl alike), without a compiler.

All calls are synchronous. A dump does its work inside `send` and `recv`, so they belong on a thread that may be busy.
*/
import {getSystemErrorName} from 'node:util';
import {koffi} from './koffi.js';

const libc = koffi.load(null);

// Sizes are passed as numbers: every length here is far below 2^53.
const socketCall = libc.func('int socket(int domain, int type, int protocol)');
const setSocketOptionCall = libc.func('int setsockopt(int fd, int level, int name, const void *value, uint32_t length)');
const sendCall = libc.func('intptr_t send(int fd, const void *data, size_t length, int flags)');
const receiveCall = libc.func('intptr_t recv(int fd, void *data, size_t length, int flags)');
const closeCall = libc.func('int close(int fd)');
const bindCall = libc.func('int bind(int fd, const void *address, uint32_t length)');
const enterNamespaceCall = libc.func('int setns(int fd, int type)');
const getSocketOptionCall = libc.func('int getsockopt(int fd, int level, int name, void *value, void *length)');

const {EINTR, EAGAIN} = koffi.os.errno;

/** A system call failed. `code` is the errno's name (`EPERM`). */
export class SystemCallError extends Error {
	override name = 'SystemCallError';
	readonly code: string;

	constructor(call: string, errno: number) {
		const code = errnoName(errno);
		super(`${call}: ${code}`);
		this.code = code;
	}
}

/** The name of an errno, such as `ENOENT`; `errno N` for one that Node.js does not know. */
export const errnoName = (errno: number): string => {
	try {
		return getSystemErrorName(-errno);
	} catch {
		return `errno ${errno}`;
	}
};

const checked = (call: string, result: number): number => {
	if (result < 0) {
		throw new SystemCallError(call, koffi.errno());
	}

	return result;
};

/** Socket(2). The descriptor is closed on exec. */
export const openSocket = (domain: number, type: number, protocol: number): number =>
	checked('socket', socketCall(domain, type, protocol) as number);

/** Setsockopt(2). */
export const setSocketOption = (descriptor: number, level: number, name: number, value: Uint8Array): void => {
	checked('setsockopt', setSocketOptionCall(descriptor, level, name, value, value.byteLength) as number);
};

/** Send(2): the whole of `data` as one datagram. */
export const send = (descriptor: number, data: Uint8Array): void => {
	for (;;) {
		const sent = sendCall(descriptor, data, data.byteLength, 0) as number;
		if (sent >= 0) {
			return;
		}

		if (koffi.errno() !== EINTR) {
			throw new SystemCallError('send', koffi.errno());
		}
	}
};

/** MSG_TRUNC: recv returns the real length of a datagram that did not fit. */
const messageTruncated = 0x20;

/**
Recv(2) of one datagram.

@returns Its length in bytes; more than `buffer` holds when it was cut.
*/
export const receive = (descriptor: number, buffer: Uint8Array): number => {
	for (;;) {
		const length = receiveCall(descriptor, buffer, buffer.byteLength, messageTruncated) as number;
		if (length >= 0) {
			return length;
		}

		if (koffi.errno() !== EINTR) {
			throw new SystemCallError('recv', koffi.errno());
		}
	}
};

/** MSG_DONTWAIT. */
const doNotWait = 0x40;

/**
Recv(2) of one datagram that has come already.

@returns Its length in bytes, more than `buffer` holds when it was cut; -1 when there is none.
*/
export const receiveNow = (descriptor: number, buffer: Uint8Array): number => {
	for (;;) {
		const length = receiveCall(descriptor, buffer, buffer.byteLength, messageTruncated | doNotWait) as number;
		if (length >= 0) {
			return length;
		}

		const errno = koffi.errno();
		if (errno === EAGAIN) {
			return -1;
		}

		if (errno !== EINTR) {
			throw new SystemCallError('recv', errno);
		}
	}
};

/** Bind(2). */
export const bindSocket = (descriptor: number, address: Uint8Array): void => {
	checked('bind', bindCall(descriptor, address, address.byteLength) as number);
};

/** CLONE_NEWNET. */
const networkNamespace = 0x40_00_00_00;

/** Setns(2): moves the calling thread, and no other, into a network namespace. */
export const enterNetworkNamespace = (descriptor: number): void => {
	checked('setns', enterNamespaceCall(descriptor, networkNamespace) as number);
};

/**
Getsockopt(2).

@returns The number of bytes that the kernel wrote into `value`.
*/
export const getSocketOption = (descriptor: number, level: number, name: number, value: Uint8Array): number => {
	const length = new Uint32Array([value.byteLength]);
	checked('getsockopt', getSocketOptionCall(descriptor, level, name, value, length) as number);
	return length[0];
};

/** Tells when a descriptor can be read. */
export type Watch = {
	readonly start: () => void;
	readonly stop: () => void;
	/** To be called before the descriptor is closed. */
	readonly close: () => void;
};

/** Watches a descriptor in the event loop of this thread, which does not stay alive for it. Calls back as long as there is something to read. */
export const watchReadable = (descriptor: number, callback: () => void): Watch => {
	const handle = koffi.node.poll(descriptor, {readable: true}, callback);
	handle.stop();
	return {
		start() {
			handle.start({readable: true}, callback);
			handle.unref();
		},
		stop() {
			handle.stop();
		},
		close() {
			handle.close();
		},
	};
};

/** Close(2); an error means that it is closed already. */
export const closeDescriptor = (descriptor: number): void => {
	closeCall(descriptor);
};
