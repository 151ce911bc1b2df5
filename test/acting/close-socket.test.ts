import {existsSync} from 'node:fs';
import {constants} from 'node:os';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {closeSocket, type CloseResult} from '../../source/acting/close-socket.js';
import type {DiagSocket} from '../../source/netlink/diag-socket.js';
import {createViews, headerLength, MessageType} from '../../source/netlink/framing.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {testInNamespace} from '../helpers/conntop.js';
import {namespaceUnavailable, startScene, type Scene} from '../helpers/namespace.js';
import {createTestContext, type TestSocket} from '../helpers/context.js';
import {inParts} from '../helpers/in-parts.js';
import {testUnless} from '../helpers/unless.js';
import type {MultipathReport} from './close-multipath-program.js';

const {ENOENT, EPERM, EOPNOTSUPP} = constants.errno;

type Kernel = {
	/** The result of an exact lookup: the socket itself, another one, or an errno. */
	readonly lookUp?: 'same' | 'other' | number;
	readonly command?: number;
	/** Whether a dump of the port lists the socket. */
	readonly isListed?: boolean;
};

/** A fake kernel with one socket. */
const play = (described: TestSocket, {lookUp = 'same', command = 0, isListed = false}: Kernel = {}): {result: CloseResult; commands: Uint8Array[]} => {
	const context = createTestContext();
	const slot = context.add(described);
	const views = createViews(256);
	const commands: Uint8Array[] = [];
	const answerWith = (isOther: boolean): {start: number; end: number} => {
		const {core} = context.table;
		const view = new DataView(views.bytes.buffer);
		const words = new Uint32Array(views.bytes.buffer);
		view.setUint16(headerLength + 4, core.localPort[slot]);
		view.setUint16(headerLength + 6, core.peerPort[slot]);
		views.bytes.set(core.localAddress.subarray(slot * 16, slot * 16 + 16), headerLength + 8);
		views.bytes.set(core.peerAddress.subarray(slot * 16, slot * 16 + 16), headerLength + 24);
		words[(headerLength + 44) >> 2] = core.cookieLow[slot] + (isOther ? 1 : 0);
		return {start: headerLength, end: headerLength + 72};
	};

	const socket: DiagSocket = {
		views,
		nextSequence: () => 1,
		...inParts((_request, _sequence, message) => {
			const {start, end} = answerWith(!isListed);
			message(start, end);
			return {errno: 0, truncated: 0, interrupted: false};
		}),
		discard: () => 0,
		lookUp(_requests, _sequences, answer) {
			answer(0, typeof lookUp === 'number' ? {errno: lookUp} : answerWith(lookUp === 'other'));
		},
		command(request) {
			commands.push(Uint8Array.from(request));
			return command;
		},
		close: () => undefined,
	};
	return {result: closeSocket(socket, context.table, slot), commands};
};

const connection: TestSocket = {local: ['10.0.0.1', 40_000], peer: ['10.0.0.2', 443]};

test('closes by cookie and unswapped addresses, UDP too', t => {
	for (const protocol of [Protocol.tcp, Protocol.udp]) {
		const {result, commands} = play({...connection, protocol});
		t.true(result.isClosed);
		t.is(commands.length, 1);
		const view = new DataView(commands[0].buffer);
		t.is(view.getUint16(4, true), MessageType.sockDestroy);
		t.is(view.getUint16(6, true), 5);
		t.is(view.getUint16(headerLength + 8), 40_000);
		t.is(view.getUint16(headerLength + 10), 443);
		t.deepEqual([...commands[0].subarray(headerLength + 12, headerLength + 16)], [10, 0, 0, 1]);
		t.is(view.getUint32(headerLength + 48, true), 1);
	}
});

test('sends no request if the lookup finds another socket or none', t => {
	for (const lookUp of ['other', ENOENT, constants.errno.ESTALE] as const) {
		const {result, commands} = play(connection, {lookUp});
		t.deepEqual(result, {isClosed: false, message: 'the socket is gone already'});
		t.is(commands.length, 0);
	}
});

test('reports why it cannot close a socket', t => {
	const message = (described: TestSocket, kernel: Kernel = {}): string => {
		const {result} = play(described, kernel);
		t.false(result.isClosed);
		return result.message;
	};

	t.regex(message(connection, {command: EPERM}), /CAP_NET_ADMIN/v);
	t.regex(message(connection, {command: EOPNOTSUPP}), /this kernel cannot/v);
	t.is(message(connection, {command: ENOENT}), 'the socket is gone already');
	t.regex(message({...connection, protocol: Protocol.udp}, {lookUp: constants.errno.ESTALE, isListed: true}), /SO_REUSEPORT/v);
	t.regex(message({local: ['0.0.0.0', 80], state: State.listen}, {lookUp: ENOENT, isListed: true}), /SO_REUSEPORT/v);
	t.regex(message({protocol: Protocol.u_str}), /u_str/v);
	t.regex(message({...connection, protocol: Protocol.mptcp, core: {inode: 7}}), /subflows/v);
});

const program = fileURLToPath(import.meta.resolve('./close-program.ts'));

const close = async (scene: Scene, ...args: readonly string[]): Promise<readonly CloseResult[]> => {
	const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, ...args]);
	if (stdout === '') {
		throw new Error(stderr);
	}

	return JSON.parse(stdout) as readonly CloseResult[];
};

testInNamespace('resets one connection and keeps another with the same ports', async t => {
	const scene = await startScene('close');
	try {
		for (const host of ['127.0.0.1', '127.0.0.2']) {
			await scene.listen({port: 7000, host});
			await scene.connect({
				port: 7000, host, localAddress: host, localPort: 40_000,
			});
		}

		const connections = async (): Promise<readonly string[]> => {
			const {stdout} = await scene.run('ss', ['-Htn', 'state', 'established']);
			return stdout.split('\n').filter(line => line !== '').map(line => line.trim().split(/\s+/v).slice(2, 4).join(' ')).toSorted();
		};

		const all = await connections();
		t.is(all.length, 4);
		t.deepEqual(await close(scene, 'tcp', '127.0.0.1', '40000', '7000'), [
			{isClosed: true, message: 'the connection is reset'},
			{isClosed: false, message: 'the socket is gone already'},
		]);
		t.deepEqual(await connections(), ['127.0.0.2:40000 127.0.0.2:7000', '127.0.0.2:7000 127.0.0.2:40000']);
	} finally {
		await scene.stop();
	}
}, 'ss');

testInNamespace('never closes another member of a SO_REUSEPORT group', async t => {
	const scene = await startScene('close');
	try {
		for (let count = 0; count < 4; count++) {
			await scene.listen({port: 7000, reusePort: true});
			await scene.bindUdp({port: 5353, reusePort: true});
		}

		const {stdout: before} = await scene.run('ss', ['-Htln']);
		t.is(before.trim().split('\n').length, 4);
		const answers = await close(scene, 'tcp', '127.0.0.1', '7000', '0');
		const {stdout: after} = await scene.run('ss', ['-Htln']);
		const closed = answers.filter(({isClosed}) => isClosed).length;
		t.is(after.split('\n').filter(line => line !== '').length, 4 - closed);
		// A hash decides which of them the kernel picks. The test checks that those reported as closed are, and that there is a reason for the others.
		const isPlain = ({isClosed, message}: CloseResult): boolean => isClosed || message.includes('SO_REUSEPORT') || message === 'the socket is gone already';
		t.true(answers.every(answer => isPlain(answer)));
		t.true(answers.every((answer, index) => index % 2 === 1 || answer.isClosed || answer.message.includes('SO_REUSEPORT')));
		const datagrams = await close(scene, 'udp', '127.0.0.1', '5353', '0');
		t.true(datagrams.every(answer => isPlain(answer)));
	} finally {
		await scene.stop();
	}
}, 'ss');

const withoutMultipath = namespaceUnavailable ?? (existsSync('/proc/sys/net/mptcp/enabled') ? undefined : 'this kernel has no MPTCP');
const multipathProgram = fileURLToPath(import.meta.resolve('./close-multipath-program.ts'));

testUnless(withoutMultipath, 'closes an MPTCP connection through its own subflow only', async t => {
	const scene = await startScene('multipath');
	try {
		const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, multipathProgram]);
		t.is(stderr, '');
		const {answers, before, after, ports} = JSON.parse(stdout) as MultipathReport;
		const [closed, other, plain] = ports;
		const both = (protocol: string, port: number): string[] => [`${protocol} ESTAB 7300 ${port}`, `${protocol} ESTAB ${port} 7300`];
		t.deepEqual(before, [...[closed, other].flatMap(port => [...both('mptcp', port), ...both('tcp', port)]), ...both('tcp', plain)].toSorted());
		t.deepEqual(answers.map(({isClosed}) => isClosed), [false, true, false]);
		t.regex(answers[0].message, /show TCP sockets, too$/v);
		t.is(answers[1].message, 'its TCP subflow is reset');
		t.regex(answers[2].message, /gone already/v);
		// MPTCP sockets outlive their subflow for a while, because another path may replace it.
		const isOfTcp = (line: string): boolean => line.startsWith('tcp ');
		t.deepEqual(after.filter(line => isOfTcp(line)), before.filter(line => isOfTcp(line) && !line.includes(String(closed))));
		t.true(both('mptcp', other).every(line => after.includes(line)));
	} finally {
		await scene.stop();
	}
});
