import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {withLock} from '../../source/files/lock.js';
import {makeFolder} from '../helpers/folder.js';

const short = 50;

/** Starts a process that holds a lock. */
const hold = async (t: ExecutionContext, lock: string): Promise<ChildProcess> => {
	const holder = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), fileURLToPath(import.meta.resolve('./lock-process.ts')), lock], {stdio: ['ignore', 'pipe', 'inherit']});
	t.teardown(() => {
		holder.kill('SIGKILL');
	});
	await once(holder.stdout, 'data');
	return holder;
};

test('runs one function at a time and leaves no file', async t => {
	const folder = makeFolder(t);
	const lock = path.join(folder, 'lock');
	let isHeld = false;
	const results = await Promise.all(Array.from({length: 20}, async (_, index) => withLock(lock, () => {
		t.false(isHeld);
		isHeld = true;
		t.true(fs.existsSync(lock));
		isHeld = false;
		return index;
	})));
	t.deepEqual(results, Array.from({length: 20}, (_, index) => index));
	t.deepEqual(fs.readdirSync(folder), []);
});

test('releases the lock after an error and passes the error on', async t => {
	const lock = path.join(makeFolder(t), 'lock');
	await t.throwsAsync(withLock(lock, () => {
		throw new Error('no luck');
	}), {message: 'no luck'});
	t.is(await withLock(lock, () => 1), 1);
});

test('waits while another process has the lock, and takes it once that process is killed', async t => {
	const folder = makeFolder(t);
	const lock = path.join(folder, 'lock');
	const holder = await hold(t, lock);
	await t.throwsAsync(withLock(lock, () => 1, short), {message: `another process has held ${lock} for 0.05 seconds`});
	const waiting = Array.from({length: 20}, async (_, index) => withLock(lock, () => index));
	holder.kill('SIGKILL');
	await once(holder, 'exit');
	t.is((await Promise.all(waiting)).length, 20, 'does not wait for a withdrawn ticket');
	t.deepEqual(fs.readdirSync(folder), []);
});

test('a ticket of another machine or container is valid for a minute', async t => {
	const lock = path.join(makeFolder(t), 'lock');
	const ticket = (age: number): string => `some-boot/4026531836/1/100/${Date.now() - age}/1\n`;
	fs.writeFileSync(lock, ticket(0));
	await t.throwsAsync(withLock(lock, () => 1, short));
	fs.writeFileSync(lock, ticket(70_000));
	t.is(await withLock(lock, () => 1), 1);
});

test('a reused pid does not make an old ticket valid', async t => {
	const lock = path.join(makeFolder(t), 'lock');
	const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
	fs.writeFileSync(lock, `${boot}/${fs.statSync('/proc/self/ns/pid').ino}/${process.pid}/1/${Date.now()}/1\n`);
	t.is(await withLock(lock, () => 1), 1);
});

test('does not wait forever for any content of the lock file', async t => {
	const lock = path.join(makeFolder(t), 'lock');
	fs.writeFileSync(lock, '\n\0\n-\nx\n////\n');
	t.is(await withLock(lock, () => 1), 1);
	fs.writeFileSync(lock, 'x'.repeat(2_000_000));
	await t.throwsAsync(withLock(lock, () => 1, short), {message: /more than/v});
	fs.rmSync(lock);
	fs.mkdirSync(lock);
	await t.throwsAsync(withLock(lock, () => 1, short), {code: 'EISDIR'});
});
