import {Buffer} from 'node:buffer';
import koffi from 'koffi';

const libc = koffi.load(null);
const calls = {
	socket: libc.func('int socket(int domain, int type, int protocol)'),
	bind: libc.func('int bind(int fd, const void *address, uint32_t length)'),
	listen: libc.func('int listen(int fd, int backlog)'),
	connect: libc.func('int connect(int fd, const void *address, uint32_t length)'),
	accept: libc.func('int accept(int fd, void *address, void *length)'),
	shutdown: libc.func('int shutdown(int fd, int how)'),
	send: libc.func('intptr_t send(int fd, const void *data, size_t length, int flags)'),
	option: libc.func('int setsockopt(int fd, int level, int name, const void *value, uint32_t length)'),
	close: libc.func('int close(int fd)'),
};

const call = (name: keyof typeof calls, ...values: readonly unknown[]): number => (calls[name] as (...all: readonly unknown[]) => number)(...values);
const must = (name: keyof typeof calls, ...values: readonly unknown[]): number => {
	const result = call(name, ...values);
	if (result < 0) {
		throw new Error(`${name}: ${koffi.errno()}`);
	}

	return result;
};

const [inet, inet6, stream, datagram, nonBlocking] = [2, 10, 1, 2, 0o4000] as const;

/** A struct sockaddr_in or sockaddr_in6. */
const address = (host: string, port: number): Uint8Array => {
	const isV6 = host.includes(':');
	const bytes = Buffer.alloc(isV6 ? 28 : 16);
	bytes.writeUInt16LE(isV6 ? inet6 : inet);
	bytes.writeUInt16BE(port, 2);
	if (!isV6) {
		bytes.set(host.split('.').map(Number), 4);
	} else if (host === '::1') {
		bytes[23] = 1;
	} else if (host.startsWith('::ffff:')) {
		bytes.set([0xFF, 0xFF, ...host.slice(7).split('.').map(Number)], 18);
	}

	return bytes;
};

const open = (host: string, type: number): number => must('socket', host.includes(':') ? inet6 : inet, type, 0);
const setNumber = (descriptor: number, level: number, name: number, value: number): number => must('option', descriptor, level, name, Buffer.from(new Uint8Array(new Int32Array([value]).buffer)), 4);
const bindTo = (descriptor: number, host: string, port: number): void => {
	const bytes = address(host, port);
	must('bind', descriptor, bytes, bytes.length);
};

const listenAt = (host: string, port: number, setUp: (descriptor: number) => void = () => undefined, backlog = 20): number => {
	const descriptor = open(host, stream);
	setUp(descriptor);
	bindTo(descriptor, host, port);
	must('listen', descriptor, backlog);
	return descriptor;
};

const connectTo = (host: string, port: number, {type = stream, from, setUp}: {type?: number; from?: number; setUp?: (descriptor: number) => void} = {}): number => {
	const descriptor = open(host, type);
	setUp?.(descriptor);
	if (from !== undefined) {
		bindTo(descriptor, host, from);
	}

	const bytes = address(host, port);
	const result = call('connect', descriptor, bytes, bytes.length);
	if (result < 0 && (type & nonBlocking) === 0) {
		throw new Error(`connect to ${host}: ${koffi.errno()}`);
	}

	return descriptor;
};

const [solSocket, soMark, soBindToDevice, ipProtoTcp, tcpDeferAccept, tcpSynCount, ipProtoIpv6, ipv6V6Only] = [1, 36, 25, 6, 9, 7, 41, 26] as const;
const bindToLoopback = (descriptor: number): void => {
	must('option', descriptor, solSocket, soBindToDevice, Buffer.from('lo\0'), 3);
};

const mark = (value: number) => (descriptor: number): void => {
	setNumber(descriptor, solSocket, soMark, value);
};

const pair = (host: string, port: number, listener: number, options?: Parameters<typeof connectTo>[2]): readonly [client: number, server: number] => {
	const client = connectTo(host, port, options);
	return [client, must('accept', listener, null, null)];
};

const fill = (descriptor: number): void => {
	const data = Buffer.alloc(1 << 20);
	while (call('send', descriptor, data, data.length, 0x40_40) > 0) {
		// Until both buffers are full.
	}
};

const unixAddress = (name: string): Uint8Array => Buffer.concat([Buffer.from([1, 0]), Buffer.from(name)]);

const bindUnix = (type: number, name: string): number => {
	const descriptor = must('socket', 1, type, 0);
	const bytes = unixAddress(name);
	must('bind', descriptor, bytes, bytes.length);
	return descriptor;
};

const bindNetlink = (protocol: number, port: number): void => {
	const bytes = Buffer.alloc(12);
	bytes.writeUInt16LE(16);
	bytes.writeUInt32LE(port, 4);
	must('bind', must('socket', 16, 3, protocol), bytes, 12);
};

const htons = (number: number): number => ((number & 0xFF) << 8) | (number >> 8);

/** Seconds. Long, because the requests may be slow. */
const hour = 3600;

/** The kernel's maximum of SYN retransmissions. The last ones are minutes apart. */
const maxSyns = 127;

/**
Opens sockets of every kind and state that is possible, in the current network namespace, which must be a separate one. They stay open as long as the process runs, except
those in TIME-WAIT, which the kernel keeps for a minute.

@param directory The directory for UNIX sockets.
*/
export const makeFilterScene = (directory: string): void => {
	// Listeners: IPv4, IPv6, both at once, wildcards, bound to a device, marked; with and without a chosen port.
	const web = listenAt('127.0.0.1', 8080);
	const web6 = listenAt('::1', 8080, descriptor => {
		setNumber(descriptor, ipProtoIpv6, ipv6V6Only, 1);
	});
	const dual = listenAt('::', 443);
	listenAt('0.0.0.0', 22);
	listenAt('127.0.0.2', 9000, bindToLoopback);
	listenAt('127.0.0.1', 9001, mark(0x1_01));
	listenAt('127.0.0.1', 0);
	listenAt('127.0.0.1', 9002, descriptor => {
		setNumber(descriptor, ipProtoTcp, tcpDeferAccept, hour);
	});
	// ESTAB: IPv4, IPv6, IPv4 mapped into IPv6, from a chosen port in the range of the kernel, bound to a device, marked.
	pair('127.0.0.1', 8080, web);
	pair('127.0.0.1', 8080, web, {from: 40_000});
	pair('127.0.0.1', 8080, web, {setUp: bindToLoopback});
	pair('127.0.0.1', 8080, web, {setUp: mark(0x11)});
	pair('::1', 8080, web6);
	pair('127.0.0.3', 443, dual);
	pair('::ffff:127.0.0.4', 443, dual);
	pair('::1', 443, dual, {from: 1500});
	// FIN-WAIT-2 and CLOSE-WAIT; TIME-WAIT; FIN-WAIT-1 and LAST-ACK, whose FIN waits behind unread data.
	const [, closing] = pair('127.0.0.1', 8080, web);
	must('shutdown', closing, 1);
	const [closed, closedServer] = pair('127.0.0.1', 8080, web, {from: 1600});
	must('close', closed);
	must('close', closedServer);
	const [closed6, closedServer6] = pair('::1', 443, dual);
	must('close', closedServer6);
	must('close', closed6);
	const [, stuck] = pair('127.0.0.1', 8080, web);
	fill(stuck);
	must('shutdown', stuck, 1);
	const [halfClosed, lastAck] = pair('127.0.0.1', 8080, web);
	fill(lastAck);
	must('shutdown', halfClosed, 1);
	must('shutdown', lastAck, 1);
	// SYN-RECV: the listener waits for data. SYN-SENT: the queue of the listener is full. Bound, inactive.
	connectTo('127.0.0.1', 9002, {from: 1700});
	listenAt('127.0.0.1', 9003, undefined, 0);
	for (let index = 0; index < 3; index++) {
		connectTo('127.0.0.1', 9003, {
			type: stream | nonBlocking,
			setUp(descriptor) {
				setNumber(descriptor, ipProtoTcp, tcpSynCount, maxSyns);
			},
		});
	}

	bindTo(open('127.0.0.1', stream), '127.0.0.1', 9100);
	// UDP: bound, to a wildcard, connected, on a port chosen by the kernel.
	bindTo(open('127.0.0.1', datagram), '127.0.0.1', 53);
	bindTo(open('::', datagram), '::', 123);
	connectTo('127.0.0.1', 53, {type: datagram});
	connectTo('::1', 123, {type: datagram, from: 40_001});
	// UNIX, packet, netlink.
	const unixListener = bindUnix(stream, `${directory}/Db.sock\0`);
	must('listen', unixListener, 5);
	const unixClient = must('socket', 1, stream, 0);
	const unixName = unixAddress(`${directory}/Db.sock\0`);
	must('connect', unixClient, unixName, unixName.length);
	must('accept', unixListener, null, null);
	bindUnix(datagram, '\0filters abstract');
	bindUnix(datagram, '');
	const linkLayer = Buffer.alloc(20);
	linkLayer.writeUInt16LE(17);
	linkLayer.writeUInt16BE(0x08_00, 2);
	linkLayer.writeInt32LE(1, 4);
	must('bind', must('socket', 17, 3, htons(0x08_00)), linkLayer, 20);
	must('socket', 17, 2, htons(3));
	must('socket', 17, 3, 0);
	// No process has this number, because `ss` would print the name of the process.
	bindNetlink(0, 5_000_001);
	bindNetlink(16, 5_000_002);
};
