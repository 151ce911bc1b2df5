/** What `events` reports of each socket, and that it reports everything. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import readline from 'node:readline';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import {builtProgram, openScene, testInNamespace} from '../helpers/conntop.js';
import {until} from '../helpers/until.js';
import type {Scene} from '../helpers/namespace.js';

type Line = {
	readonly event: string;
	readonly time: string;
	readonly count?: number;
	readonly protocol?: string;
	readonly state?: string;
	readonly unseen?: true;
	readonly localPort?: number;
	readonly peerPort?: number;
	readonly bytesSent?: number;
	readonly bytesReceived?: number;
	readonly ended?: string;
	readonly lived?: number;
};

/** Starts `events` in a scene and waits until it has taken its first sample. Uses UDP port 9999 for that. */
const startEvents = async (t: ExecutionContext, scene: Scene, ...args: readonly string[]) => {
	const [command, all] = scene.inside(process.execPath, [builtProgram, 'events', '--interval', '0.1', ...args]);
	const child = spawn(command, all, {stdio: ['ignore', 'pipe', 'pipe']});
	const exited = once(child, 'exit');
	t.teardown(async () => {
		child.kill('SIGKILL');
		await exited;
	});
	const lines: string[] = [];
	let messages = '';
	readline.createInterface({input: child.stdout}).on('line', line => {
		lines.push(line);
	});
	child.stderr.on('data', (data: unknown) => {
		messages += String(data);
	});
	while (lines.length === 0) {
		const {id} = await scene.bindUdp({port: 9999});
		await scene.close(id);
	}

	return {child, lines, messages: () => messages};
};

const isStopped = (pid: number): boolean => fs.readFileSync(`/proc/${pid}/status`, 'utf8').includes('State:\tT');

const parsed = (lines: readonly string[]): readonly Line[] => lines.map(line => JSON.parse(line) as Line);

testInNamespace('events reports both sides of each short connection once, with their bytes', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({});
	const {lines, messages} = await startEvents(t, scene, '--json');
	const ports = new Map<number, number>();
	for (let number = 1; number <= 200; number++) {
		const {id, localPort = 0} = await scene.connect({port});
		await scene.send(id, number);
		await scene.close(id);
		ports.set(localPort, number);
	}

	const closes = (): readonly Line[] => parsed(lines).filter(({event, protocol}) => event === 'closed' && protocol === 'tcp');
	await until(() => closes().length >= 2 * ports.size, 'the closes of all connections');
	const read = (isServer: boolean): readonly unknown[] => closes()
		.filter(({localPort}) => (localPort === port) === isServer)
		.map(({localPort, peerPort, bytesSent, bytesReceived}) => [isServer ? peerPort : localPort, isServer ? bytesReceived : bytesSent])
		.toSorted(([a], [b]) => Number(a) - Number(b));
	const expected = [...ports].toSorted(([a], [b]) => a - b);
	t.deepEqual(read(true), expected);
	t.deepEqual(read(false), expected);
	t.deepEqual(new Set(closes().map(({localPort, ended}) => `${localPort === port ? 'server' : 'client'}: ${ended}`)), new Set(['client: closed here', 'server: closed by peer']));
	t.deepEqual(parsed(lines).filter(({event, ended, lived}) => event !== 'closed' && (ended ?? lived) !== undefined), []);
	t.deepEqual(parsed(lines).filter(({event, state}) => event !== 'closed' && state === 'TIME-WAIT'), []);
	t.is(messages(), '');
});

testInNamespace('events prints the named columns, including close reason and lifetime', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({});
	const {lines} = await startEvents(t, scene, '--columns', 'local,ended,lived');
	const {id, localPort = 0} = await scene.connect({port});
	const linesOf = (event: string, endpoint: number): readonly string[] => lines.filter(line => line.includes(` ${event} `) && line.includes(`127.0.0.1:${endpoint} `));
	await until(() => linesOf('opened', localPort).length > 0, 'the line about the connection');
	t.regex(linesOf('opened', localPort)[0], /^\S+Z {2}opened {3}127\.0\.0\.1:\d+ +- +-$/v);
	await scene.close(id);
	await until(() => linesOf('closed', localPort).length > 0, 'the line about its close');
	t.regex(linesOf('closed', localPort)[0], /^\S+Z {2}closed {3}127\.0\.0\.1:\d+ +closed here +\d+s$/v);
});

testInNamespace('events prints the named columns in JSON', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({});
	const {lines} = await startEvents(t, scene, '--json', '--columns', 'localPort,time,ended,lived');
	const {id, localPort = 0} = await scene.connect({port});
	const find = (name: string): Line | undefined => parsed(lines).find(line => line.localPort === localPort && line.event === name);
	await until(() => find('opened') !== undefined, 'the line about the connection');
	await scene.reset(id);
	await until(() => find('closed') !== undefined, 'the line about its close');
	const closed = find('closed');
	t.deepEqual(Object.keys(closed ?? {}), ['event', 'time', 'localPort', 'ended', 'lived']);
	t.regex(closed?.time ?? '', /^\d{4}-\d\d-\d\dT[\d.:]+Z$/v);
	t.is(closed?.ended, 'reset here');
	t.true((closed?.lived ?? -1) >= 0);
});

testInNamespace('events reports how many destroy events were dropped, so that no loss goes unnoticed', async t => {
	const scene = await openScene(t);
	const {child, lines, messages} = await startEvents(t, scene, '--json', '-u');
	// Nsenter executes the program in its own process.
	const {pid = 0} = child;
	const before = lines.length;
	let closed = 0;
	const read = () => {
		const all = parsed(lines.slice(before));
		return {
			closes: all.filter(({event, localPort}) => event === 'closed' && localPort !== 9999).length,
			dropped: all.filter(({event}) => event === 'dropped').reduce((sum, {count = 0}) => sum + count, 0),
		};
	};

	for (let number = 10_000; read().dropped === 0; number *= 2) {
		process.kill(pid, 'SIGSTOP');
		await until(() => isStopped(pid), 'the program to stop');
		const {exitCode, stderr} = await scene.run(process.execPath, [
			`--import=${import.meta.resolve('tsx')}`, fileURLToPath(import.meta.resolve('./churn-udp-program.ts')), String(number),
		]);
		t.is(exitCode, 0, stderr);
		closed += number;
		process.kill(pid, 'SIGCONT');
		const expected = closed;
		await until(() => read().closes + read().dropped >= expected, 'a close or a dropped event for each socket');
	}

	const {closes, dropped} = read();
	t.is(closes + dropped, closed);
	t.deepEqual(Object.keys(parsed(lines).find(({event}) => event === 'dropped') ?? {}), ['event', 'count', 'time']);
	t.regex(messages(), /^conntop: \d+ destroy events were dropped/mv);
});
