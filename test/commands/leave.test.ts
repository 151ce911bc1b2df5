import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {execa} from 'execa';

test('exits at once while a thread of Node.js is blocked, and calls exit listeners', async t => {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-leave-'));
	t.teardown(() => {
		fs.rmSync(directory, {recursive: true});
	});
	// No program ever writes to it.
	const pipe = path.join(directory, 'pipe');
	await execa('mkfifo', [pipe]);
	const program = fileURLToPath(new URL('../helpers/leave-while-waiting.ts', import.meta.url));
	const {stdout, exitCode, isTerminated} = await execa(process.execPath, [...process.execArgv, program, pipe], {reject: false, timeout: 60_000});
	t.false(isTerminated);
	t.is(exitCode, 3);
	t.is(stdout, 'exit 3');
});
