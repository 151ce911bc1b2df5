/** Opens and closes UDP sockets one after the other. The argument is their number. */
import process from 'node:process';
import {bindSocket, openSocket} from '../helpers/other-sockets.js';
import {closeSocket, socketAddress} from '../helpers/raw-sockets.js';

const [inet, datagram] = [2, 2];
const any = socketAddress('127.0.0.1', 0);
for (let left = Number(process.argv[2]); left > 0; left--) {
	const descriptor = openSocket(inet, datagram, 0);
	bindSocket(descriptor, any);
	closeSocket(descriptor);
}
