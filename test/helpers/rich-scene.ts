/** Opens sockets with many kinds of options, in as many states as one process can create, in the current namespace. */
import {Buffer} from 'node:buffer';
import dgram from 'node:dgram';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {
	acceptOne,
	bindUnix,
	closeSocket,
	openConnection,
	openListener,
	portOf,
	receiveBytes,
	sendBytes,
	setOption,
} from './raw-sockets.js';
import {
	attachFilter,
	bindSocket,
	connectSocket,
	linkAddress,
	listenSocket,
	nameAddress,
	openPair,
	openSocket,
	packetFamily,
	unixFamily,
} from './other-sockets.js';

const descriptorOf = (socket: net.Server | net.Socket | dgram.Socket): number => {
	const {_handle: handle} = socket as unknown as {_handle: {fd: number}};
	return handle.fd;
};

// Levels and names: IPPROTO_IP 0, SOL_SOCKET 1, IPPROTO_TCP 6, IPPROTO_IPV6 41 (`linux/in.h`, `linux/in6.h`, `asm/socket.h`, `linux/tcp.h`).
const connect = async (port: number, host: string, prepare: (descriptor: number) => void): Promise<net.Socket> => {
	const socket = net.connect({port, host, allowHalfOpen: true});
	await once(socket, 'connect');
	prepare(descriptorOf(socket));
	return socket;
};

/** The parameters of the scene. */
export type RichScene = {
	/** A folder for the names of sockets. */
	readonly directory: string;
	/** Whether the kernel has MPTCP. */
	readonly hasMultipath: boolean;
};

/** Opens the sockets, which stay open until this process ends. */
export const openRichScene = async (): Promise<RichScene> => {
	const servers = await Promise.all((['127.0.0.1', '::1', '::'] as const).map(async host => {
		const server = net.createServer({allowHalfOpen: true}, socket => {
			socket.resume();
		});
		server.listen(0, host);
		await once(server, 'listening');
		return (server.address() as net.AddressInfo).port;
	}));

	const ended = await connect(servers[0], '127.0.0.1', descriptor => {
		setOption(descriptor, 0, 1, 0x10);
		setOption(descriptor, 1, 12, 5);
		setOption(descriptor, 0, 15, 1);
		setOption(descriptor, 6, 13, Buffer.from('reno'));
	});
	ended.end('over');
	const marked = await connect(servers[1], '::1', descriptor => {
		setOption(descriptor, 41, 67, 0x48);
		setOption(descriptor, 1, 36, 0x12_34);
	});
	marked.write('some');
	await connect(servers[2], '127.0.0.1', descriptor => {
		try {
			setOption(descriptor, 6, 13, Buffer.from('bbr'));
		} catch {
			// This kernel has no BBR, or allows it only with CAP_NET_ADMIN.
		}
	});
	const datagrams = dgram.createSocket('udp4');
	datagrams.bind(0, '127.0.0.1');
	await once(datagrams, 'listening');
	setOption(descriptorOf(datagrams), 0, 11, 1);
	setOption(descriptorOf(datagrams), 0, 1, 0xB8);

	// More states of TCP: not accepted, not read, half-closed, closed.
	const silent = openListener('127.0.0.1', 0, 0);
	const silentPort = portOf(silent);
	openConnection('127.0.0.1', silentPort);
	net.connect({port: silentPort, host: '127.0.0.1'}).on('error', () => undefined);
	const unread = net.createServer({allowHalfOpen: true, pauseOnConnect: true}).listen(0, '127.0.0.1');
	await once(unread, 'listening');
	const {port: unreadPort} = unread.address() as net.AddressInfo;
	const full = await connect(unreadPort, '127.0.0.1', () => undefined);
	// More than the peer's receive buffer holds, but less than the send buffer: FIN-WAIT-1, or LAST-ACK if the peer closed first.
	const much = Buffer.alloc(1_000_000);
	full.end(much);
	const answered = Promise.withResolvers<void>();
	const answering = net.createServer({allowHalfOpen: true}, socket => {
		socket.once('end', () => {
			socket.end(much, answered.resolve);
		}).resume();
	}).listen(0, '127.0.0.1');
	await once(answering, 'listening');
	const notReading = await connect((answering.address() as net.AddressInfo).port, '127.0.0.1', () => undefined);
	notReading.pause();
	notReading.end();
	await answered.promise;
	// The minimal form of FIN-WAIT-2, and TIME-WAIT.
	closeSocket(openConnection('127.0.0.1', servers[0]));
	const brief = openListener('127.0.0.1', 0, 3);
	const first = openConnection('127.0.0.1', portOf(brief));
	const second = acceptOne(brief);
	closeSocket(first);
	closeSocket(second);
	// SYN-RECV: TCP_DEFER_ACCEPT lets a connection wait for data.
	const deferring = openListener('127.0.0.1', 0, 3);
	setOption(deferring, 6, 9, 60);
	openConnection('127.0.0.1', portOf(deferring));

	// Connected UDP, and IPv4 in IPv6.
	const connected = dgram.createSocket('udp4');
	connected.connect(datagrams.address().port, '127.0.0.1');
	await once(connected, 'connect');
	const dual = dgram.createSocket('udp6');
	dual.bind(0, '::');
	await once(dual, 'listening');

	// UNIX sockets of all types: a listener with a pending connection, pairs, an abstract name.
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'attributes-'));
	for (const type of [1, 2, 5]) {
		openPair(unixFamily, type);
	}

	const unixListener = openSocket(unixFamily, 5, 0);
	const unixAddress = nameAddress(Buffer.from(path.join(directory, 'a sock')));
	bindSocket(unixListener, unixAddress);
	listenSocket(unixListener, 3);
	connectSocket(openSocket(unixFamily, 5, 0), unixAddress);
	bindUnix(Buffer.from('\0abstract name'));

	// A packet socket with a filter, in a group of two, that sees all packets: `struct sock_fprog`, `struct packet_mreq`.
	const packets = [0, 1].map(() => {
		const descriptor = openSocket(packetFamily, 3, 0);
		bindSocket(descriptor, linkAddress(0x08_00, 1));
		return descriptor;
	});
	for (const descriptor of packets) {
		// SOL_PACKET 263: PACKET_FANOUT 18, PACKET_ADD_MEMBERSHIP 1, PACKET_RESERVE 12.
		setOption(descriptor, 263, 18, 7 | (1 << 16));
		setOption(descriptor, 263, 1, Buffer.concat([new Uint8Array(new Int32Array([1]).buffer), new Uint8Array(new Uint16Array([1, 0]).buffer), Buffer.alloc(8)]));
		attachFilter(descriptor, [[0x28, 0, 0, 12], [0x15, 0, 1, 0x08_00], [0x06, 0, 0, 0xFF_FF], [0x06, 0, 0, 0]]);
	}

	const hasMultipath = fs.existsSync('/proc/sys/net/mptcp/enabled');
	if (hasMultipath) {
		const listener = openListener('127.0.0.1', 0, 3, 262);
		const client = openConnection('127.0.0.1', portOf(listener), {protocol: 262});
		sendBytes(client, new Uint8Array(100));
		receiveBytes(acceptOne(listener), new Uint8Array(40));
	}

	return {directory, hasMultipath};
};
