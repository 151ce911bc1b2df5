/**
Sets up sockets with health problems, and healthy ones, in the current namespace. Samples them until each has the expected problem, and prints the problems as
JSON. Argument: the name of a scene.
*/
import {Buffer} from 'node:buffer';
import {execFileSync, spawn} from 'node:child_process';
import dgram from 'node:dgram';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import net from 'node:net';
import process from 'node:process';
import readline from 'node:readline';
import {setTimeout as wait} from 'node:timers/promises';
import {createSampler} from '../../../source/sampling/sampler.js';
import {explainHealth} from '../../../source/fields/explain-health.js';
import {readLocalMachine} from '../../../source/sources/local-machine.js';
import {healthColumns} from '../../../source/table/health/columns.js';
import {healthProblems} from '../../../source/table/health/problems.js';
import type {OptionalColumn} from '../../../source/table/columns/columns.js';
import {protocolNames} from '../../../source/table/columns/protocols.js';
import {stateName} from '../../../source/table/columns/states.js';
import {attachFilter, bindSocket, openSocket} from '../../helpers/other-sockets.js';
import {
	acceptOne,
	closeSocket,
	openConnection,
	openListener,
	portOf,
	socketAddress,
} from '../../helpers/raw-sockets.js';
import {dropData, dropEveryFourth, oneSegmentEach} from './drop-filters.js';

export type FoundProblem = {
	readonly protocol: string;
	readonly state: string;
	readonly localPort: number;
	readonly peerPort: number;
	readonly health: string;
	readonly explanation: string;
};

/** The output of a scene. */
export type HealthResult = {readonly found: readonly FoundProblem[]; readonly samples: number};

type Role = Pick<FoundProblem, 'health' | 'localPort'> & {readonly peerPort?: number};

type Play = {
	/** The problems that must be found. */
	readonly expected: readonly Role[];
	/** Samples to take even after all problems were found. */
	readonly samples: number;
	/** Runs before each sample. */
	readonly act?: (sample: number) => void | Promise<void>;
	/** Milliseconds of the table's clock between samples. Default: the real time. */
	readonly step?: number;
	/** Milliseconds of real time between samples. */
	readonly pause?: number;
};

const host = '127.0.0.1';

/** A UDP socket whose datagrams are not read. */
const openUdpWithoutReader = (port: number): void => {
	bindSocket(openSocket(2, 2, 0), socketAddress(host, port));
};

/** A connection whose accepting side never reads. */
const connectUnread = async (port: number): Promise<{client: net.Socket; server: number}> => {
	const listener = openListener(host, port, 4);
	const client = net.connect({host, port});
	client.on('error', () => undefined);
	await once(client, 'connect');
	return {client, server: acceptOne(listener)};
};

/** Runs a script in a separate Node.js process, so that samples do not delay it, until it prints a line with ports. */
const runBeside = async (script: string, options: readonly string[] = []): Promise<readonly number[]> => {
	const child = spawn(process.execPath, [...options, '--eval', script], {stdio: ['ignore', 'pipe', 'inherit']});
	process.once('exit', () => {
		child.kill('SIGKILL');
	});
	const [line] = await once(readline.createInterface({input: child.stdout}), 'line') as [string];
	return JSON.parse(line) as number[];
};

/** Connections in a separate process: a bulk transfer, one with requests and answers, and a silent one. */
const healthyScript = `
const net = require('node:net');
const sink = net.createServer(socket => socket.resume()).listen(7301, '127.0.0.1', () => {
	const client = net.connect(7301, '127.0.0.1');
	const chunk = Buffer.alloc(65536);
	const write = () => { while (client.write(chunk)) {} };
	client.on('connect', write).on('drain', write);
	const echo = net.createServer(socket => socket.pipe(socket)).listen(7302, '127.0.0.1', () => {
		const asking = net.connect(7302, '127.0.0.1', () => asking.write('ping'));
		asking.on('data', data => setTimeout(() => asking.write(data), 20));
		net.createServer(() => {}).listen(7303, '127.0.0.1', () => {
			const silent = net.connect(7303, '127.0.0.1', () => console.log(JSON.stringify([client.localPort, asking.localPort, silent.localPort])));
		});
	});
});`;

const plays: Readonly<Record<string, () => Promise<Play>>> = {
	async ports() {
		// 20 ports: 17 of them for one destination, some in TIME-WAIT; 10 for another.
		writeFileSync('/proc/sys/net/ipv4/ip_local_port_range', '40000 40019');
		const [crowded, other, waiting] = [7501, 7502, 7503].map(port => openListener(host, port, 50));
		const open = (port: number, listener: number) => {
			const client = openConnection(host, port);
			return [client, acceptOne(listener)];
		};

		const clients = Array.from({length: 10}, () => {
			open(7502, other);
			return open(7501, crowded)[0];
		});
		for (let count = 0; count < 16; count++) {
			for (const end of open(7503, waiting)) {
				closeSocket(end);
			}
		}

		return {
			expected: clients.map(client => ({localPort: portOf(client), peerPort: 7501, health: 'few ports left'})),
			samples: 4,
			act(sample) {
				// 85 %, then 90 %.
				for (let count = [0, 7, 1][sample] ?? 0; count > 0; count--) {
					open(7501, crowded);
				}
			},
		};
	},
	async backlog() {
		openListener(host, 7001, 1);
		const clients = Array.from({length: 4}, (_, index) => net.connect({host, port: 7001, localPort: 8001 + index}));
		for (const client of clients) {
			client.on('error', () => undefined);
		}

		await Promise.race(clients.map(async client => once(client, 'connect')));
		return {
			// The queue takes one connection more than its limit; the others retransmit their SYN.
			expected: [{localPort: 7001, health: 'backlog full'}, {localPort: 8004, health: 'SYN unanswered'}], samples: 1, pause: 20, step: 20,
		};
	},
	async unread() {
		const {client} = await connectUnread(7002);
		const port = client.localPort ?? 0;
		return {
			expected: [{localPort: 7002, peerPort: port, health: 'not reading'}],
			samples: 5,
			step: 1000,
			act(sample) {
				client.write(Buffer.alloc(sample * 100));
			},
		};
	},
	async stopped() {
		const {client} = await connectUnread(7003);
		client.write(Buffer.alloc(64_000_000));
		const port = client.localPort ?? 0;
		return {
			expected: [{localPort: 7003, peerPort: port, health: 'not reading'}, {localPort: port, peerPort: 7003, health: 'peer not reading'}],
			samples: 5,
			step: 1000,
			pause: 20,
		};
	},
	async loss() {
		execFileSync('ip', oneSegmentEach);
		const listener = openListener(host, 7004, 4);
		const client = net.connect({host, port: 7004});
		await once(client, 'connect');
		const server = acceptOne(listener);
		attachFilter(server, dropEveryFourth);
		new net.Socket({fd: server}).resume();
		client.setNoDelay();
		return {
			expected: [{localPort: client.localPort ?? 0, peerPort: 7004, health: 'loss'}],
			samples: 3,
			step: 1000,
			pause: 100,
			act() {
				for (let message = 0; message < 100; message++) {
					client.write(Buffer.alloc(1000));
				}
			},
		};
	},
	async cut() {
		const listener = openListener(host, 7005, 4);
		const client = net.connect({host, port: 7005});
		await once(client, 'connect');
		attachFilter(acceptOne(listener), dropData);
		client.write('dropped by filter');
		return {
			expected: [{localPort: client.localPort ?? 0, peerPort: 7005, health: 'loss'}], samples: 1, step: 20, pause: 20,
		};
	},
	async sendBuffer() {
		// The kernel counts the send buffer as the limit when its last segment leaves while the process waits. That needs a queue, here TBF. The link is slow,
		// so that this takes longer than a busy machine needs to wake the process.
		execFileSync('ip', ['link', 'set', 'lo', 'mtu', '1500']);
		execFileSync('tc', ['qdisc', 'add', 'dev', 'lo', 'root', 'tbf', 'rate', '10mbit', 'burst', '3000', 'latency', '400ms']);
		await runBeside(`
const net = require('node:net');
net.createServer(socket => socket.resume()).listen(7006, '127.0.0.1', () => console.log('[7006]'));`);
		const [port = 0] = await runBeside(`
import {Buffer} from 'node:buffer';
import {openConnection, portOf, sendBytes, setOption} from ${JSON.stringify(import.meta.resolve('../../helpers/raw-sockets.ts'))};
const descriptor = openConnection('127.0.0.1', 7006);
// SOL_SOCKET, SO_SNDBUF: the minimum of the kernel; IPPROTO_TCP, TCP_CONGESTION: one that does not pace.
setOption(descriptor, 1, 7, 2048);
setOption(descriptor, 6, 13, Buffer.from('reno'));
console.log(JSON.stringify([portOf(descriptor)]));
for (;;) {
	sendBytes(descriptor, Buffer.alloc(1000));
}`, [`--import=${import.meta.resolve('tsx')}`, '--input-type=module']);
		return {expected: [{localPort: port, peerPort: 7006, health: 'send buffer'}], samples: 4, pause: 200};
	},
	async closeWait() {
		const listener = openListener(host, 7007, 4);
		const client = net.connect({host, port: 7007});
		await once(client, 'connect');
		acceptOne(listener);
		client.end();
		return {
			expected: [{localPort: 7007, peerPort: client.localPort ?? 0, health: 'CLOSE-WAIT leak'}], samples: 8, step: 10_000, pause: 20,
		};
	},
	async appLimited() {
		// Each piece is one segment, which leaves when the previous one was acknowledged: so the process is always the limit.
		const piece = 64_000;
		await runBeside(`
const net = require('node:net');
net.createServer(socket => {
	let waiting = 0;
	socket.on('data', data => {
		waiting += data.length;
		if (waiting === ${piece}) {
			waiting = 0;
			socket.write('.');
		}
	});
}).listen(7008, '127.0.0.1', () => console.log('[7008]'));`);
		const client = net.connect({host, port: 7008});
		await once(client, 'connect');
		return {
			expected: [{localPort: client.localPort ?? 0, peerPort: 7008, health: 'app limited'}],
			samples: 4,
			step: 1000,
			async act() {
				for (let written = 0; written < 20_000_000; written += piece) {
					client.write(Buffer.alloc(piece));
					await once(client, 'data');
				}
			},
		};
	},
	async datagrams() {
		openUdpWithoutReader(7009);
		const sender = dgram.createSocket('udp4');
		sender.connect(7009, host);
		await once(sender, 'connect');
		return {
			expected: [{localPort: 7009, health: 'not reading'}],
			samples: 12,
			step: 1000,
			act(sample) {
				if (sample === 0) {
					sender.send(Buffer.alloc(100));
				}
			},
		};
	},
	async overrun() {
		openUdpWithoutReader(7010);
		const sender = dgram.createSocket('udp4');
		sender.connect(7010, host);
		await once(sender, 'connect');
		return {
			expected: [{localPort: 7010, health: 'not reading'}],
			samples: 12,
			step: 2000,
			async act() {
				for (let datagram = 0; datagram < 50; datagram++) {
					const sent = Promise.withResolvers<void>();
					sender.send(Buffer.alloc(8000), () => {
						sent.resolve();
					});
					await sent.promise;
				}
			},
		};
	},
	async healthy() {
		await runBeside(healthyScript);
		return {
			expected: [], samples: 40, pause: 100,
		};
	},
};

const [name = ''] = process.argv.slice(2);
const play = await plays[name]?.();
if (play === undefined) {
	throw new Error(`There is no scene ${name}.`);
}

let samples = 0;
const machine = readLocalMachine();
const {step} = play;
/** The clock of the samples: that of the machine, or one that advances by `step` with each sample. */
const time = step === undefined ? machine.time : {now: () => samples * step, wall: () => samples * step};
const sampler = await createSampler({kind: 'local', prefer: process.argv[3] === 'ss' ? 'ss' : 'netlink'}, {...machine, time});
const {context} = sampler;
const {table} = context;

/** The problems of the open sockets, without healthy ones. */
const readProblems = (): FoundProblem[] => Array.from({length: table.used}, (_, slot) => slot).flatMap(slot => {
	const healthProblem = table.isUsed(slot) && !table.isClosed(slot) ? healthProblems[table.optional('healthProblem')?.[slot] ?? 0] : undefined;
	return healthProblem === undefined
		? []
		: [{
			protocol: protocolNames[table.core.protocol[slot]],
			state: stateName(table.core.state[slot]),
			localPort: table.core.localPort[slot],
			peerPort: table.core.peerPort[slot],
			health: healthProblem.name,
			explanation: explainHealth(context, slot) ?? '',
		}];
});

/** All problems seen so far, each once. */
const found = new Map<string, FoundProblem>();
const isFound = ({localPort, peerPort, health}: Role): boolean => found.values().some(socket =>
	socket.localPort === localPort && (peerPort === undefined || socket.peerPort === peerPort) && socket.health === health);

const columns = new Set<OptionalColumn>([...healthColumns, 'receiveWindowLimited', 'sendBuffer']);
/** A little less than the timeout of a test, so that a failing test shows what was found. */
const givesUpAt = performance.now() + 100_000;
while (samples < play.samples || (play.expected.some(role => !isFound(role)) && performance.now() < givesUpAt)) {
	await play.act?.(samples);
	await wait(play.pause ?? 5);
	await sampler.sample(columns);
	samples++;
	for (const socket of readProblems()) {
		found.set(`${socket.protocol} ${socket.localPort} ${socket.peerPort} ${socket.health}`, socket);
	}
}

const result: HealthResult = {found: found.values().toArray(), samples};
process.stdout.write(JSON.stringify(result));
// eslint-disable-next-line unicorn/no-process-exit -- this is a program.
process.exit();
