/**
Sockets without Node.js around them, for what `node:net` cannot do (a listener that accepts nothing) or does too dearly (100,000 sockets). IPv4 only;
all calls block, which on the loopback interface is short.
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

/** Opens a listener whose connections wait in its queue until `acceptOne`; of TCP unless another IPPROTO number is given. */
export const openListener = (host: string, port: number, backlog: number, protocol?: number): number => {
	const descriptor = openTcp(protocol);
	check('bind', bindCall(descriptor, socketAddress(host, port), addressLength));
	check('listen', listenCall(descriptor, backlog));
	return descriptor;
};

/**
Opens a connection; it stands when this returns. It is of TCP unless another IPPROTO number is given, and comes from an address and a port of the kernel's choice
unless they are given. What the kernel chooses on the loopback interface may be the port of a connection in TIME-WAIT that is a second old (tcp_tw_reuse).
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

/** Takes the next connection from a listener's queue. */
export const acceptOne = (listener: number): number => check('accept', acceptCall(listener, null, null, closeOnExec));

/** The port that a socket is bound to. */
export const portOf = (descriptor: number): number => {
	const address = Buffer.alloc(addressLength);
	check('getsockname', nameCall(descriptor, address, [addressLength]));
	return address.readUInt16BE(2);
};

/** Writes bytes that the socket's buffer has room for. */
export const sendBytes = (descriptor: number, data: Uint8Array): void => {
	check('send', sendCall(descriptor, data, data.byteLength, 0));
};

/** Reads what has arrived, as much as the buffer holds. */
export const receiveBytes = (descriptor: number, buffer: Uint8Array): number => check('recv', receiveCall(descriptor, buffer, buffer.byteLength, 0));

/** Sets an option of a socket: a number, or bytes as they are. */
export const setOption = (descriptor: number, level: number, name: number, value: number | Uint8Array): void => {
	const content = typeof value === 'number' ? new Uint8Array(new Int32Array([value]).buffer) : value;
	check('setsockopt', optionCall(descriptor, level, name, content, content.byteLength));
};

/** Closes without TIME-WAIT: the other end is told that the connection was reset. */
export const resetConnection = (descriptor: number): void => {
	// SOL_SOCKET, SO_LINGER: on, for 0 seconds.
	const linger = new Int32Array([1, 0]);
	optionCall(descriptor, 1, 13, linger, linger.byteLength);
	closeCall(descriptor);
};

/** Closes the sending half of a connection. */
export const endSending = (descriptor: number): void => {
	check('shutdown', shutdownCall(descriptor, 1));
};

export const closeSocket = (descriptor: number): void => {
	closeCall(descriptor);
};

/** Brings the loopback interface of this process's network namespace up, as `ip link set lo up` does; it works without iproute2. */
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

/** Binds a UNIX socket of datagrams to a name: a path, or what starts with a NUL (abstract), of any bytes. */
export const bindUnix = (name: Uint8Array): number => {
	const unix = 1;
	const datagrams = 2;
	const descriptor = check('socket', socketCall(unix, datagrams | closeOnExec, 0));
	const address = Buffer.concat([new Uint8Array(new Uint16Array([unix]).buffer), name]);
	check('bind', bindCall(descriptor, address, address.byteLength));
	return descriptor;
};
