/**
The system calls that netlink needs, made through koffi: it calls the libc that the process has loaded (glibc or musl) and needs no compiler.

All calls throw `SystemCallError` if they fail. The kernel does the work of a dump inside `send` and `recv`, so these calls can take long: both exist for another
thread, too. All others are synchronous.
*/
import {getSystemErrorName} from 'node:util';
import {koffi} from './koffi.js';

const libc = koffi.load(null);

// Sizes are numbers: all lengths here are far below 2^53.
const socketCall = libc.func('int socket(int domain, int type, int protocol)');
const setSocketOptionCall = libc.func('int setsockopt(int fd, int level, int name, const void *value, uint32_t length)');
const sendCall = libc.func('intptr_t send(int fd, const void *data, size_t length, int flags)');
const receiveCall = libc.func('intptr_t recv(int fd, void *data, size_t length, int flags)');
const closeCall = libc.func('int close(int fd)');
const bindCall = libc.func('int bind(int fd, const void *address, uint32_t length)');
const enterNamespaceCall = libc.func('int setns(int fd, int type)');
const getSocketOptionCall = libc.func('int getsockopt(int fd, int level, int name, void *value, void *length)');

type KoffiFunction = typeof sendCall;

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

/** The name of an errno, such as `ENOENT`, or `errno N` if Node.js does not know it. */
export const errnoName = (errno: number): string => {
	try {
		return getSystemErrorName(-errno);
	} catch {
		return `errno ${errno}`;
	}
};

const throwOnError = (call: string, result: number): number => {
	if (result < 0) {
		throw new SystemCallError(call, koffi.errno());
	}

	return result;
};

/** Calls socket(2). */
export const openSocket = (domain: number, type: number, protocol: number): number =>
	throwOnError('socket', socketCall(domain, type, protocol) as number);

/** Calls setsockopt(2). */
export const setSocketOption = (descriptor: number, level: number, name: number, value: Uint8Array): void => {
	throwOnError('setsockopt', setSocketOptionCall(descriptor, level, name, value, value.byteLength) as number);
};

/** Calls send(2): sends `data` as one datagram. */
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

/** MSG_TRUNC: recv(2) returns the real length of a datagram even if it was truncated. */
const messageTruncated = 0x20;

/**
Calls recv(2): waits for one datagram.

@returns Its length in bytes, larger than `buffer` if it was truncated.
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

/** Makes a call in a thread of libuv's pool, which costs some 40 µs more than in this one. */
const callAsync = async (call: KoffiFunction, ...values: readonly unknown[]): Promise<number> => new Promise((resolve, reject) => {
	call.async(...values, (error: unknown, result: number) => {
		if (error instanceof Error) {
			reject(error);
		} else {
			resolve(result);
		}
	});
});

/** Like `send`, in another thread. */
export const sendAsync = async (descriptor: number, data: Uint8Array): Promise<void> => {
	const sent = await callAsync(sendCall, descriptor, data, data.byteLength, 0);
	if (sent < 0) {
		// The errno is that of the other thread. The call fails again here, or succeeds.
		send(descriptor, data);
	}
};

/** Like `receive`, in another thread. The buffer must not be used meanwhile. */
export const receiveAsync = async (descriptor: number, buffer: Uint8Array): Promise<number> => {
	const length = await callAsync(receiveCall, descriptor, buffer, buffer.byteLength, messageTruncated);
	return length < 0 ? receive(descriptor, buffer) : length;
};

/** MSG_DONTWAIT. */
const doNotWait = 0x40;

/**
Calls recv(2) without waiting.

@returns The length of the datagram in bytes, larger than `buffer` if it was truncated; -1 if there is none.
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

/** Calls bind(2). */
export const bindSocket = (descriptor: number, address: Uint8Array): void => {
	throwOnError('bind', bindCall(descriptor, address, address.byteLength) as number);
};

/** CLONE_NEWNET. */
const networkNamespace = 0x40_00_00_00;

/** Calls setns(2): moves the calling thread, and only that one, into a network namespace. */
export const enterNetworkNamespace = (descriptor: number): void => {
	throwOnError('setns', enterNamespaceCall(descriptor, networkNamespace) as number);
};

/**
Calls getsockopt(2).

@returns The number of bytes that the kernel wrote into `value`.
*/
export const getSocketOption = (descriptor: number, level: number, name: number, value: Uint8Array): number => {
	const length = new Uint32Array([value.byteLength]);
	throwOnError('getsockopt', getSocketOptionCall(descriptor, level, name, value, length) as number);
	return length[0];
};

/** Watches whether a descriptor can be read. Stopped at first. */
export type Watch = {
	readonly start: () => void;
	readonly stop: () => void;
	/** Must be called before the descriptor is closed. */
	readonly close: () => void;
};

/** Creates a watch in the event loop of this thread, without keeping the loop alive. `callback` is called repeatedly while there is data to read. */
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

/** Calls close(2). Ignores errors: they mean that the descriptor is closed already. */
export const closeDescriptor = (descriptor: number): void => {
	closeCall(descriptor);
};
