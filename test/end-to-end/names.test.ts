import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import readline from 'node:readline';
import {
	builtProgram,
	openLive,
	openScene,
	rows,
	runConntop,
	testInNamespace,
} from '../helpers/conntop.js';

testInNamespace('n toggles between names and numbers', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 22});
	const live = await openLive(t, scene);
	t.regex(rows(live.emulator)[0] ?? '', / 127\.0\.0\.1:22 /v);
	live.type('n');
	// The name of the loopback address depends on /etc/hosts of this machine; that of the port does not.
	await live.waitFor(screen => / [^ ]+:ssh /v.test(rows(screen)[0] ?? ''), 'the name of the service');
	live.type('22\r');
	await live.waitFor(screen => screen.text().includes('port 22') && rows(screen).length === 1, 'the same socket, found by its port number');
	live.type('n');
	await live.waitFor(screen => (rows(screen)[0] ?? '').includes(' 127.0.0.1:22 '), 'numbers again');
	live.type('q');
	t.is((await live.exit).exitCode, 0);
});

testInNamespace('events prints names with -r, and numbers without', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 22});
	const firstLine = async (...args: readonly string[]): Promise<string> => {
		const [command, all] = scene.inside(process.execPath, [builtProgram, 'events', '--interval', '0.1', ...args, 'sport = 22']);
		const child = spawn(command, all, {stdio: ['ignore', 'pipe', 'inherit']});
		const exited = once(child, 'exit');
		t.teardown(() => child.kill());
		const event = once(readline.createInterface({input: child.stdout}), 'line') as Promise<[string]>;
		// Sockets of the first sample are no events, so the test connects until one is reported.
		let line: string | undefined;
		const watch = async (): Promise<void> => {
			[line] = await event;
		};

		const watched = watch();
		while (line === undefined && child.exitCode === null) {
			const {id} = await scene.connect({port: 22});
			await scene.close(id);
		}

		await watched;
		child.kill();
		await exited;
		return line ?? '';
	};

	// The name of the loopback address depends on the machine, and so does whether a port that the kernel chose has one.
	t.regex(await firstLine('-r'), /tcp .* [^ :]+:ssh [^ :]+:[^ :]+(?: |$)/v);
	t.regex(await firstLine('-r', '-n'), /tcp .* [^ :]+:22 [^ :]+:\d+(?: |$)/v);
	t.regex(await firstLine(), /tcp .* 127\.0\.0\.1:22 127\.0\.0\.1:\d+(?: |$)/v);
});

testInNamespace('-r shows names, -n none of services, and JSON always has numbers', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 22});
	const live = await openLive(t, scene, {args: ['-r']});
	await live.waitFor(screen => screen.text().includes(':ssh '), 'the name of the service');
	live.type('q');
	await live.exit;
	const list = async (...args: readonly string[]): Promise<string> => (await runConntop(scene, 'list', '-H', '--columns', 'local', ...args)).stdout.trim();
	t.is(await list(), '127.0.0.1:22');
	t.regex(await list('-r'), /^[^:]+:ssh$/v);
	t.regex(await list('-r', '-n'), /^[^:]+:22$/v);
	t.is(await list('-r', '--json'), '{"local":"127.0.0.1:22"}');
});
