/** Unexpected errors print one sentence and a short stack, and restore the terminal. */
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {execa} from 'execa';
import {
	builtProgram,
	openLive,
	openScene,
	testInNamespace,
} from '../helpers/conntop.js';
import {makeFolder} from '../helpers/folder.js';
import {until} from '../helpers/until.js';

/** Makes the program fail from a timer of a preloaded module. `set` triggers the failure. */
const plant = (t: ExecutionContext, failure: string): {readonly env: Readonly<Record<string, string>>; readonly set: () => void} => {
	const folder = makeFolder(t);
	const trigger = path.join(folder, 'trigger');
	const module = path.join(folder, 'plant.cjs');
	fs.writeFileSync(module, `const timer = setInterval(() => {
		if (require('node:worker_threads').isMainThread && require('node:fs').existsSync(${JSON.stringify(trigger)})) {
			clearInterval(timer);
			${failure};
		}
	}, 5);
	timer.unref();`);
	return {
		env: {NODE_OPTIONS: `--require=${module}`},
		set() {
			fs.writeFileSync(trigger, '');
		},
	};
};

const failures = {
	'an exception': String.raw`throw new Error("boom\u001B[2J")`,
	'a rejection': String.raw`void Promise.reject(new Error("boom\u001B[2J"))`,
} as const;

/** A sentence and at most a few short frames, without source lines of the bundle. */
const report = /conntop: internal error: boom\\x1b\[2J\r?\n(?: {4}at [^\n]{1,200}\n){1,6}/v;

for (const [name, failure] of Object.entries(failures)) {
	testInNamespace(`${name} in the live view restores the terminal`, async t => {
		const scene = await openScene(t);
		await scene.listen({port: 80});
		const {env, set} = plant(t, failure);
		const live = await openLive(t, scene, {env});
		set();
		t.deepEqual(await live.exit, {exitCode: 70});
		t.false(live.emulator.isAlternate());
		t.like(live.emulator.modes(), {cursorHidden: false, mouse: false, bracketedPaste: false});
		t.like(live.terminalAfter(), {canonical: true, echo: true, signals: true});
		t.regex(live.output(), report);
	});

	testInNamespace(`${name} in another command is reported the same way`, async t => {
		const scene = await openScene(t);
		const {env, set} = plant(t, failure);
		const [command, args] = scene.inside(process.execPath, [builtProgram, 'events', '--interval', '0.1']);
		const running = execa(command, args, {env, reject: false, stripFinalNewline: false});
		set();
		const {exitCode, stderr} = await running;
		t.is(exitCode, 70);
		t.regex(stderr, report);
	});
}

test('a missing file of the program is reported', async t => {
	const folder = makeFolder(t);
	const launcher = path.join(folder, 'conntop.js');
	fs.copyFileSync(builtProgram, launcher);
	fs.writeFileSync(path.join(folder, 'package.json'), '{"type": "commonjs"}');
	const {exitCode, stderr} = await execa(process.execPath, [launcher], {reject: false});
	t.is(exitCode, 70);
	t.regex(stderr, /^conntop: internal error: ENOENT: no such file or directory, open '[^\n]*main\.js'\n/v);
});

/** Whether a process has a socket besides its standard streams, so that it reads from the kernel. */
const hasSocket = (pid: number): boolean => fs.readdirSync(`/proc/${pid}/fd`).some(descriptor => {
	try {
		return Number(descriptor) > 2 && fs.readlinkSync(`/proc/${pid}/fd/${descriptor}`).startsWith('socket:');
	} catch {
		return false;
	}
});

testInNamespace('SIGUSR1 ends the program and does not open the inspector port of Node.js', async t => {
	const scene = await openScene(t);
	const [command, args] = scene.inside('/bin/sh', ['-c', 'echo $$ && exec "$@"', 'sh', process.execPath, builtProgram, 'events']);
	const running = execa(command, args, {reject: false});
	t.teardown(() => {
		running.kill('SIGKILL');
	});
	const [line] = await once(running.stdout, 'data') as [Uint8Array];
	const pid = Number(String(line));
	await until(() => hasSocket(pid), 'the program to run');
	process.kill(pid, 'SIGUSR1');
	const {stderr, exitCode, signal} = await running;
	t.true(exitCode === 138 || signal === 'SIGUSR1');
	t.is(stderr, '');
});
