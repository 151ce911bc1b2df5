import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import readline from 'node:readline';
import type {ExecutionContext} from 'ava';
import {
	builtProgram,
	openLive,
	runConntop,
	testInNamespace,
} from '../helpers/conntop.js';
import {until} from '../helpers/until.js';
import {nameNamespace, startHost, type Scene} from '../helpers/namespace.js';

type Listed = {
	readonly namespace?: string;
	readonly netns?: number;
	readonly localPort: number;
	readonly peerPort: number;
	readonly processes?: ReadonlyArray<{readonly pid: number}>;
};

const openHost = async (t: ExecutionContext): Promise<Scene> => {
	const host = await startHost();
	t.teardown(host.stop);
	return host;
};

const openNeighbour = async (t: ExecutionContext, host: Scene, name: string): Promise<Scene> => {
	const neighbour = await host.neighbour(name);
	t.teardown(neighbour.stop);
	return neighbour;
};

/** The same connection in every namespace: 127.0.0.1, 50000 to 7000. */
const connect = async (scene: Scene): Promise<number> => {
	await scene.listen({port: 7000});
	const {id} = await scene.connect({port: 7000, localPort: 50_000});
	return id;
};

const list = async (scene: Scene, ...args: readonly string[]): Promise<{rows: Listed[]; stderr: string; exitCode: number | undefined}> => {
	const {stdout, stderr, exitCode} = await runConntop(scene, 'list', '--json', ...args);
	return {rows: stdout.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Listed), stderr, exitCode};
};

const inodeOf = ({pid}: Scene): number => fs.statSync(`/proc/${pid}/ns/net`).ino;

testInNamespace('two namespaces with equal four-tuples are two rows', async t => {
	const host = await openHost(t);
	const blue = await openNeighbour(t, host, 'blue');
	const green = await openNeighbour(t, host, 'green');
	await nameNamespace(host, blue, 'azure');
	await connect(blue);
	await connect(green);
	const columns = ['--columns', 'namespace,netns,localPort,peerPort,processes'];
	const {rows, exitCode} = await list(host, '--all-namespaces', ...columns, 'sport', '=', '50000');
	t.is(exitCode, 0);
	const byNamespace = (a: Listed, b: Listed): number => String(a.namespace) < String(b.namespace) ? -1 : 1;
	t.deepEqual(rows.map(({processes, ...row}) => ({...row, pid: processes?.[0]?.pid})).toSorted(byNamespace), [
		{
			namespace: 'azure', netns: inodeOf(blue), localPort: 50_000, peerPort: 7000, pid: blue.pid,
		},
		{
			namespace: `pid ${green.pid} (green)`, netns: inodeOf(green), localPort: 50_000, peerPort: 7000, pid: green.pid,
		},
	]);
	const filtered = await list(host, '--all-namespaces', 'namespace = azure');
	t.is(filtered.rows.length, 3);
	t.true(filtered.rows.every(({namespace}) => namespace === 'azure'));
});

testInNamespace('autobound uses the port range of the socket\'s namespace', async t => {
	const host = await openHost(t);
	const blue = await openNeighbour(t, host, 'blue');
	const range = '/proc/sys/net/ipv4/ip_local_port_range';
	for (const [scene, ports] of [[host, '30000 30999'], [blue, '20000 20999']] as const) {
		const {exitCode, stderr} = await scene.run('sh', ['-c', `echo ${ports} > ${range}`]);
		t.is(exitCode, 0, stderr);
	}

	await host.listen({});
	const {port} = await blue.listen({});
	const chosen = await list(host, '--all-namespaces', '--columns', 'netns,localPort', 'autobound');
	t.true(chosen.rows.some(({netns, localPort}) => netns === inodeOf(blue) && localPort === port && port >= 20_000 && port < 21_000));
	t.true(chosen.rows.some(({netns, localPort}) => netns === inodeOf(host) && localPort >= 30_000 && localPort < 31_000));
	const one = await list(host, '-N', String(blue.pid), 'autobound');
	t.deepEqual(one.rows.map(({localPort}) => localPort), [port]);
});

testInNamespace('-N accepts a name, a path, a pid, and the text of the column', async t => {
	const host = await openHost(t);
	const blue = await openNeighbour(t, host, 'blue');
	await nameNamespace(host, blue, 'azure');
	const green = await openNeighbour(t, host, 'green');
	await connect(blue);
	await green.listen({port: 7100});
	for (const name of ['azure', '/run/netns/azure', String(blue.pid), `/proc/${blue.pid}/ns/net`]) {
		const {rows, exitCode} = await list(host, '-N', name);
		t.is(exitCode, 0, name);
		t.deepEqual(rows.map(({localPort}) => localPort).toSorted((a, b) => a - b), [7000, 7000, 50_000], name);
	}

	const {rows} = await list(host, '-N', `pid ${green.pid} (green)`);
	t.deepEqual(rows.map(({localPort}) => localPort), [7100]);
});

testInNamespace('a namespace is shown with its name in ip netns, however -N names it, and ss enters it by that name', async t => {
	const host = await openHost(t);
	const blue = await openNeighbour(t, host, 'blue');
	await nameNamespace(host, blue, 'azure');
	await blue.listen({port: 7000});
	for (const source of ['netlink', 'ss']) {
		for (const name of ['azure', '/run/netns/azure', String(blue.pid), `/proc/${blue.pid}/ns/net`, `/proc/${blue.pid}/root/run/netns/azure`]) {
			const {rows, stderr} = await list(host, '--source', source, '-N', name, '--columns', 'namespace,netns,localPort');
			t.deepEqual(rows, [{namespace: 'azure', netns: inodeOf(blue), localPort: 7000}], `${source} ${name} ${stderr}`);
		}
	}

	const green = await openNeighbour(t, host, 'green');
	const nameless = await list(host, '--source', 'ss', '-N', String(green.pid));
	t.regex(nameless.stderr, /^conntop: ss reads only network namespaces that have a name in \/run\/netns[^\n]*; pid \d+ \(green\) has none\n$/v);
}, 'ss');

testInNamespace('-N reports that the namespace is gone', async t => {
	const host = await openHost(t);
	const blue = await openNeighbour(t, host, 'blue');
	await nameNamespace(host, blue, 'azure');
	await blue.listen({port: 7000});
	const linesOf = (stream: NodeJS.ReadableStream) => readline.createInterface({input: stream})[Symbol.asyncIterator]();
	const events = ['netlink', 'ss'].map(source => {
		const [command, args] = host.inside(process.execPath, [builtProgram, 'events', '--source', source, '-N', 'azure', '--interval', '0.1']);
		const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'pipe']});
		t.teardown(() => {
			child.kill();
		});
		return {output: linesOf(child.stdout), messages: linesOf(child.stderr)};
	});
	// Open connections there until both report one, so that both have taken a sample.
	const connections: Array<Promise<unknown>> = [];
	const timer = setInterval(() => {
		connections.push(blue.connect({port: 7000}));
	}, 50);
	await Promise.all(events.map(async ({output}) => output.next()));
	clearInterval(timer);
	await Promise.all(connections);
	await blue.stop();
	const {exitCode} = await host.run('sh', ['-c', 'umount -l /run/netns/azure']);
	t.is(exitCode, 0);
	// `ss` may report other things before, such as a cgroup mount that the scene lacks.
	const firstMessage = async ({messages}: (typeof events)[number]): Promise<string | undefined> => {
		for await (const line of messages) {
			if (line.endsWith(' is gone')) {
				return line;
			}
		}

		return undefined;
	};

	t.deepEqual(await Promise.all(events.map(async each => firstMessage(each))), [
		'conntop: the network namespace azure is gone',
		'conntop: ss cannot read the network namespace azure: it is gone',
	]);
	const left = await list(host, '-N', 'azure');
	t.is(left.exitCode, 2);
	t.regex(left.stderr, /^conntop: the network namespace azure is gone: nothing is mounted at \/run\/netns\/azure any more; there /v);
}, 'ss');

testInNamespace('-N with an unknown name is a usage error that lists the names; without the privilege it fails with one sentence', async t => {
	const host = await openHost(t);
	const blue = await openNeighbour(t, host, 'blue');
	await nameNamespace(host, blue, 'azure');
	const unknown = await list(host, '-N', 'blu');
	t.is(unknown.exitCode, 2);
	t.regex(unknown.stderr, /^conntop: there is no network namespace named "blu"; there are [^\n]*azure[^\n]*\n$/v);
	const file = await list(host, '-N', builtProgram);
	t.is(file.exitCode, 2);
	t.is(file.stderr, `conntop: ${builtProgram} is not a network namespace\n`);
	// Process 1 is outside the scene's user namespace.
	const refused = await list(host, '-N', '1');
	t.is(refused.exitCode, 1);
	t.regex(refused.stderr, /^conntop: cannot enter the network namespace: grant cap_sys_admin[^\n]+\n$/v);
	const all = await list(host, '--all-namespaces');
	t.is(all.exitCode, 0);
	t.regex(all.stderr, /^conntop: \d+ network namespaces? hidden: grant cap_sys_admin/v);
});

testInNamespace('new namespaces are read, and removed ones are released', async t => {
	const host = await openHost(t);
	const [command, args] = host.inside(process.execPath, [
		builtProgram, 'events', '--json', '--all-namespaces', '--interval', '0.1', '--columns', 'namespace,netns,localPort',
	]);
	const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'ignore']});
	const exited = once(child, 'exit');
	t.teardown(async () => {
		child.kill();
		await exited;
	});

	const lines = readline.createInterface({input: child.stdout})[Symbol.asyncIterator]();
	const next = async (isExpected: (event: Listed & {event: string}) => boolean): Promise<void> => {
		const line = await lines.next();
		if (line.done) {
			throw new Error('conntop has ended');
		}

		return isExpected(JSON.parse(line.value) as Listed & {event: string}) ? undefined : next(isExpected);
	};

	// Open connections in its own namespace first, until it has taken a sample.
	const {port} = await host.listen({});
	const timer = setInterval(() => {
		void host.connect({port});
	}, 50);
	await next(({localPort}) => localPort === port);
	clearInterval(timer);

	const blue = await openNeighbour(t, host, 'blue');
	const inode = inodeOf(blue);
	// The other device of the pair is in the host. It disappears when the kernel removes the namespace.
	const {exitCode, stderr} = await host.run('ip', ['link', 'add', 'canary', 'type', 'veth', 'peer', 'name', 'inside', 'netns', String(blue.pid)]);
	t.is(exitCode, 0, stderr);
	await blue.listen({port: 7000});
	// The name in parentheses depends on timing, because the process executes three programs one after the other.
	const isNamed = (namespace = ''): boolean => namespace.startsWith(`pid ${blue.pid} (`);
	await next(({event, netns, localPort, namespace}) => event === 'opened' && netns === inode && localPort === 7000 && isNamed(namespace));
	const isInHost = (task: string): boolean => fs.statSync(`/proc/${child.pid}/task/${task}/ns/net`).ino === inodeOf(host);
	await until(() => fs.readdirSync(`/proc/${child.pid}/task`).every(task => isInHost(task)), 'every thread to return to its namespace');

	const closed = next(({event, netns, localPort}) => event === 'closed' && netns === inode && localPort === 7000);
	await blue.stop();
	await closed;
	let devices: string;
	do {
		({stdout: devices} = await host.run('cat', ['/proc/self/net/dev']));
	} while (devices.includes('canary'));

	t.is(child.exitCode, null);
}, 'ip');

testInNamespace('the live view names the namespaces', async t => {
	const host = await openHost(t);
	const blue = await openNeighbour(t, host, 'blue');
	await nameNamespace(host, blue, 'azure');
	const green = await openNeighbour(t, host, 'green');
	await nameNamespace(host, green, 'verdant');
	await connect(blue);
	await connect(green);
	const pty = await openLive(t, host, {args: ['--all-namespaces', 'sport', '=', '50000'], columns: 140});
	await pty.waitFor(screen => {
		const text = screen.lines().join('\n');
		return text.includes('Namespace') && text.includes('azure') && text.includes('verdant');
	}, 'both namespaces');
	await green.stop();
	await pty.waitFor(screen => screen.lines().every(line => !line.includes('verdant')), 'only one namespace');
	// Node.js prints a warning if something else closes a descriptor that it opened.
	t.notRegex(pty.output(), /Warning/v);
});
