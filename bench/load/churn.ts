/**
Opens and closes connections, on and on, until its standard input ends: so many live at a time, each with some bytes sent. Most are reset, so that the ports
for clients do not run out; some end as they should and stay in TIME-WAIT.
*/
import {once} from 'node:events';
import net, {type AddressInfo} from 'node:net';
import process from 'node:process';

const [alive, perTurn] = process.argv.slice(2).map(Number);

/** Milliseconds between two turns. */
const pause = 20;

/** One of so many ends as it should. */
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

	for (const socket of sockets.splice(0, Math.max(0, sockets.length - alive))) {
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
// eslint-disable-next-line unicorn/no-process-exit -- Its connections end with it.
process.exit();
