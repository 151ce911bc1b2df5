import {createHash} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {execa} from 'execa';
import {
	builtProgram,
	openLive,
	openScene,
	testInNamespace,
} from '../helpers/conntop.js';

const bundle = fs.readFileSync(path.join(path.dirname(builtProgram), 'main.js'), 'latin1');

test('the bundle begins with the hash of what follows', t => {
	const [stamp, ...rest] = bundle.split('\n');
	t.is(stamp, `//${createHash('sha256').update(rest.join('\n'), 'latin1').digest('hex')}`);
});

const makeCache = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-cache-'));

test('a second start takes the code that the first one compiled', async t => {
	const cache = makeCache();
	t.teardown(() => {
		fs.rmSync(cache, {recursive: true});
	});
	const run = async (): Promise<number> => {
		const {stdout} = await execa(process.execPath, [builtProgram, '--version'], {env: {XDG_CACHE_HOME: cache}});
		t.regex(stdout, /^\d+\.\d+\.\d+$/v);
		return fs.statSync(path.join(cache, 'conntop', 'main.code')).ino;
	};

	const first = await run();
	t.is(await run(), first, 'what V8 does not take is written anew');
});

testInNamespace('the live view keeps the code that it has compiled', async t => {
	const cache = makeCache();
	t.teardown(() => {
		fs.rmSync(cache, {recursive: true});
	});
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	const pty = await openLive(t, scene, {env: {XDG_CACHE_HOME: cache}});
	pty.type('q');
	t.is((await pty.exit).exitCode, 0);
	const code = fs.readFileSync(path.join(cache, 'conntop', 'main.code'), 'latin1');
	t.true(bundle.startsWith(`${code.slice(0, 66)}\n`));
});
