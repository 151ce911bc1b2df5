/**
One process of the load: it holds TCP connections, both sockets of each, on the loopback interface, and sends bytes over them. It takes commands as JSON lines on its
standard input, answers each with a line, and ends with its input.

Argument: the number of the process, which determines its address.
*/
import {Buffer} from 'node:buffer';
import process from 'node:process';
import readline from 'node:readline';
import {
	acceptOne,
	openConnection,
	openListener,
	receiveBytes,
	resetConnection,
	sendBytes,
} from '../../test/helpers/raw-sockets.js';

/** One line of the standard input. */
export type LoadCommand =
	/** Opens connections. */
	| {readonly do: 'open'; readonly pairs: number}
	/** Resets the oldest connections and opens as many new ones. */
	| {readonly do: 'replace'; readonly pairs: number}
	/** Sends bytes over this many connections, over all in turn. */
	| {readonly do: 'touch'; readonly pairs: number}
	/** Sends over this many connections each second, spread over the second; 0 stops it. */
	| {readonly do: 'touchEverySecond'; readonly pairs: number};

const ports = [22, 80, 443, 3306, 5432, 6379, 8080, 9092];
const stepsPerSecond = 20;

const [number = '0'] = process.argv.slice(2);
process.title = `load-${number}`;
const host = `127.0.0.${Number(number) + 10}`;
const listeners = ports.map(port => ({port, descriptor: openListener(host, port, 16)}));
const pairs: Array<{readonly client: number; readonly server: number}> = [];
const message = Buffer.alloc(700);
const buffer = Buffer.alloc(4096);
let opened = 0;
let oldest = 0;
let next = 0;

const openPair = () => {
	const {port, descriptor} = listeners[opened % listeners.length] ?? {port: 0, descriptor: 0};
	opened++;
	const client = openConnection(host, port);
	return {client, server: acceptOne(descriptor)};
};

const open = (count: number): void => {
	for (let index = 0; index < count; index++) {
		pairs.push(openPair());
	}
};

const replace = (count: number): void => {
	for (let index = 0; index < count; index++) {
		const position = oldest++ % pairs.length;
		const pair = pairs[position];
		if (pair !== undefined) {
			resetConnection(pair.client);
			resetConnection(pair.server);
			pairs[position] = openPair();
		}
	}
};

const touch = (count: number): void => {
	for (let index = 0; index < count; index++) {
		const pair = pairs[next++ % pairs.length];
		if (pair !== undefined) {
			sendBytes(pair.client, message);
			receiveBytes(pair.server, buffer);
		}
	}
};

let perSecond = 0;
let due = 0;
setInterval(() => {
	due += perSecond / stepsPerSecond;
	const whole = Math.floor(due);
	due -= whole;
	touch(whole);
}, 1000 / stepsPerSecond);

const execute = (command: LoadCommand): void => {
	switch (command.do) {
		case 'open': {
			open(command.pairs);
			break;
		}

		case 'replace': {
			replace(command.pairs);
			break;
		}

		case 'touch': {
			touch(command.pairs);
			break;
		}

		case 'touchEverySecond': {
			perSecond = command.pairs;
			break;
		}
	}
};

const lines = readline.createInterface({input: process.stdin});
lines.on('line', line => {
	execute(JSON.parse(line) as LoadCommand);
	process.stdout.write('done\n');
});
lines.on('close', () => {
	// eslint-disable-next-line unicorn/no-process-exit -- this is a program.
	process.exit();
});
