/** Opens TCP connections, closes them in every way that a process can, and returns what must be reported of each side. Everything runs in this process. */
import {attachFilter} from '../helpers/other-sockets.js';
import {
	acceptOne,
	closeSocket,
	endSending,
	openConnection,
	openListener,
	portOf,
	receiveBytes,
	resetConnection,
	sendBytes,
	setOption,
} from '../helpers/raw-sockets.js';

/** One side of a connection, and what must be reported of it. */
export type Side = {
	readonly manner: string;
	/** Address and port. */
	readonly local: string;
	readonly peer: string;
	/** Payload bytes; absent if the kernel no longer has them. */
	readonly sent?: number;
	readonly received?: number;
	readonly reason: string;
};

export type Connection = {
	readonly client: number;
	readonly accepted: number;
	/** Address and port of the client. */
	readonly from: string;
	/** Payload bytes of the client and of the server. */
	readonly up: number;
	readonly down: number;
};

/** What must be reported of a connection after it was closed. */
export type Closed = {
	readonly sides: readonly Side[];
	/** The side whose process aborted the connection. The kernel clears its peer, which is reported only if an earlier sample contained the connection. */
	readonly aborted?: Side;
};

export const host = '127.0.0.1';
const listener = openListener(host, 0, 1000);
const port = portOf(listener);
/** Address and port of the server. */
const server = `${host}:${port}`;
/** Large enough for all data of a connection. */
export const buffer = new Uint8Array(4096);
let opened = 0;

/**
The first port of clients. Every second client is bound to a port, so that its socket stays bound when its connection is closed. The ports are below the kernel's range of local ports.
*/
const firstPort = 10_000;

/** The address of the other clients, different for each, so that no two connections have the same endpoints. */
const addressOf = (index: number): string => `127.1.${index >> 8}.${index & 0xFF}`;

/** Opens a connection and sends data in both directions. The server reads it, and the client, too, if `isRead`. */
export const connect = (isRead = true): Connection => {
	const index = opened++;
	const fromHost = index % 2 === 0 ? host : addressOf(index);
	const client = openConnection(host, port, {fromHost, ...(index % 2 === 0 && {from: firstPort + index / 2})});
	const accepted = acceptOne(listener);
	const [up, down] = [1 + (index % 700), 1 + (index % 500)];
	sendBytes(client, buffer.subarray(0, up));
	sendBytes(accepted, buffer.subarray(0, down));
	receiveBytes(accepted, buffer);
	if (isRead) {
		receiveBytes(client, buffer);
	}

	return {
		client, accepted, from: `${fromHost}:${portOf(client)}`, up, down,
	};
};

/** Both sides of a connection. */
export const bothSides = (manner: string, {from, up, down}: Connection, clientReason: string, serverReason: string): readonly [client: Side, server: Side] => [
	{
		manner, local: from, peer: server, sent: up, received: down, reason: clientReason,
	},
	{
		manner, local: server, peer: from, sent: down, received: up, reason: serverReason,
	},
];

/** The ways to close a connection; each closes both descriptors. `false` if the client leaves received data unread. */
export const manners: ReadonlyArray<readonly [manner: string, close: (connection: Connection) => Closed, isRead?: false]> = [
	['client first', connection => {
		closeSocket(connection.client);
		receiveBytes(connection.accepted, buffer);
		closeSocket(connection.accepted);
		return {sides: bothSides('client first', connection, 'closed here', 'closed by peer')};
	}],
	['server first', connection => {
		closeSocket(connection.accepted);
		closeSocket(connection.client);
		return {sides: bothSides('server first', connection, 'closed by peer', 'closed here')};
	}],
	['client half first', connection => {
		endSending(connection.client);
		receiveBytes(connection.accepted, buffer);
		closeSocket(connection.accepted);
		receiveBytes(connection.client, buffer);
		closeSocket(connection.client);
		return {sides: bothSides('client half first', connection, 'closed here', 'closed by peer')};
	}],
	['server half first', connection => {
		endSending(connection.accepted);
		receiveBytes(connection.client, buffer);
		endSending(connection.client);
		receiveBytes(connection.accepted, buffer);
		closeSocket(connection.accepted);
		closeSocket(connection.client);
		return {sides: bothSides('server half first', connection, 'closed by peer', 'closed here')};
	}],
	['unread', connection => {
		closeSocket(connection.client);
		closeSocket(connection.accepted);
		return {sides: bothSides('unread', connection, 'reset', 'reset')};
	}, false],
	['reset by client', connection => {
		resetConnection(connection.client);
		closeSocket(connection.accepted);
		const [aborted, other] = bothSides('reset by client', connection, 'reset here', 'reset');
		return {sides: [other], aborted};
	}],
	['reset by server', connection => {
		resetConnection(connection.accepted);
		closeSocket(connection.client);
		const [other, aborted] = bothSides('reset by server', connection, 'reset', 'reset here');
		return {sides: [other], aborted};
	}],
];

/** Socket options: level, name, value. */
export type SocketOptions = ReadonlyArray<readonly [level: number, name: number, value: number]>;

/** TCP_USER_TIMEOUT. */
export const userTimeout: SocketOptions = [[6, 18, 700]];

/** TCP_KEEPINTVL, TCP_KEEPCNT and TCP_KEEPIDLE, then SO_KEEPALIVE: a probe that is sent before the interval is set is followed by one 75 s later. */
export const keepalive: SocketOptions = [[6, 5, 1], [6, 6, 1], [6, 4, 1], [1, 9, 1]];

/** A filter that drops everything. */
const dropAll: Parameters<typeof attachFilter>[1] = [[6, 0, 0, 0]];

/** Sets options of the client's socket and makes its peer drop all segments. The client then sends bytes, which stay unacknowledged. */
export const silencePeer = ({client, accepted}: Connection, options: SocketOptions, bytes: number): void => {
	for (const [level, name, value] of options) {
		setOption(client, level, name, value);
	}

	attachFilter(accepted, dropAll);
	if (bytes > 0) {
		sendBytes(client, buffer.subarray(0, bytes));
	}
};
