/** A file written by `ss -D` may come from another machine, so its sockets must not be shown with names of this machine. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {
	openLive,
	openScene,
	rows,
	runConntop,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Scene} from '../helpers/namespace.js';

/** Writes a scene with `ss -D`: its socket belongs to root and is bound to a link-local address. */
const dump = async (t: ExecutionContext, scene: Scene): Promise<string> => {
	const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'conntop-foreign-'));
	t.teardown(async () => fs.rm(directory, {recursive: true}));
	const file = path.join(directory, 'other-machine.dump');
	await scene.run('ip', ['address', 'add', 'fe80::1/64', 'dev', 'lo', 'nodad']);
	await scene.listen({port: 7000, host: 'fe80::1%lo'});
	await scene.run('ss', ['-ta', '-D', file]);
	return file;
};

const columns = ['--columns', 'local,user,cgroup,unit,namespace,process,interface'] as const;

testInNamespace('the sockets of a file are listed with numbers, not with names of this machine', async t => {
	const scene = await openScene(t);
	const file = await dump(t, scene);
	const own = JSON.parse((await runConntop(scene, 'list', '-t', '--json', ...columns)).stdout) as Record<string, unknown>;
	t.like(own, {user: 'root', interface: 'lo', local: '[fe80::1]%lo:7000'});
	t.true('namespace' in own && 'process' in own);
	const {stdout} = await runConntop(scene, 'list', '--json', '--input', file, ...columns);
	const {cgroup, ...read} = JSON.parse(stdout) as Record<string, unknown>;
	t.deepEqual(read, {user: '0', interface: '1', local: '[fe80::1]%1:7000'});
	t.regex(String(cgroup), /^\d+$/v);
}, 'ss', 'ip');

testInNamespace('the header of the live view names the file, not this machine', async t => {
	const scene = await openScene(t);
	const file = await dump(t, scene);
	const live = await openLive(t, scene, {args: ['--input', file], columns: 120});
	t.regex(live.emulator.lines()[0], /^ conntop {2}other-machine\.dump {3}1 socket +recorded file/v);
	t.false(live.emulator.text().includes(os.hostname()));
	t.is(rows(live.emulator).length, 1);
}, 'ss', 'ip');
