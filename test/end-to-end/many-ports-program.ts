/** Opens listeners, then connections to them in turn, each from another address, and closes all. The arguments are the numbers of listeners and of connections. */
import process from 'node:process';
import {
	acceptOne,
	closeSocket,
	openConnection,
	openListener,
	receiveBytes,
	sendBytes,
} from '../helpers/raw-sockets.js';

const [ports, connections] = process.argv.slice(2).map(Number);
const firstPort = 2000;
const listeners = Array.from({length: ports}, (_, index) => openListener('127.0.0.1', firstPort + index, 10));
const buffer = new Uint8Array(10);
for (let turn = 0; turn < connections; turn++) {
	const index = turn % ports;
	const client = openConnection('127.0.0.1', firstPort + index, {fromHost: `127.1.${Math.floor(turn / 250)}.${1 + (turn % 250)}`});
	const server = acceptOne(listeners[index]);
	sendBytes(client, buffer.subarray(0, 1));
	receiveBytes(server, buffer);
	closeSocket(client);
	closeSocket(server);
}

for (const listener of listeners) {
	closeSocket(listener);
}
