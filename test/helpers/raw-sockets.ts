/**
Sockets opened with system calls, for what `node:net` cannot do (a listener that accepts nothing) or what is too expensive with it (100,000 sockets). IPv4 only. All calls
block, but not for long on the loopback interface.
*/
import {Buffer} from 'node:buffer';
import os from 'node:os';
import {getSystemErrorName} from 'node:util';
import koffi from 'koffi';

const libc = koffi.load(null);
const socketCall = libc.func('int socket(int domain, int type, int protocol)');
const bindCall = libc.func('int bind(int fd, const void *address, uint32_t length)');
const listenCall = libc.func('int listen(int fd, int backlog)');
const connectCall = libc.func('int connect(int fd, const void *address, uint32_t length)');
const acceptCall = libc.func('int accept4(int fd, void *address, void *length, int flags)');
const nameCall = libc.func('int getsockname(int fd, _Out_ void *address, _Inout_ uint32_t *length)');
const sendCall = libc.func('intptr_t send(int fd, const void *data, size_t length, int flags)');
const receiveCall = libc.func('intptr_t recv(int fd, void *data, size_t length, int flags)');
const optionCall = libc.func('int setsockopt(int fd, int level, int name, const void *value, uint32_t length)');
const ioctlCall = libc.func('int ioctl(int fd, unsigned long request, void *argument)');
const shutdownCall = libc.func('int shutdown(int fd, int how)');
const closeCall = libc.func('int close(int fd)');

const inet = 2;
const stream = 1;
const closeOnExec = 0o200_0000;
const addressLength = 16;

const check = (call: string, result: unknown): number => {
	if (typeof result !== 'number' || result < 0) {
		throw new Error(`${call}: ${getSystemErrorName(-koffi.errno())}`);
	}

	return result;
};

/** A struct sockaddr_in. */
export const socketAddress = (host: string, port: number): Uint8Array => {
	const address = Buffer.alloc(addressLength);
	if (os.endianness() === 'LE') {
		address.writeUInt16LE(inet);
	} else {
		address.writeUInt16BE(inet);
	}

	address.writeUInt16BE(port, 2);
	address.set(host.split('.').map(Number), 4);
	return address;
};

const openTcp = (protocol = 0): number => check('socket', socketCall(inet, stream | closeOnExec, protocol));

/** Opens a listener whose connections stay in its queue until `acceptOne`. The default protocol is TCP; others are IPPROTO numbers. */
export const openListener = (host: string, port: number, backlog: number, protocol?: number): number => {
	const descriptor = openTcp(protocol);
	check('bind', bindCall(descriptor, socketAddress(host, port), addressLength));
	check('listen', listenCall(descriptor, backlog));
	return descriptor;
};

/**
Opens a connection and waits until it is established. The default protocol is TCP; others are IPPROTO numbers. By default, the kernel chooses the local address and port. On
the loopback interface, it may choose the port of a connection that has been in TIME-WAIT for a second (tcp_tw_reuse).
*/
export const openConnection = (
	host: string, port: number, {protocol, from, fromHost}: {readonly protocol?: number; readonly from?: number; readonly fromHost?: string} = {},
): number => {
	const descriptor = openTcp(protocol);
	if (from !== undefined || fromHost !== undefined) {
		check('bind', bindCall(descriptor, socketAddress(fromHost ?? host, from ?? 0), addressLength));
	}

	check('connect', connectCall(descriptor, socketAddress(host, port), addressLength));
	return descriptor;
};

/** Accepts the next connection in a listener's queue. */
export const acceptOne = (listener: number): number => check('accept', acceptCall(listener, null, null, closeOnExec));

/** The port that a socket is bound to. */
export const portOf = (descriptor: number): number => {
	const address = Buffer.alloc(addressLength);
	check('getsockname', nameCall(descriptor, address, [addressLength]));
	return address.readUInt16BE(2);
};

/** Writes bytes, for which the socket's buffer must have room. */
export const sendBytes = (descriptor: number, data: Uint8Array): void => {
	check('send', sendCall(descriptor, data, data.byteLength, 0));
};

/** Reads what has arrived, up to the size of the buffer. */
export const receiveBytes = (descriptor: number, buffer: Uint8Array): number => check('recv', receiveCall(descriptor, buffer, buffer.byteLength, 0));

/** Sets an option of a socket to a number or bytes. */
export const setOption = (descriptor: number, level: number, name: number, value: number | Uint8Array): void => {
	const content = typeof value === 'number' ? new Uint8Array(new Int32Array([value]).buffer) : value;
	check('setsockopt', optionCall(descriptor, level, name, content, content.byteLength));
};

/** Closes a connection with a reset, without TIME-WAIT. */
export const resetConnection = (descriptor: number): void => {
	// SOL_SOCKET, SO_LINGER: on, for 0 seconds.
	const linger = new Int32Array([1, 0]);
	optionCall(descriptor, 1, 13, linger, linger.byteLength);
	closeCall(descriptor);
};

/** Shuts down the sending direction of a connection. */
export const endSending = (descriptor: number): void => {
	check('shutdown', shutdownCall(descriptor, 1));
};

export const closeSocket = (descriptor: number): void => {
	closeCall(descriptor);
};

/** Brings up the loopback interface of this process's network namespace, like `ip link set lo up`, but without iproute2. */
export const raiseLoopback = (): void => {
	// A struct ifreq: name, then flags. SIOCGIFFLAGS and SIOCSIFFLAGS; IFF_UP is 1.
	const request = Buffer.alloc(40);
	request.write('lo');
	const descriptor = openTcp();
	check('ioctl', ioctlCall(descriptor, 0x89_13, request));
	const flags = new Uint16Array(request.buffer, request.byteOffset + 16, 1);
	flags[0] = (flags[0] ?? 0) | 1;
	check('ioctl', ioctlCall(descriptor, 0x89_14, request));
	closeCall(descriptor);
};

/** Binds a UNIX datagram socket to a name of any bytes: a path, or an abstract name that starts with a NUL. */
export const bindUnix = (name: Uint8Array): number => {
	const unix = 1;
	const datagrams = 2;
	const descriptor = check('socket', socketCall(unix, datagrams | closeOnExec, 0));
	const address = Buffer.concat([new Uint8Array(new Uint16Array([unix]).buffer), name]);
	check('bind', bindCall(descriptor, address, address.byteLength));
	return descriptor;
};
