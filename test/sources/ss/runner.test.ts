import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {execa} from 'execa';
import {createSsRunner} from '../../../source/sources/ss/runner.js';
import {until} from '../../helpers/held-up.js';
import {hasEnded} from '../../helpers/process-tree.js';

const {signal} = new AbortController();

/** A program of the shell; gone when the test has ended. */
const program = async (t: ExecutionContext, script: string): Promise<string> => {
	const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'conntop-ss-'));
	t.teardown(async () => fs.rm(directory, {recursive: true}));
	const file = path.join(directory, 'ss');
	await fs.writeFile(file, `#!/bin/sh\n${script}\n`, {mode: 0o755});
	return file;
};

const collect = async (file: string, ssArguments: readonly string[] = [], timeout = 60_000) => {
	let text = '';
	const result = await createSsRunner({file, timeout})(ssArguments, piece => {
		text += piece;
	}, signal);
	return {text, ...result};
};

test('hands on what the program prints, a character for each byte', async t => {
	const file = await program(t, String.raw`printf '%s|' "$@"; printf '\303\244\377\n'; echo noise >&2`);
	t.deepEqual(await collect(file, ['-H', 'a b']), {text: '-H|a b|\u{C3}\u{A4}\u{FF}\n', isMissing: false});
});

test('hands on more than fits into memory at once', async t => {
	const file = await program(t, 'head -c 20000000 /dev/zero');
	const {text, problem} = await collect(file);
	t.is(text.length, 20_000_000);
	t.is(problem, undefined);
});

test('says what the program complained of', async t => {
	const file = await program(t, 'echo "ss: invalid option -- O" >&2; echo Usage >&2; exit 255');
	t.deepEqual(await collect(file), {text: '', isMissing: false, problem: 'failed: ss: invalid option -- O'});
});

test('says how a program ended that complained of nothing', async t => {
	const failing = await program(t, 'echo half; exit 3');
	t.deepEqual(await collect(failing), {text: 'half\n', isMissing: false, problem: 'failed: exit code 3'});
	const killed = await program(t, 'kill -9 $$');
	t.deepEqual(await collect(killed), {text: '', isMissing: false, problem: 'failed: ended by SIGKILL'});
});

test('gives up a program that does not finish', async t => {
	const file = await program(t, 'exec sleep 1000');
	t.deepEqual(await collect(file, [], 10), {text: '', isMissing: false, problem: 'did not finish within 0.01 s'});
});

/** A script that starts a program which never ends, and prints its number. */
const neverEnding = 'sleep 1000 & echo $!; wait';

test('ends what the program has started, when it is told to and when the time is over', async t => {
	const file = await program(t, neverEnding);
	const controller = new AbortController();
	let started = 0;
	await createSsRunner({file})([], text => {
		started = Number(text);
		controller.abort();
	}, controller.signal);
	t.true(started > 0);
	await until(() => hasEnded(started), 'the end of what the program has started');
	const {text, problem} = await collect(file, [], 1000);
	t.is(problem, 'did not finish within 1 s');
	await until(() => hasEnded(Number(text)), 'the same when the time is over');
});

for (const ending of ['SIGTERM', 'SIGINT'] as const) {
	test(`${ending} ends the program, and all that it has started, with this one`, async t => {
		const file = await program(t, neverEnding);
		const child = execa(process.execPath, [...process.execArgv, fileURLToPath(new URL('../../helpers/run-ss.ts', import.meta.url)), file], {reject: false});
		let started = 0;
		for await (const line of child) {
			started = Number(line);
			t.false(hasEnded(started));
			child.kill(ending);
		}

		t.is((await child).signal, ending);
		await until(() => hasEnded(started), 'the end of what the program has started');
	});
}

test('says that there is no program', async t => {
	const {isMissing, problem} = await collect('/nonexistent/ss');
	t.true(isMissing);
	t.is(problem, 'failed: ENOENT');
	const directory = await collect(os.tmpdir());
	t.false(directory.isMissing);
	t.is(directory.problem, 'failed: EACCES');
});

test('ends the program when it is told to', async t => {
	const file = await program(t, 'echo started; exec sleep 1000');
	const controller = new AbortController();
	const {problem} = await createSsRunner({file})([], () => {
		controller.abort();
	}, controller.signal);
	t.not(problem, undefined);
});
