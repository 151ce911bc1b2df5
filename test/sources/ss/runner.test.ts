import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import anyTest, {type ExecutionContext} from 'ava';
import {execa} from 'execa';
import {createSsRunner, type RunnerOptions} from '../../../source/sources/ss/runner.js';
import {until} from '../../helpers/until.js';
import {hasEnded} from '../../helpers/process-tree.js';

// Each run listens for the exit of this process: limit how many run at once.
const test = anyTest.serial;

const {signal} = new AbortController();

/** A shell script, removed after the test. */
const program = async (t: ExecutionContext, script: string): Promise<string> => {
	const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'conntop-ss-'));
	t.teardown(async () => fs.rm(directory, {recursive: true}));
	const file = path.join(directory, 'ss');
	await fs.writeFile(file, `#!/bin/sh\n${script}\n`, {mode: 0o755});
	return file;
};

const collect = async (file: string, ssArguments: readonly string[] = [], options: Omit<RunnerOptions, 'file'> = {}) => {
	let text = '';
	const result = await createSsRunner({file, ...options})(ssArguments, piece => {
		text += piece;
	}, signal);
	return {text, ...result};
};

test('passes on what the program prints, one character per byte', async t => {
	const file = await program(t, String.raw`printf '%s|' "$@"; printf '\303\244\377\n'`);
	t.deepEqual(await collect(file, ['-H', 'a b']), {text: '-H|a b|\u{C3}\u{A4}\u{FF}\n', isMissing: false});
});

test('passes on more than a pipe holds', async t => {
	const file = await program(t, 'head -c 20000000 /dev/zero');
	const {text, problem} = await collect(file);
	t.is(text.length, 20_000_000);
	t.is(problem, undefined);
});

test('passes on standard error, whatever the exit code', async t => {
	const fine = await program(t, 'echo "RTNETLINK answers: Invalid argument" >&2; echo "  RTNETLINK answers: Invalid argument" >&2; echo again >&2');
	t.deepEqual(await collect(fine), {text: '', isMissing: false, complaint: 'RTNETLINK answers: Invalid argument; again'});
	const failing = await program(t, 'echo "ss: invalid option -- O" >&2; echo Usage: ss >&2; echo "   -h" >&2; exit 255');
	t.deepEqual(await collect(failing), {text: '', isMissing: false, problem: 'failed: ss: invalid option -- O'});
	const killed = await program(t, 'echo oops >&2; kill -9 $$');
	t.deepEqual(await collect(killed), {text: '', isMissing: false, problem: 'failed: killed by SIGKILL: oops'});
});

test('messages of standard error are short, and safe for a terminal', async t => {
	const file = await program(t, String.raw`printf '\033]0;title\007\342\200\256\n' >&2; head -c 1000000 /dev/zero | tr '\0' x >&2; exit 1`);
	const {problem = ''} = await collect(file);
	t.true(problem.startsWith(String.raw`failed: \x1b]0;title\x07\u202e; xxx`));
	t.true(problem.length < 500);
});

test('reports how a program ended that printed no error', async t => {
	const failing = await program(t, 'echo half; exit 3');
	t.deepEqual(await collect(failing), {text: 'half\n', isMissing: false, problem: 'failed: exit code 3'});
	const killed = await program(t, 'kill -9 $$');
	t.deepEqual(await collect(killed), {text: '', isMissing: false, problem: 'failed: killed by SIGKILL'});
});

/** The process id that a script has written to a file next to it. */
const writtenPid = async (file: string): Promise<number> => Number(await fs.readFile(`${file}.pid`, 'utf8'));

const untilGone = async (pid: number): Promise<void> => until(() => hasEnded(pid), 'the child processes of the program to end');

const hanging = [
	['hangs', 'echo $$ > "$0.pid"; exec sleep 1000'],
	['waits for a child that hangs', 'sleep 1000 & echo $! > "$0.pid"; wait'],
	['ends, but leaves a child that holds the pipe', 'sleep 1000 & echo $! > "$0.pid"'],
	['takes no notice of signals', 'trap "" TERM INT HUP; echo $$ > "$0.pid"; while :; do sleep 1; done'],
] as const;

for (const [what, script] of hanging) {
	test(`stops a program that ${what}, and everything that it started`, async t => {
		const file = await program(t, script);
		t.deepEqual(await collect(file, [], {timeout: 500}), {text: '', isMissing: false, problem: 'did not finish within 0.5 s'});
		await untilGone(await writtenPid(file));
	});
}

test('does not wait for a child that has left the group and holds the pipe', async t => {
	const file = await program(t, 'setsid sleep 30 & echo $! > "$0.pid"; echo row');
	const {text, problem} = await collect(file, [], {timeout: 500});
	t.is(text, 'row\n');
	t.is(problem, 'did not finish within 0.5 s');
	process.kill(await writtenPid(file));
});

test('stops a program that prints forever', async t => {
	const file = await program(t, 'echo $$ > "$0.pid"; exec yes');
	const {text, problem} = await collect(file, [], {maxMegabytes: 1});
	t.is(problem, 'printed more than 1 MB');
	t.true(text.length <= 1_000_000);
	await untilGone(await writtenPid(file));
});

for (const ending of ['SIGTERM', 'SIGINT'] as const) {
	test(`${ending} kills the program, and everything that it has started, with this one`, async t => {
		const file = await program(t, 'sleep 1000 & echo $!; wait');
		const child = execa(process.execPath, [...process.execArgv, fileURLToPath(new URL('../../helpers/run-ss.ts', import.meta.url)), file], {reject: false});
		let started = 0;
		for await (const line of child) {
			started = Number(line);
			t.false(hasEnded(started));
			child.kill(ending);
		}

		t.is((await child).signal, ending);
		await untilGone(started);
	});
}

test('reports a missing program', async t => {
	const {isMissing, problem} = await collect('/nonexistent/ss');
	t.true(isMissing);
	t.is(problem, 'failed: ENOENT');
	const directory = await collect(os.tmpdir());
	t.false(directory.isMissing);
	t.is(directory.problem, 'failed: EACCES');
});

test('stops the program at once on abort, and starts none after that', async t => {
	const file = await program(t, 'sleep 1000 & echo $! > "$0.pid"; echo started; wait');
	const controller = new AbortController();
	const run = createSsRunner({file});
	const {problem} = await run([], () => {
		controller.abort();
	}, controller.signal);
	t.is(problem, 'was stopped');
	await untilGone(await writtenPid(file));
	await fs.rm(`${file}.pid`);
	await run([], () => {
		t.fail();
	}, controller.signal);
	await t.throwsAsync(writtenPid(file));
});
