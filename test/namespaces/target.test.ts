import process from 'node:process';
import test from 'ava';
import {resolveNamespace, type TargetOptions} from '../../source/namespaces/target.js';

/** A system with these files. Those that are namespaces have an inode. */
const system = (files: Readonly<Record<string, number | undefined>>, names: readonly string[] = []): TargetOptions => ({
	exists: path => Object.hasOwn(files, path),
	inodeAt: path => files[path],
	named: () => new Map(Object.entries(files).flatMap(([path, inode]) => inode !== undefined && path.startsWith('/run/netns/') ? [[inode, {name: path.slice(11), path}]] : [])),
	find: () => names.map((name, index) => ({name, inode: 100 + index, path: `/proc/${index + 1}/ns/net`})),
});

test('prefers a name under /run/netns or /var/run/netns, even a number', t => {
	t.deepEqual(resolveNamespace('blue', system({'/var/run/netns/blue': 1})), {name: 'blue', path: '/var/run/netns/blue'});
	t.deepEqual(resolveNamespace('7', system({'/run/netns/7': 1, '/proc/7': undefined})), {name: '7', path: '/run/netns/7'});
});

test('reports that the namespace is gone if nothing is mounted on its file', t => {
	const left = system({'/run/netns/blue': undefined}, ['green']);
	t.deepEqual(resolveNamespace('blue', left), {
		problem: 'the network namespace blue is gone: nothing is mounted at /run/netns/blue any more; there is green',
	});
	t.deepEqual(resolveNamespace('/run/netns/blue', left), {problem: 'the network namespace blue is gone: nothing is mounted at /run/netns/blue any more'});
	t.deepEqual(resolveNamespace('/run/netns/red', left), {problem: '/run/netns/red is not a network namespace'});
});

test('gives a namespace its name in ip netns, however it was found', t => {
	const pid = String(process.pid);
	const files = {
		'/run/netns/blue': 7, [`/proc/${pid}`]: undefined, [`/proc/${pid}/ns/net`]: 7, '/tmp/mounted': 7, '/var/run/netns/blue': 7, '/tmp/other': 8,
	};
	const blue = {name: 'blue', path: '/run/netns/blue'};
	for (const text of ['blue', '/run/netns/blue', pid, `/proc/${pid}/ns/net`, '/tmp/mounted']) {
		t.deepEqual(resolveNamespace(text, system(files)), blue, `-N ${text}`);
	}

	t.deepEqual(resolveNamespace('/var/run/netns/blue', system(files)), {name: 'blue', path: '/var/run/netns/blue'});
	t.deepEqual(resolveNamespace('/tmp/other', system(files)), {name: '/tmp/other', path: '/tmp/other'});
});

test('keeps the given one of two names of a namespace', t => {
	const files = {'/run/netns/azure': 7, '/run/netns/blue': 7};
	t.deepEqual(resolveNamespace('blue', system(files)), {name: 'blue', path: '/run/netns/blue'});
	t.deepEqual(resolveNamespace('/run/netns/blue', system(files)), {name: 'blue', path: '/run/netns/blue'});
});

test('accepts a path', t => {
	t.deepEqual(resolveNamespace('/tmp/ns', system({'/tmp/ns': 1})), {name: '/tmp/ns', path: '/tmp/ns'});
	t.deepEqual(resolveNamespace('/tmp/ns', system({'/tmp/ns': undefined})), {problem: '/tmp/ns is not a network namespace'});
	t.deepEqual(resolveNamespace('./ns', system({})), {problem: './ns is not a network namespace'});
	const denied = {
		...system({'/proc/1/ns/net': 1}), inodeAt() {
			throw new Error('EACCES');
		},
	};
	t.deepEqual(resolveNamespace('/proc/1/ns/net', denied), {name: '/proc/1/ns/net', path: '/proc/1/ns/net'}, 'leaves it to opening to report that access is denied');
});

test('accepts a pid', t => {
	const target = resolveNamespace(String(process.pid), system({[`/proc/${process.pid}`]: undefined}));
	t.true('path' in target && target.path === `/proc/${process.pid}/ns/net`);
	t.deepEqual(resolveNamespace('4000000', system({}, ['blue', 'pid 1 (init)'])), {
		problem: 'there is no process 4000000, and no network namespace of that name; there are blue, pid 1 (init)',
	});
});

test('accepts a name as in the column', t => {
	t.deepEqual(resolveNamespace('docker:0123456789ab', system({}, ['host', 'docker:0123456789ab'])), {name: 'docker:0123456789ab', path: '/proc/2/ns/net'});
});

test('lists existing names, escapes them, and limits their number', t => {
	const many = Array.from({length: 25}, (_, index) => `ns${index}`);
	const result = resolveNamespace('..', system({'/run/netns/..': 1}, ['a\u{1B}[2J', ...many]));
	t.true('problem' in result && result.problem.endsWith(' and 6 more') && !result.problem.includes('\u{1B}'));
	t.deepEqual(resolveNamespace('x', system({})), {problem: 'there is no network namespace named "x"; none is visible'});
});
