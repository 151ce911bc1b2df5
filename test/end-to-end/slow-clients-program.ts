/**
Stresses an HTTP server on the port in its argument: many connections that send nothing, some that send the request byte by byte, some that send one or many requests and never read, and
one with 10 MB of headers. Prints a line when all are connected, and exits when its standard input closes.
*/
import net from 'node:net';
import process from 'node:process';
import {once} from 'node:events';

const port = Number(process.argv[2]);

const connect = async (): Promise<net.Socket> => {
	const socket = net.connect(port, '127.0.0.1');
	socket.on('error', () => undefined);
	await once(socket, 'connect');
	return socket;
};

const silent = await Promise.all(Array.from({length: 60}, connect));
const slow = await Promise.all(Array.from({length: 20}, connect));
const timer = setInterval(() => {
	for (const socket of slow) {
		socket.write('G');
	}
}, 200);

const pipelined = await Promise.all(Array.from({length: 20}, connect));
for (const socket of pipelined) {
	socket.pause();
	socket.write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(2000));
}

const single = await Promise.all(Array.from({length: 20}, connect));
for (const socket of single) {
	socket.pause();
	socket.write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n');
}

const large = await connect();
large.write('GET /metrics HTTP/1.1\r\n');
large.write(`X: ${'x'.repeat(10_000_000)}\r\n\r\n`, () => undefined);
process.stdout.write('ready\n');
process.stdin.resume();
await once(process.stdin, 'end');
clearInterval(timer);
for (const socket of [...silent, ...slow, ...pipelined, ...single, large]) {
	socket.destroy();
}
