/** Compares what `events` reports of connections that close in every possible way with what the program that closes them did. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import readline from 'node:readline';
import {fileURLToPath} from 'node:url';
import {builtProgram, openScene, testInNamespace} from '../helpers/conntop.js';
import {until} from '../helpers/until.js';
import type {Side} from '../sources/ways-to-close.js';
import type {Step} from './closing-program.js';

type Line = {
	readonly event: string;
	readonly protocol: string;
	readonly localAddress: string;
	readonly localPort: number;
	readonly peerAddress: string;
	/** 0 if the kernel no longer has it. */
	readonly peerPort: number;
	readonly bytesSent?: number;
	readonly bytesReceived?: number;
	readonly ended?: string;
};

const closingProgram = fileURLToPath(import.meta.resolve('./closing-program.ts'));
const columns = 'protocol,localAddress,localPort,peerAddress,peerPort,bytesSent,bytesReceived,ended';
const shortCount = 3080;
const heldCount = 10;

const keyOf = ({local, peer}: Side): string => `${local} ${peer}`;
const keyOfLine = ({localAddress, localPort, peerAddress, peerPort}: Line): string => `${localAddress}:${localPort} ${peerAddress}:${peerPort}`;
const describe = (side: Side, closed: readonly Line[]): string =>
	closed.map(({ended = '', bytesSent, bytesReceived}) => `${side.manner}: ${ended}, ${bytesSent} sent, ${bytesReceived} received`).join('; ');
const expected = ({manner, reason, sent, received}: Side): string => `${manner}: ${reason}, ${sent} sent, ${received} received`;

testInNamespace('events reports the close of each side of 3,080 short connections, and of connections with held descriptors, once, with bytes and reason', async t => {
	const scene = await openScene(t);
	const start = (args: readonly string[]) => {
		const [command, all] = scene.inside(process.execPath, args);
		const child = spawn(command, all, {stdio: ['pipe', 'pipe', 'inherit']});
		const exited = once(child, 'exit');
		t.teardown(async () => {
			child.kill('SIGKILL');
			await exited;
		});
		const lines: string[] = [];
		readline.createInterface({input: child.stdout}).on('line', line => {
			lines.push(line);
		});
		return {child, lines, exited};
	};

	const events = start([builtProgram, 'events', '--json', '--interval', '0.1', '--columns', columns]);
	while (events.lines.length === 0) {
		const {id} = await scene.bindUdp({port: 9999});
		await scene.close(id);
	}

	let read = 0;
	const opened = new Set<string>();
	const closed = new Map<string, Line[]>();
	/** Closes of connections that their process aborted before a sample contained them. */
	let withoutPeer = 0;
	/** Lines about dropped events. */
	const dropped: string[] = [];
	const readEvents = (): void => {
		for (; read < events.lines.length; read++) {
			const line = JSON.parse(events.lines[read]) as Line;
			if (line.event === 'dropped') {
				dropped.push(events.lines[read]);
			}

			if (line.protocol !== 'tcp') {
				continue;
			}

			if (line.event === 'opened') {
				opened.add(keyOfLine(line));
			} else if (line.event === 'closed' && line.peerPort === 0 && line.ended === 'reset here') {
				withoutPeer++;
			} else if (line.event === 'closed' && line.peerPort !== 0) {
				closed.set(keyOfLine(line), [...closed.get(keyOfLine(line)) ?? [], line]);
			}
		}
	};

	const closing = start([`--import=${import.meta.resolve('tsx')}`, closingProgram, String(shortCount), String(heldCount)]);
	const step = async (index: number): Promise<Step> => {
		await until(() => closing.lines.length > index, 'the next step');
		return JSON.parse(closing.lines[index]) as Step;
	};

	const {short = [], held: openSides = []} = await step(0);
	await until(() => {
		readEvents();
		return openSides.every(side => opened.has(keyOf(side)));
	}, 'all open connections');
	closing.child.stdin?.write('\n');

	const {held = []} = await step(1);
	await until(() => {
		readEvents();
		return held.every(side => closed.has(keyOf(side)));
	}, 'the closes of connections whose descriptors are held');
	closing.child.stdin?.write('\n');

	const {late = []} = await step(2);
	const aborted = short.map(one => one.aborted).filter(side => side !== undefined);
	const isReported = (side: Side): boolean => closed.has(keyOf(side));
	/** If a sample saw only the handshake of a connection that its process aborted, the request has closed, and nothing tells whose it was: the kernel has cleared the peer. */
	const forgetRequests = (): void => {
		for (const side of aborted) {
			const closes = closed.get(keyOf(side)) ?? [];
			if (closes.length === 1 && closes[0].ended === 'no connection') {
				closed.delete(keyOf(side));
			}
		}
	};

	const all = (): readonly Side[] => [...short.flatMap(({sides}) => sides), ...held, ...late, ...aborted.filter(side => isReported(side))];
	await until(() => {
		readEvents();
		forgetRequests();
		return all().every(side => isReported(side)) && withoutPeer + aborted.filter(side => isReported(side)).length >= aborted.length;
	}, () => {
		const missing = all().filter(side => !isReported(side)).map(side => expected(side));
		const unknown = aborted.filter(side => !isReported(side)).length - withoutPeer;
		return `the closes of all connections: ${missing.length} missing (${missing.slice(0, 5).join('; ')}), ${unknown} aborted ones; ${dropped.join(' ')}`;
	});
	closing.child.stdin?.end();
	await closing.exited;
	events.child.kill('SIGINT');
	await events.exited;
	readEvents();
	forgetRequests();

	/** Whether a side was reported as closed once, with the right reason and bytes. */
	const isRight = (side: Side): boolean => {
		const closes = closed.get(keyOf(side)) ?? [];
		const [close] = closes;
		if (closes.length !== 1 || close.ended !== side.reason) {
			return false;
		}

		// The kernel clears the counters of a connection that its process aborts: the values of the last sample remain.
		return aborted.includes(side) ? (close.bytesSent ?? 0) <= (side.sent ?? 0) && (close.bytesReceived ?? 0) <= (side.received ?? 0) : close.bytesSent === side.sent && close.bytesReceived === side.received;
	};

	const wrong = all().filter(side => !isRight(side));
	t.deepEqual(wrong.slice(0, 10).map(side => `${describe(side, closed.get(keyOf(side)) ?? [])} instead of ${expected(side)}`), []);
	t.is(closed.size, all().length, 'no other connection closes');
	t.is(withoutPeer, aborted.length - aborted.filter(side => isReported(side)).length);
});
