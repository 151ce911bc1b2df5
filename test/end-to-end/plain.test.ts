import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import readline from 'node:readline';
import {
	builtProgram,
	openScene,
	runConntop,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Scene} from '../helpers/namespace.js';
import {startInPty} from '../helpers/pty.js';

const start = (scene: Scene, ...args: readonly string[]) => {
	const [command, all] = scene.inside(process.execPath, [builtProgram, ...args]);
	return spawn(command, all, {stdio: ['ignore', 'pipe', 'pipe']});
};

/** Opens sockets in every state that a test can reach without waiting. */
const fill = async (scene: Scene): Promise<void> => {
	await scene.listen({port: 7000, backlog: 9, halfOpen: true});
	await scene.listen({port: 7001, host: '::'});
	await scene.listen({
		port: 7002, host: '::1', ipv6Only: true, read: false,
	});
	await scene.listen({port: 7003, host: '0.0.0.0', reusePort: true});
	await scene.listen({port: 7003, host: '0.0.0.0', reusePort: true});
	await scene.connect({port: 7000, localPort: 50_000});
	const {id: unread} = await scene.connect({port: 7002, host: '::1', localPort: 50_001});
	await scene.send(unread, 4321);
	await scene.connect({port: 7001, localPort: 50_002});
	// FIN-WAIT-2 and CLOSE-WAIT.
	const {id: halfClosed} = await scene.connect({port: 7000, localPort: 50_003, halfOpen: true});
	await scene.end(halfClosed);
	// Not accepted, and SYN-SENT.
	await scene.listenWithoutAccept({port: 7004, backlog: 0});
	await scene.connect({port: 7004, localPort: 50_005});
	await scene.connect({port: 7004, localPort: 50_006, wait: false});
	await scene.bindUdp({port: 5353, host: '0.0.0.0'});
	await scene.bindUdp({port: 5353, host: '::1'});
	await scene.connectUdp({port: 5353});
};

type ListedSocket = {
	readonly protocol: string;
	readonly state: string;
	readonly recvQ: number;
	readonly sendQ: number;
	readonly localAddress: string;
	readonly localPort: number;
	readonly peerAddress: string;
	readonly peerPort: number;
	readonly interface?: string;
	readonly processes?: ReadonlyArray<{readonly pid: number; readonly name: string}>;
};

const parse = (line: string): ListedSocket => JSON.parse(line) as ListedSocket;

const endpoint = (address: string, port: number, device = ''): string =>
	`${address.includes(':') ? `[${address}]` : address}${device === '' ? '' : `%${device}`}:${port === 0 ? '*' : port}`;

/** The sockets that `list --json` prints, in the format of `ss`. */
const listed = (json: string): string[] => json.trim().split('\n').map(line => {
	const {
		protocol, state, recvQ, sendQ, localAddress, localPort, peerAddress, peerPort, interface: device,
	} = parse(line);
	return [protocol, state, recvQ, sendQ, endpoint(localAddress, localPort, device), endpoint(peerAddress, peerPort)].join(' ');
}).toSorted();

const shownBySs = async (scene: Scene): Promise<string[]> => {
	const {stdout} = await scene.run('ss', ['-Htnau']);
	return stdout.trim().split('\n').map(line => line.split(/\s+/v).slice(0, 6).map(word => word.replace(/^\*:/v, '[::]:')).join(' ')).toSorted();
};

/** Opens and closes a connection from a port, and waits until it is in TIME-WAIT, which lasts a minute. */
const leaveInTimeWait = async (scene: Scene, localPort: number): Promise<void> => {
	const {id} = await scene.connect({port: 7001, host: '::1', localPort});
	await scene.close(id);
	for (let shown: string[] = []; shown.every(line => !line.includes('TIME-WAIT') || !line.includes(`:${localPort}`));) {
		shown = await shownBySs(scene);
	}
};

/** What the program and `ss` list at the same moment: repeated until `ss` prints the same before and after. */
const compare = async (scene: Scene, ...args: readonly string[]): Promise<{readonly ours: string[]; readonly theirs: string[]}> => {
	for (;;) {
		const before = await shownBySs(scene);
		const {stdout} = await runConntop(scene, 'list', '--json', ...args);
		const after = await shownBySs(scene);
		if (JSON.stringify(before) === JSON.stringify(after)) {
			return {ours: listed(stdout), theirs: before};
		}
	}
};

testInNamespace('list prints the sockets that ss prints, over netlink and through ss', async t => {
	const scene = await openScene(t);
	await fill(scene);
	for (const [source, localPort] of [['netlink', 50_010], ['ss', 50_011]] as const) {
		await leaveInTimeWait(scene, localPort);
		const {ours, theirs} = await compare(scene, '--source', source);
		t.deepEqual(ours, theirs, source);
		const states = new Set(ours.map(line => line.split(' ', 2)[1]));
		t.deepEqual([...states].toSorted(), ['CLOSE-WAIT', 'ESTAB', 'FIN-WAIT-2', 'LISTEN', 'SYN-SENT', 'TIME-WAIT', 'UNCONN'], source);
	}
}, 'ss');

testInNamespace('list reads a file written by ss -D', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 7000});
	await scene.listen({port: 7001, host: '::'});
	await scene.connect({port: 7000, localPort: 50_000});
	await scene.connect({port: 7001, host: '::1', localPort: 50_001});
	const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'conntop-file-'));
	t.teardown(async () => fs.rm(directory, {recursive: true}));
	const file = path.join(directory, 'sockets');
	await scene.run('ss', ['-ta', '-D', file]);
	const {stdout} = await runConntop(scene, 'list', '--json', '--input', file);
	t.deepEqual(listed(stdout), await shownBySs(scene));
}, 'ss');

testInNamespace('without a terminal, no command means list', async t => {
	const scene = await openScene(t, 'my-server');
	await scene.listen({port: 8080});
	const list = await runConntop(scene, 'list');
	t.regex(list.stdout, /^tcp +LISTEN +0 +511 +127\.0\.0\.1:8080 +0\.0\.0\.0:\* .*my-server/mv);
	t.is(list.stderr, '');
	t.deepEqual(await runConntop(scene), list);
	const {stdout} = await runConntop(scene, '--json', 'sport', '8080');
	t.like(parse(stdout).processes?.[0], {pid: scene.pid, name: 'my-server'});
});

testInNamespace('list names every process that holds a socket', async t => {
	const scene = await openScene(t, 'first');
	const {port} = await scene.listen({port: 8080});
	const {id} = await scene.connect({port, localPort: 50_000});
	const {pid} = await scene.share(id);
	const {stdout} = await runConntop(scene, 'list', '--json', 'sport', '50000');
	t.deepEqual(new Map(parse(stdout).processes?.map(holder => [holder.pid, holder.name])), new Map([[scene.pid, 'first'], [pid, 'sleep']]));
});

/** Opens a socket that causes an event. */
const openedUdp = async (scene: Scene): Promise<number> => {
	const {id} = await scene.bindUdp({});
	return id;
};

testInNamespace('--verbose reports what the kernel filtered and how many sockets it left out', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({port: 8080});
	for (const localPort of [50_000, 50_001, 50_002]) {
		await scene.connect({port, localPort});
	}

	const {stdout, stderr} = await runConntop(scene, 'list', '-H', '--verbose', 'sport', '50000');
	t.is(stdout.trim().split('\n').length, 1);
	// The kernel returned both sides and the listener.
	t.is(stderr, [
		'conntop: tcp: the kernel returned only sockets that match “sport 50000 or dport 50000” and related ones; it left out about 4 of 7 sockets',
		'conntop: udp: the kernel returned only sockets that match “sport 50000 or dport 50000” and related ones; it left out about 0 of 0 sockets',
		'',
	].join('\n'));
	const quiet = await runConntop(scene, 'list', '-H', 'sport', '443');
	t.is(quiet.stderr, '');
	const whole = await runConntop(scene, 'list', '-H', '--verbose', 'state', 'listening', 'nginx', 'or', 'sport', '443');
	t.is(whole.stderr, '');
});

type Event = Readonly<{event: string; localPort: number}>;

testInNamespace('events prints sockets that open, change and close', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({port: 8080});
	const events = start(scene, 'events', '--json', '--interval', '0.1');
	t.teardown(() => events.kill('SIGKILL'));
	const lines = readline.createInterface({input: events.stdout});
	const seen = new Set<string>();
	lines.on('line', line => {
		const {event, localPort} = JSON.parse(line) as Event;
		seen.add(`${event} ${localPort}`);
	});
	const ended = new AbortController();
	lines.once('close', () => {
		ended.abort(new Error('The program has ended.'));
	});
	const waitFor = async (event: string): Promise<void> => {
		while (!seen.has(event)) {
			await once(lines, 'line', {signal: ended.signal});
		}
	};

	// Sockets of the first sample are no events, so the test opens sockets until one is reported.
	while (seen.size === 0) {
		ended.signal.throwIfAborted();
		await scene.close(await openedUdp(scene));
	}

	const {port: halfOpen} = await scene.listen({port: 8081, halfOpen: true});
	const {id} = await scene.connect({port, localPort: 60_000});
	const {id: half} = await scene.connect({port: halfOpen, localPort: 60_001, halfOpen: true});
	await waitFor('opened 60000');
	await waitFor('opened 60001');
	await scene.end(half);
	await waitFor('changed 60001');
	await scene.close(id);
	// A connection counts as closed when it enters TIME-WAIT.
	await waitFor('closed 60000');
	await waitFor('closed 8080');
	t.pass();
});

testInNamespace('list and events exit silently when the reader closes the pipe', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	for (const args of [['list'], ['list', '--json'], ['events', '--interval', '0.1']]) {
		const program = start(scene, ...args);
		let stderr = '';
		program.stderr.on('data', (data: unknown) => {
			stderr += String(data);
		});
		program.stdout.destroy();
		const exited = once(program, 'exit');
		let isRunning = true;
		program.once('exit', () => {
			isRunning = false;
		});
		// Without an event, `events` writes nothing and does not notice.
		while (isRunning) {
			await scene.close(await openedUdp(scene));
		}

		t.deepEqual(await exited, [0, null], args.join(' '));
		t.is(stderr, '');
	}
});

testInNamespace('list shortens values to fit one line per socket in a terminal, and nowhere else', async t => {
	const scene = await openScene(t, 'a-server-of-files');
	await scene.listen({port: 7001, host: '::'});
	await scene.connect({port: 7001, localPort: 50_002});
	const [command, args] = scene.inside(process.execPath, [builtProgram, 'list', '-t']);
	const pty = startInPty({command, args, columns: 80});
	t.teardown(pty.end);
	t.is((await pty.exit).exitCode, 0);
	const shown = pty.emulator.lines().filter(line => line !== '');
	t.is(shown.length, 4, shown.join('\n'));
	t.regex(shown[0], /^Proto +State +Recv-Q +Send-Q +Local +Peer +Process$/v);
	t.true(shown.some(line => /…127\.0\.0\.1:7001 +…/v.test(line)), shown.join('\n'));
	const {stdout} = await runConntop(scene, 'list', '-t');
	t.regex(stdout, /\[::ffff:127\.0\.0\.1\]:7001 +\[::ffff:127\.0\.0\.1\]:50002 +a-server-of-fil\/\d+ ⇄ a-server-of-fil\/\d+\n/v);
});
