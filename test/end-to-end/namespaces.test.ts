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
import {until} from '../helpers/held-up.js';
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

testInNamespace('autobound goes by the range of ports of the namespace that a socket is in', async t => {
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

testInNamespace('-N takes a name, a path, a process and what the column shows', async t => {
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

testInNamespace('a namespace that has a name is called by it, whichever way -N names it, and ss is let into it by its name', async t => {
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

testInNamespace('-N of a namespace that went away says so', async t => {
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
		return {output: linesOf(child.stdout), complaints: linesOf(child.stderr)};
	});
	// Something happens in there, so that both are known to sample.
	const connections: Array<Promise<unknown>> = [];
	const pulse = setInterval(() => {
		connections.push(blue.connect({port: 7000}));
	}, 50);
	await Promise.all(events.map(async ({output}) => output.next()));
	clearInterval(pulse);
	await Promise.all(connections);
	await blue.stop();
	const {exitCode} = await host.run('sh', ['-c', 'umount -l /run/netns/azure']);
	t.is(exitCode, 0);
	// `ss` may complain of other things before, such as a cgroup mount that the scene lacks.
	const first = async ({complaints}: (typeof events)[number]): Promise<string | undefined> => {
		for await (const line of complaints) {
			if (line.endsWith(' is gone')) {
				return line;
			}
		}

		return undefined;
	};

	t.deepEqual(await Promise.all(events.map(async each => first(each))), [
		'conntop: the network namespace azure is gone',
		'conntop: ss cannot read the network namespace azure: it is gone',
	]);
	const left = await list(host, '-N', 'azure');
	t.is(left.exitCode, 2);
	t.regex(left.stderr, /^conntop: the network namespace azure is gone: nothing is mounted at \/run\/netns\/azure any more; there /v);
}, 'ss');

testInNamespace('-N with an unknown name is wrong usage and tells the names; without the privilege it fails with a sentence', async t => {
	const host = await openHost(t);
	const blue = await openNeighbour(t, host, 'blue');
	await nameNamespace(host, blue, 'azure');
	const unknown = await list(host, '-N', 'blu');
	t.is(unknown.exitCode, 2);
	t.regex(unknown.stderr, /^conntop: there is no network namespace named "blu"; there are [^\n]*azure[^\n]*\n$/v);
	const file = await list(host, '-N', builtProgram);
	t.is(file.exitCode, 2);
	t.is(file.stderr, `conntop: ${builtProgram} is not a network namespace\n`);
	// Process 1 is outside of the scene's user namespace.
	const refused = await list(host, '-N', '1');
	t.is(refused.exitCode, 1);
	t.regex(refused.stderr, /^conntop: cannot enter the network namespace: grant cap_sys_admin[^\n]+\n$/v);
	const all = await list(host, '--all-namespaces');
	t.is(all.exitCode, 0);
	t.regex(all.stderr, /^conntop: \d+ network namespaces? hidden: grant cap_sys_admin/v);
});

testInNamespace('namespaces that come are read, and those that go are let go', async t => {
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
	const next = async (isMeant: (event: Listed & {event: string}) => boolean): Promise<void> => {
		const line = await lines.next();
		if (line.done) {
			throw new Error('conntop has ended');
		}

		return isMeant(JSON.parse(line.value) as Listed & {event: string}) ? undefined : next(isMeant);
	};

	// Something happens in the own namespace first, so that conntop is known to sample.
	const {port} = await host.listen({});
	const pulse = setInterval(() => {
		void host.connect({port});
	}, 50);
	await next(({localPort}) => localPort === port);
	clearInterval(pulse);

	const blue = await openNeighbour(t, host, 'blue');
	const inode = inodeOf(blue);
	// The other end is in the host: it goes when the kernel takes the namespace down.
	const {exitCode, stderr} = await host.run('ip', ['link', 'add', 'canary', 'type', 'veth', 'peer', 'name', 'inside', 'netns', String(blue.pid)]);
	t.is(exitCode, 0, stderr);
	await blue.listen({port: 7000});
	// What the process was called when its namespace was named is a matter of time: it becomes three programs one after the other.
	const isNamed = (namespace = ''): boolean => namespace.startsWith(`pid ${blue.pid} (`);
	await next(({event, netns, localPort, namespace}) => event === 'opened' && netns === inode && localPort === 7000 && isNamed(namespace));
	const isHome = (task: string): boolean => fs.statSync(`/proc/${child.pid}/task/${task}/ns/net`).ino === inodeOf(host);
	await until(() => fs.readdirSync(`/proc/${child.pid}/task`).every(task => isHome(task)), 'every thread to be where it was');

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
	await pty.waitFor(screen => screen.lines().every(line => !line.includes('verdant')), 'one namespace less');
	// Node.js warns when a descriptor that it opened is closed behind its back.
	t.notRegex(pty.output(), /Warning/v);
});
