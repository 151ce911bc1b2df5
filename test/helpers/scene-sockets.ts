/** The sockets of a scene process, opened and changed by commands. */
import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import dgram from 'node:dgram';
import {once} from 'node:events';
import net from 'node:net';
import process from 'node:process';
import type {
	ConnectOptions,
	ListenOptions,
	SceneCommands,
	UdpOptions,
} from './scene-commands.js';
import {closeSocket, openListener, portOf} from './raw-sockets.js';

/** Creates the functions of a scene for its process. */
export const createSceneSockets = (): SceneCommands => {
	const servers = new Map<number, net.Server>();
	const arrivals = new EventTarget();
	const connections = new Map<number, net.Socket>();
	const datagrams = new Map<number, dgram.Socket>();
	const silentListeners = new Map<number, number>();
	const received = new Map<number, number>();
	let nextId = 1;

	const keep = (connection: net.Socket, isReading: boolean): number => {
		const id = nextId++;
		connections.set(id, connection);
		received.set(id, 0);
		// Resets are expected.
		connection.on('error', () => undefined);
		connection.on('data', data => {
			received.set(id, (received.get(id) ?? 0) + data.length);
		});
		if (!isReading) {
			connection.pause();
		}

		return id;
	};

	const connectionOf = (id: number): net.Socket => {
		const connection = connections.get(id);
		if (connection === undefined) {
			throw new Error(`no connection has the number ${id}`);
		}

		return connection;
	};

	/** Waits for the connection between two ports to be accepted. Returns its number. */
	const accepted = async (port: number, peerPort: number | undefined): Promise<number> => {
		for (;;) {
			for (const [id, connection] of connections) {
				if (connection.localPort === port && connection.remotePort === peerPort) {
					return id;
				}
			}

			await once(arrivals, 'accepted');
		}
	};

	/** Whether this process listens on a port of its loopback interface. */
	const isListenedTo = (host: string, port: number): boolean =>
		(host.startsWith('127.') || host === '::1') && servers.values().some(server => (server.address() as net.AddressInfo | undefined)?.port === port);

	return {
		async listen({port = 0, host = '127.0.0.1', backlog, reusePort = false, ipv6Only = false, read = true, halfOpen = false}: ListenOptions) {
			const server = net.createServer({allowHalfOpen: halfOpen, pauseOnConnect: !read}, connection => {
				keep(connection, read);
				arrivals.dispatchEvent(new Event('accepted'));
			});
			server.listen({
				port, host, reusePort, ipv6Only, ...(backlog !== undefined && {backlog}),
			});
			await once(server, 'listening');
			const id = nextId++;
			servers.set(id, server);
			const {port: bound} = server.address() as net.AddressInfo;
			return {id, port: bound};
		},
		async listenWithoutAccept({port = 0, host = '127.0.0.1', backlog = 128}) {
			const descriptor = openListener(host, port, backlog);
			const id = nextId++;
			silentListeners.set(id, descriptor);
			return {id, port: portOf(descriptor)};
		},
		async connect({port, host = '127.0.0.1', localAddress, localPort, read = true, halfOpen = false, wait = true}: ConnectOptions) {
			const client = net.connect({
				port, host, allowHalfOpen: halfOpen, ...(localAddress !== undefined && {localAddress}), ...(localPort !== undefined && {localPort}),
			});
			const id = keep(client, read);
			if (!wait) {
				return {id};
			}

			await once(client, 'connect');
			// Afterwards, the listener has no connection in its queue.
			if (isListenedTo(host, port)) {
				await accepted(port, client.localPort);
			}

			return {id, ...(client.localPort !== undefined && {localPort: client.localPort})};
		},
		async bindUdp({port = 0, host = '127.0.0.1', reusePort = false}: UdpOptions) {
			const socket = dgram.createSocket({type: host.includes(':') ? 'udp6' : 'udp4', reusePort});
			// It may be closed from outside.
			socket.on('error', () => undefined);
			socket.bind(port, host);
			await once(socket, 'listening');
			const id = nextId++;
			datagrams.set(id, socket);
			return {id, port: socket.address().port};
		},
		async connectUdp({port, host = '127.0.0.1'}) {
			const socket = dgram.createSocket(host.includes(':') ? 'udp6' : 'udp4');
			socket.on('error', () => undefined);
			socket.connect(port, host);
			await once(socket, 'connect');
			const id = nextId++;
			datagrams.set(id, socket);
			return {id, port: socket.address().port};
		},
		async send(id, bytes) {
			const data = Buffer.alloc(bytes);
			const datagram = datagrams.get(id);
			if (datagram === undefined) {
				connectionOf(id).write(data);
			} else {
				datagram.send(data);
			}
		},
		accepted,
		received: async id => received.get(id) ?? 0,
		async resume(id) {
			connectionOf(id).resume();
		},
		async end(id) {
			connectionOf(id).end();
		},
		async reset(id) {
			connectionOf(id).resetAndDestroy();
			connections.delete(id);
		},
		async close(id) {
			const silent = silentListeners.get(id);
			if (silent !== undefined) {
				closeSocket(silent);
				silentListeners.delete(id);
				return;
			}

			const socket = servers.get(id) ?? datagrams.get(id);
			if (socket !== undefined) {
				// Not awaited: a server stops listening now, but its callback waits for its last connection to close.
				socket.close();
				servers.delete(id);
				datagrams.delete(id);
				return;
			}

			const connection = connectionOf(id);
			connections.delete(id);
			if (connection.destroyed) {
				return;
			}

			connection.destroy();
			await once(connection, 'close');
		},
		async share(id) {
			const child = spawn('sleep', ['1000000'], {stdio: [connectionOf(id), 'ignore', 'ignore']});
			await once(child, 'spawn');
			process.once('exit', () => {
				child.kill('SIGKILL');
			});
			return {pid: child.pid ?? 0};
		},
	};
};
