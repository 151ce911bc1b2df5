import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import net from 'node:net';
import os from 'node:os';
import koffi from 'koffi';
import test, {type ExecutionContext} from 'ava';
import {readStartTime} from '../../source/acting/signal-owner.js';
import {createProcCalls} from '../../source/owners/proc-calls.js';
import {createProcFiles} from '../../source/owners/proc-files.js';
import {createOwnerFinder} from '../../source/owners/owner-finder.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {createProc} from '../../source/owners/create-proc.js';
import {Descriptor, listLength, type Proc} from '../../source/owners/proc.js';
import {testUnless} from '../helpers/unless.js';
import {tableOf} from './table-of.js';

/** The two ways to read /proc. Both must have the same results. */
const ways: ReadonlyArray<{name: string; create: () => Proc}> = [
	{name: 'system calls', create: () => createProcCalls(koffi)},
	{name: 'files', create: createProcFiles},
];

/** The descriptor of a socket of this process, and its inode. */
const identify = (socket: net.Server | net.Socket): {readonly fd: number; readonly inode: number} => {
	const {_handle: {fd}} = socket as unknown as {readonly _handle: {readonly fd: number}};
	return {fd, inode: fs.fstatSync(fd).ino};
};

const listen = async (t: ExecutionContext): Promise<net.Server> => {
	const server = net.createServer();
	t.teardown(() => server.close());
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return server;
};

const kill = (t: ExecutionContext, child: ChildProcess): void => {
	t.teardown(() => child.kill('SIGKILL'));
};

const listAll = (proc: Proc, pid: number, from = 0, length = listLength): number[] => {
	const opened = proc.open(pid);
	const chunk = new Uint32Array(length);
	const fds: number[] = [];
	for (let next = from; ;) {
		const count = opened?.list(next, chunk) ?? 0;
		if (count === 0) {
			opened?.close();
			return fds;
		}

		fds.push(...chunk.subarray(0, count));
		next = chunk[count - 1] + 1;
	}
};

test('reads files without koffi', async t => {
	const proc = await createProc(async () => {
		throw new Error('no binary');
	});
	t.is(proc.open.toString(), createProcFiles().open.toString());
	const fastest = await createProc();
	t.not(fastest.open.toString(), proc.open.toString());
});

for (const {name, create} of ways) {
	test(`${name}: reads this process, its descriptors and sockets`, async t => {
		const {fd, inode} = identify(await listen(t));
		const file = fs.openSync('/dev/null', 'r');
		const proc = create();
		t.true(proc.pids()?.includes(process.pid));
		const opened = proc.open(process.pid);
		t.is(opened?.uid, process.geteuid?.());
		t.false(opened?.isDenied);
		t.is(opened?.identity?.name, fs.readFileSync(`/proc/${process.pid}/comm`, 'utf8').trimEnd());
		t.is(opened?.socketAt(fd), inode);
		t.is(opened?.socketAt(file), Descriptor.other);
		t.is(opened?.socketAt(1_000_000), Descriptor.none);
		opened?.close();
		fs.closeSync(file);
		t.true(listAll(proc, process.pid).includes(fd));
	});

	test(`${name}: reads a long list of descriptors from the start and from the middle`, async t => {
		const program = 'for (let count = 0; count < 1500; count++) require("fs").openSync("/dev/null"); console.log("ready"); setInterval(() => {}, 1e6)';
		const child = spawn(process.execPath, ['-e', program], {stdio: ['ignore', 'pipe', 'inherit']});
		kill(t, child);
		await once(child.stdout, 'data');
		const pid = child.pid ?? 0;
		const expected = fs.readdirSync(`/proc/${pid}/fd`).map(Number).toSorted((a, b) => a - b);
		t.true(expected.length > 1500);
		const proc = create();
		t.deepEqual(listAll(proc, pid), expected);
		for (const from of [1, 700, expected.at(-1) ?? 0]) {
			t.deepEqual(listAll(proc, pid, from), expected.filter(fd => fd >= from));
		}

		// As few at once as asked for.
		for (const length of [2, 16, 500]) {
			t.deepEqual(listAll(proc, pid, 700, length), expected.filter(fd => fd >= 700));
		}

		t.deepEqual(listAll(proc, pid, 1_000_000), []);
		const count = proc.stat(pid)?.count;
		t.true(count === expected.length || count === 0);
	});

	test(`${name}: reports a process that is gone`, async t => {
		const child = spawn(process.execPath, ['-e', '']);
		await once(child, 'exit');
		const proc = create();
		t.is(proc.open(child.pid ?? 0), undefined);
		t.is(proc.stat(child.pid ?? 0), undefined);
	});

	test(`${name}: reads a process that ends meanwhile`, async t => {
		const child = spawn(process.execPath, ['-e', 'console.log("ready"); setInterval(() => {}, 1e6)'], {stdio: ['ignore', 'pipe', 'inherit']});
		kill(t, child);
		await once(child.stdout, 'data');
		const opened = create().open(child.pid ?? 0);
		child.kill('SIGKILL');
		await once(child, 'exit');
		t.is(opened?.socketAt(0), Descriptor.none);
		t.is(opened?.list(0, new Uint32Array(listLength)), 0);
		opened?.close();
	});

	test(`${name}: finds all processes that inherited a listener and a connection, with any name`, async t => {
		const server = await listen(t);
		const client = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
		t.teardown(() => client.destroy());
		await once(client, 'connect');
		const [listener, connection] = [identify(server), identify(client)];
		const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-'));
		t.teardown(() => {
			fs.rmSync(directory, {recursive: true});
		});
		const names = ['with space', 'a) (b "c', 'plain', String.raw`back\slash`, 'two\nlines'];
		const children = [];
		for (const childName of names) {
			const program = path.join(directory, childName);
			fs.symlinkSync('/bin/sleep', program);
			const child = spawn(program, ['1000'], {
				argv0: 'sleep',
				stdio: ['ignore', 'ignore', 'ignore', listener.fd, connection.fd],
			});
			kill(t, child);
			// Written after exec.
			await once(child, 'spawn');
			children.push({pid: child.pid, name: childName});
		}

		const {table, changes, slots} = tableOf([listener.inode, connection.inode]);
		const owners = createOwnerSets();
		const finder = createOwnerFinder({proc: create(), owners, now: () => performance.now()});
		finder.update(table, changes, Infinity);
		for (const [index, slot] of slots.entries()) {
			const found = owners.of(table.core.owners[slot]);
			t.true(found.some(owner => owner.pid === process.pid));
			for (const child of children) {
				t.deepEqual(found.filter(owner => owner.pid === child.pid), [{...child, startTime: readStartTime(child.pid ?? 0), fd: 3 + index}]);
			}
		}
	});
}

testUnless(process.geteuid?.() === 0 ? undefined : 'only root can start a process as another user', 'sockets of processes that are not readable are hidden', async t => {
	const {inode} = identify(await listen(t));
	const script = path.join(import.meta.dirname, 'hidden-from-nobody.ts');
	const child = spawn(process.execPath, ['--import=tsx', script, String(inode)], {stdio: ['ignore', 'pipe', 'inherit']});
	kill(t, child);
	const chunks: string[] = [];
	child.stdout.on('data', (chunk: Uint8Array) => {
		chunks.push(new TextDecoder().decode(chunk));
	});
	await once(child, 'close');
	t.deepEqual(JSON.parse(chunks.join('')), {hidden: 1, owners: []});
});
