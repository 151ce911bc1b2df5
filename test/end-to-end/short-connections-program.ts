/**
Opens listeners on the ports in its arguments. Each line of standard input is a number of short connections to open, to each listener in turn. Both sides send a different number of
bytes each time. Some connections stay open until the next line; some are reset, because one side closes with unread bytes. Answers each line with a line of JSON: the counts so far, by port.
*/
import process from 'node:process';
import readline from 'node:readline';
import {
	acceptOne,
	closeSocket,
	openConnection,
	openListener,
	portOf,
	receiveBytes,
	sendBytes,
} from '../helpers/raw-sockets.js';

/** Counts of the connections to one port. */
export type PortTruth = {
	connections: number;
	closed: number;
	/** Payload bytes that the clients have sent, and those that they have received. */
	bytesSent: number;
	bytesReceived: number;
};

export type ShortConnectionsTruth = Readonly<Record<string, PortTruth>>;

const ports = process.argv.slice(2);
const listeners = ports.map(port => openListener('127.0.0.1', Number(port), 100));
const truth: Record<string, PortTruth> = Object.fromEntries(listeners.map(listener => [portOf(listener), {
	connections: 0, closed: 0, bytesSent: 0, bytesReceived: 0,
}]));
const buffer = new Uint8Array(8192);
let kept: Array<readonly [client: number, server: number, port: string]> = [];
let turn = 0;

const unreadBytes = 77;

const transfer = (from: number, to: number, length: number): void => {
	sendBytes(from, buffer.subarray(0, length));
	let left = length;
	while (left > 0) {
		left -= receiveBytes(to, buffer);
	}
};

const end = ([client, server, port]: (typeof kept)[number], isReset: boolean): void => {
	if (isReset) {
		sendBytes(server, buffer.subarray(0, unreadBytes));
		truth[port].bytesReceived += unreadBytes;
	}

	closeSocket(client);
	closeSocket(server);
	truth[port].closed++;
};

for await (const line of readline.createInterface({input: process.stdin})) {
	for (const connection of kept) {
		end(connection, false);
	}

	kept = [];
	for (let left = Number(line); left > 0; left--) {
		turn++;
		const listener = listeners[turn % listeners.length];
		const port = String(portOf(listener));
		const connection = [openConnection('127.0.0.1', Number(port)), acceptOne(listener), port] as const;
		const [client, server] = connection;
		const [sent, received] = [1 + ((turn * 37) % 1500), (turn * 91) % 4000];
		transfer(client, server, sent);
		transfer(server, client, received);
		truth[port].connections++;
		truth[port].bytesSent += sent;
		truth[port].bytesReceived += received;
		if (turn % 50 === 0) {
			kept.push(connection);
		} else {
			end(connection, turn % 7 === 0);
		}
	}

	process.stdout.write(`${JSON.stringify(truth)}\n`);
}
