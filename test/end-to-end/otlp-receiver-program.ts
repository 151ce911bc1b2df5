/**
Receives OTLP over HTTP at 127.0.0.1, on the port in its argument, and prints a line of JSON for each request: its path and its body in base64. Each line of standard input
sets the answer from then on: `accept`, `refuse` (400), `fail` (503), `slow` (accepts after half a second), `die` (closes the port), `return` (opens it again).
*/
import {Buffer} from 'node:buffer';
import http from 'node:http';
import process from 'node:process';
import readline from 'node:readline';
import {setTimeout as wait} from 'node:timers/promises';
import {gunzipSync} from 'node:zlib';

export type ReceivedRequest = {readonly path: string; readonly body: string; readonly isAccepted: boolean};

const port = Number(process.argv[2]);
let mode = 'accept';

const create = () => http.createServer((request, response) => {
	const chunks: Uint8Array[] = [];
	request.on('data', (chunk: Uint8Array) => {
		chunks.push(chunk);
	});
	const answer = async (): Promise<void> => {
		const bytes = Buffer.concat(chunks);
		const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
		const isAccepted = mode === 'accept' || mode === 'slow';
		if (mode === 'slow') {
			await wait(500);
		}

		process.stdout.write(`${JSON.stringify({path: request.url, body: body.toString('base64'), isAccepted})}\n`);
		response.writeHead(isAccepted ? 200 : (mode === 'refuse' ? 400 : 503), {'Content-Type': 'application/x-protobuf'});
		response.end();
	};

	request.on('end', () => {
		void answer();
	});
});

let server = create();
const open = (): void => {
	server = create();
	server.listen(port, '127.0.0.1', () => {
		process.stdout.write('{"path":"listening"}\n');
	});
};

open();
for await (const line of readline.createInterface({input: process.stdin})) {
	if (line === 'die') {
		server.close();
		server.closeAllConnections();
		process.stdout.write('{"path":"closed"}\n');
	} else if (line === 'return') {
		mode = 'accept';
		open();
	} else {
		mode = line;
	}
}
