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

/** A process that holds a lock. */
const hold = async (t: ExecutionContext, lock: string): Promise<ChildProcess> => {
	const holder = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), fileURLToPath(import.meta.resolve('./lock-process.ts')), lock], {stdio: ['ignore', 'pipe', 'inherit']});
	t.teardown(() => {
		holder.kill('SIGKILL');
	});
	await once(holder.stdout, 'data');
	return holder;
};

test('one at a time does what needs the lock, and nothing of it is left', async t => {
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

test('what is thrown reaches who asked, and the lock is free again', async t => {
	const lock = path.join(makeFolder(t), 'lock');
	await t.throwsAsync(withLock(lock, () => {
		throw new Error('no luck');
	}), {message: 'no luck'});
	t.is(await withLock(lock, () => 1), 1);
});

test('while another process has it, nobody else does; once that is killed, everybody may', async t => {
	const folder = makeFolder(t);
	const lock = path.join(folder, 'lock');
	const holder = await hold(t, lock);
	await t.throwsAsync(withLock(lock, () => 1, short), {message: `another process has held ${lock} for 0.05 seconds`});
	const waiting = Array.from({length: 20}, async (_, index) => withLock(lock, () => index));
	holder.kill('SIGKILL');
	await once(holder, 'exit');
	t.is((await Promise.all(waiting)).length, 20, 'nobody waits for who gave up either');
	t.deepEqual(fs.readdirSync(folder), []);
});

test('of another machine or container, a ticket counts for a minute', async t => {
	const lock = path.join(makeFolder(t), 'lock');
	const ticket = (age: number): string => `some-boot/4026531836/1/100/${Date.now() - age}/1\n`;
	fs.writeFileSync(lock, ticket(0));
	await t.throwsAsync(withLock(lock, () => 1, short));
	fs.writeFileSync(lock, ticket(70_000));
	t.is(await withLock(lock, () => 1), 1);
});

test('a number that another process has by now is not that of who left', async t => {
	const lock = path.join(makeFolder(t), 'lock');
	const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
	fs.writeFileSync(lock, `${boot}/${fs.statSync('/proc/self/ns/pid').ino}/${process.pid}/1/${Date.now()}/1\n`);
	t.is(await withLock(lock, () => 1), 1);
});

test('whatever is in the file of a lock, it does not wait for ever', async t => {
	const lock = path.join(makeFolder(t), 'lock');
	fs.writeFileSync(lock, '\n\0\n-\nx\n////\n');
	t.is(await withLock(lock, () => 1), 1);
	fs.writeFileSync(lock, 'x'.repeat(2_000_000));
	await t.throwsAsync(withLock(lock, () => 1, short), {message: /more than/v});
	fs.rmSync(lock);
	fs.mkdirSync(lock);
	await t.throwsAsync(withLock(lock, () => 1, short), {code: 'EISDIR'});
});
