import process from 'node:process';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import {missingProgram, testUnless} from '../helpers/unless.js';

type SocketRecord = Readonly<Record<'protocol' | 'state' | 'localAddress' | 'localPort' | 'peer' | 'cookie' | 'peerCookie' | 'ends' | 'process' | 'peerProcess' | 'pendingClients', string>>;

type SceneResult = {
	readonly pid: number;
	readonly directory: string;
	readonly hasMptcp: boolean;
	readonly netlink: readonly SocketRecord[];
	readonly ss?: readonly SocketRecord[];
};

/** Protocol and ports of the sockets whose peer's socket is also on this machine. */
const inetPairs = [
	['tcp', '127.0.0.1', '7001', '127.0.0.1', '8001'],
	['tcp', '::1', '7002', '::1', '8002'],
	['tcp', '::ffff:127.0.0.1', '7003', '127.0.0.1', '8003'],
	['tcp', '127.0.0.1', '7004', '127.0.0.1', '8004'],
	['udp', '127.0.0.1', '7005', '127.0.0.1', '8005'],
	['mptcp', '127.0.0.1', '7006', '127.0.0.1', '8006'],
] as const;

type Expected = Pick<SceneResult, 'directory' | 'hasMptcp'> & {
	/** The pid of the owner, as a regular expression. */
	readonly pid: string;
};

const ownerOf = ({pid}: Expected): RegExp => new RegExp(String.raw`^pair-scene\/${pid}(?: \+\d)?$`, 'v');

const checkInet = (t: ExecutionContext, records: readonly SocketRecord[], expected: Expected): void => {
	const {hasMptcp} = expected;
	const owner = ownerOf(expected);
	const inet = (protocol: string, address: string, port: string): SocketRecord | undefined => records.find(record =>
		record.protocol === protocol && record.localAddress === address && record.localPort === port && record.state === 'ESTAB');
	for (const [protocol, addressA, portA, addressB, portB] of inetPairs) {
		if (protocol === 'mptcp' && !hasMptcp) {
			continue;
		}

		const [a, b] = [inet(protocol, addressA, portA), inet(protocol, addressB, portB)];
		t.truthy(a?.cookie, `${protocol} ${portA}`);
		t.is(a?.peerCookie, b?.cookie);
		t.is(b?.peerCookie, a?.cookie);
		t.is(a?.ends, 'both');
		t.regex(a?.peerProcess ?? '', owner);
		// A socket that is not accepted yet has no owner.
		t.is(owner.test(b?.peerProcess ?? ''), portA !== '7004');
	}
};

const checkUnix = (t: ExecutionContext, records: readonly SocketRecord[], expected: Expected): void => {
	const {directory} = expected;
	const owner = ownerOf(expected);
	const unix = (name: string, peer: string): SocketRecord | undefined => records.find(record => record.localAddress === name && record.peer.startsWith(peer) && record.state === 'ESTAB');
	for (const name of [`${directory}/stream`, '@pairs abstract']) {
		const [accepted, opened] = [unix(name, '* '), unix('', name)];
		t.regex(accepted?.peerProcess ?? '', owner);
		t.regex(opened?.peerProcess ?? '', owner);
		t.is(accepted?.cookie, opened?.peerCookie);
	}

	t.is(unix(`${directory}/writer`, `${directory}/log `)?.ends, 'both');
	t.is(unix(`${directory}/log`, '* 0')?.ends, '');
};

const checkListeners = (t: ExecutionContext, records: readonly SocketRecord[], {directory, pid}: Expected): void => {
	const listeners = records.filter(({state}) => state === 'LISTEN');
	const [waiting, none] = [listeners.filter(({pendingClients}) => pendingClients !== ''), listeners.filter(({pendingClients}) => pendingClients === '')];
	t.is(waiting.length, 2);
	t.true(none.length > 4);
	t.regex(waiting.find(({localPort}) => localPort === '7004')?.pendingClients ?? '', new RegExp(String.raw`^127\.0\.0\.1:8004 \(pair-scene\/${pid}`, 'v'));
	const clients = waiting.find(({localAddress}) => localAddress === `${directory}/waiting`)?.pendingClients ?? '';
	t.regex(clients, /^\d+ \(pair-scene\/\d+(?: \+\d)?\)$/v);
};

/** The sockets as netlink shows them, or `ss` if requested. */
const play = async (...args: readonly string[]): Promise<SceneResult> => {
	const scene = await startScene('pairs');
	try {
		const script = fileURLToPath(import.meta.resolve('./pair-scene.ts'));
		const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, script, ...args]);
		if (stderr !== '') {
			throw new Error(stderr);
		}

		return JSON.parse(stdout) as SceneResult;
	} finally {
		await scene.stop();
	}
};

const check = (t: ExecutionContext, records: readonly SocketRecord[], expected: Expected): void => {
	checkInet(t, records, expected);
	checkUnix(t, records, expected);
	checkListeners(t, records, expected);
};

testUnless(namespaceUnavailable, 'the two sockets of connections of all families are paired, over netlink', async t => {
	const result = await play();
	check(t, result.netlink, {...result, pid: String(result.pid)});
}, {isSerial: true});

testUnless(namespaceUnavailable ?? missingProgram('ss'), 'the two sockets of connections of all families are paired, through ss', async t => {
	const result = await play('ss');
	// While a process starts `ss`, its child, which has its name until it becomes `ss`, owns copies of all its descriptors.
	check(t, result.ss ?? [], {...result, pid: String.raw`\d+`});
}, {isSerial: true});
