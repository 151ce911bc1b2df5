import {Buffer} from 'node:buffer';
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
import {makeFolder} from '../helpers/folder.js';
import {makeForeignHome, testWithTwoUsers} from '../helpers/two-users.js';

const bundle = fs.readFileSync(path.join(path.dirname(builtProgram), 'main.js'), 'latin1');

/** A command line that a small bundle answers, the start of the answer, and the file with the code of that bundle. */
const question = ['completion', 'bash', '--', 'conntop list autob', 'autob'];
const answer = 'autobound';
const keptCode = 'completion.code';

test('the bundle begins with the hash of the rest', t => {
	const [stamp, ...rest] = bundle.split('\n');
	t.is(stamp, `//${createHash('sha256').update(rest.join('\n'), 'latin1').digest('hex')}`);
});

const makeCache = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-cache-'));

test('a second start uses the code that the first one compiled', async t => {
	const cache = makeCache();
	t.teardown(() => {
		fs.rmSync(cache, {recursive: true});
	});
	const run = async (): Promise<number> => {
		const {stdout} = await execa(process.execPath, [builtProgram, ...question], {env: {XDG_CACHE_HOME: cache}});
		t.true(stdout.startsWith(answer));
		return fs.statSync(path.join(cache, 'conntop', keptCode)).ino;
	};

	const first = await run();
	t.is(await run(), first, 'the file is not replaced, which would mean that V8 rejected it');
});

testWithTwoUsers('writes no cache into the home of another user, and creates no home', async t => {
	const home = makeForeignHome(t);
	const missing = path.join(makeFolder(t), 'missing');
	for (const HOME of [home, missing]) {
		const {stdout} = await execa(process.execPath, [builtProgram, ...question], {extendEnv: false, env: {HOME}});
		t.true(stdout.startsWith(answer));
	}

	t.deepEqual(fs.readdirSync(home), []);
	t.false(fs.existsSync(missing));
});

test('code with a flipped bit is compiled again', async t => {
	const cache = makeFolder(t);
	const file = path.join(cache, 'conntop', keptCode);
	const run = async (): Promise<string> => (await execa(process.execPath, [builtProgram, ...question], {env: {XDG_CACHE_HOME: cache}})).stdout;
	const undamaged = await run();
	const good = fs.readFileSync(file);
	for (let part = 1; part < 20; part++) {
		const damaged = Buffer.from(good);
		damaged[Math.floor(good.length * part / 20)] ^= 1 << (part % 8);
		fs.writeFileSync(file, damaged);
		t.is(await run(), undamaged);
		t.false(fs.readFileSync(file).equals(damaged));
	}
});

testInNamespace('the live view caches the code that it compiled', async t => {
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
