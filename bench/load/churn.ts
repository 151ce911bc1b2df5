/**
Opens and closes connections until its standard input ends, with some bytes sent over each. Most are reset, so that ephemeral ports do not run out; some are closed with a
FIN and stay in TIME-WAIT.

Arguments: how many connections are open at a time, and how many are opened per turn.
*/
import {once} from 'node:events';
import net, {type AddressInfo} from 'node:net';
import process from 'node:process';

const [openAtOnce, perTurn] = process.argv.slice(2).map(Number);

/** Milliseconds between two turns. */
const pause = 20;

/** One of this many connections is closed with a FIN. */
const orderly = 20;

const server = net.createServer(socket => {
	socket.on('error', () => undefined);
	socket.pipe(socket);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const {port} = server.address() as AddressInfo;
const sockets: net.Socket[] = [];
let opened = 0;

const timer = setInterval(() => {
	for (let count = 0; count < perTurn; count++) {
		const socket = net.connect(port, '127.0.0.1');
		socket.on('error', () => undefined);
		socket.write('x'.repeat(opened % 1000 + 1));
		socket.resume();
		sockets.push(socket);
		opened++;
	}

	for (const socket of sockets.splice(0, Math.max(0, sockets.length - openAtOnce))) {
		if (opened % orderly === 0) {
			socket.end();
		} else {
			socket.resetAndDestroy();
		}
	}
}, pause);

process.stdout.write('ready\n');
process.stdin.resume();
await once(process.stdin, 'end');
clearInterval(timer);
// eslint-disable-next-line unicorn/no-process-exit -- This closes its connections.
process.exit();
