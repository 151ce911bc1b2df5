import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';

const runner = import.meta.resolve('../../source/code/run-bundle.ts');

/** Writes a bundle with this body. Its stamp repeats one letter. */
const writeBundle = (directory: string, letter: string, body: string): void => {
	fs.writeFileSync(path.join(directory, 'bundle.js'), `//${letter.repeat(64)}\n(async (require, bundleUrl) => {'use strict';${body}})`);
};

const makeDirectory = (t: ExecutionContext): string => {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-run-'));
	t.teardown(() => {
		fs.rmSync(directory, {recursive: true});
	});
	return directory;
};

/** Runs the bundle of a directory in a process of its own and returns its output. */
const run = (directory: string): string => {
	const file = path.join(directory, 'bundle.js');
	const script = `import {runBundle} from ${JSON.stringify(runner)}; await runBundle(${JSON.stringify(file)}, name => ({path: ${JSON.stringify(directory)} + '/' + name, base: ${JSON.stringify(directory)}}));`;
	const {stdout, stderr} = spawnSync(process.execPath, [`--import=${import.meta.resolve('tsx')}`, '--input-type=module', '--eval', script], {encoding: 'utf8'});
	return stdout + stderr;
};

const codeOf = (directory: string): string => path.join(directory, 'bundle.code');

test('passes the parameters of a module to a bundle, and waits for it', t => {
	const directory = makeDirectory(t);
	writeBundle(directory, 'a', 'await null; console.log(require(\'node:path\').basename(bundleUrl));');
	t.is(run(directory), 'bundle.js\n');
});

test('reports what a bundle throws', t => {
	const directory = makeDirectory(t);
	writeBundle(directory, 'a', 'await null; throw new Error(\'no luck\');');
	t.regex(run(directory), /Error: no luck/v);
});

test('stores the code of functions that have run, and of no others', t => {
	const directory = makeDirectory(t);
	writeBundle(directory, 'a', 'const f = () => \'was called\'; const g = () => \'never called\'; console.log(f().length, typeof g);');
	t.is(run(directory), '10 function\n');
	const code = fs.readFileSync(codeOf(directory), 'latin1');
	t.true(code.startsWith(`//${'a'.repeat(64)}`));
	t.true(code.includes('was called'));
	t.false(code.includes('never called'));
});

test('writes nothing if the stored code is valid', t => {
	const directory = makeDirectory(t);
	writeBundle(directory, 'a', 'console.log(1);');
	run(directory);
	const {ino} = fs.statSync(codeOf(directory));
	t.is(run(directory), '1\n');
	t.is(fs.statSync(codeOf(directory)).ino, ino);
});

test('runs the current bundle, not the stored code of an earlier one', t => {
	const directory = makeDirectory(t);
	writeBundle(directory, 'a', 'console.log(1);');
	run(directory);
	writeBundle(directory, 'b', 'console.log(2);');
	t.is(run(directory), '2\n');
	t.true(fs.readFileSync(codeOf(directory), 'latin1').startsWith('//bbb'));
});

test('compiles again if the code is damaged, and stores the result', t => {
	const directory = makeDirectory(t);
	writeBundle(directory, 'a', 'console.log(1);');
	run(directory);
	const good = fs.readFileSync(codeOf(directory));
	const flipped = Buffer.from(good);
	flipped[200] ^= 4;
	for (const damaged of [good.subarray(0, 100), good.subarray(0, 66), flipped]) {
		fs.writeFileSync(codeOf(directory), damaged);
		t.is(run(directory), '1\n');
		t.is(fs.statSync(codeOf(directory)).size, good.length);
	}
});
