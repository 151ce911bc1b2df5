import test from 'ava';
import {followAll, followOne} from '../../source/namespaces/follow.js';

const docker = `/system.slice/docker-${'ab'.repeat(32)}.scope`;

const processesOf = (processes: Map<number, number>, hidden = 0) => ({
	refresh() {
		// The test sets the namespaces.
	},
	processes,
	hidden,
});

test('names a namespace as ip netns does, else after the container, else after a process', t => {
	const following = followAll({
		processes: processesOf(new Map([[10, 1], [20, 5], [30, 7]]), 3),
		named: () => new Map([[20, {name: 'blue', path: '/run/netns/blue'}], [40, {name: 'empty', path: '/run/netns/empty'}]]),
		readProcess: pid => ({cgroup: pid === 7 ? docker : '/init.scope', name: 'systemd'}),
	});
	t.deepEqual(following.list(), [
		{inode: 10, name: 'pid 1 (systemd)', path: '/proc/1/ns/net'},
		{inode: 20, name: 'blue', path: '/proc/5/ns/net'},
		{inode: 30, name: 'docker:abababababab', path: '/proc/7/ns/net'},
		{inode: 40, name: 'empty', path: '/run/netns/empty'},
	]);
	t.is(following.hidden(), 3);
});

test('follows the path to another namespace, or the last namespace while a process is in it', t => {
	const processes = new Map([[10, 5]]);
	let inode: number | undefined = 10;
	const following = followOne({name: 'blue', path: '/run/netns/blue'}, {processes: processesOf(processes), inodeAt: () => inode});
	t.deepEqual(following.list(), [{inode: 10, name: 'blue', path: '/run/netns/blue'}]);
	inode = undefined;
	t.deepEqual(following.list(), [{inode: 10, name: 'blue', path: '/proc/5/ns/net'}]);
	processes.delete(10);
	t.deepEqual(following.list(), []);
	t.is(following.absence, 'the network namespace blue is gone');
	inode = 20;
	t.deepEqual(following.list(), [{inode: 20, name: 'blue', path: '/run/netns/blue'}]);
});

test('a reused pid does not lead to another namespace', t => {
	const processes = new Map([[10, 5], [20, 5]]);
	let inode: number | undefined = 10;
	const following = followOne({name: 'pid 5 (sleep)', path: '/proc/5/ns/net'}, {processes: processesOf(processes), inodeAt: () => inode});
	t.deepEqual(following.list().map(found => found.inode), [10]);
	inode = 20;
	processes.set(10, 6);
	t.deepEqual(following.list(), [{inode: 10, name: 'pid 5 (sleep)', path: '/proc/6/ns/net'}]);
	processes.delete(10);
	t.deepEqual(following.list(), []);
});

test('reads the name of a new process several times, and again when another process is the lowest', t => {
	const processes = new Map([[10, 5]]);
	let reads = 0;
	const following = followAll({
		processes: processesOf(processes),
		named: () => new Map(),
		readProcess: () => ({cgroup: '/', name: `program${++reads}`}),
	});
	for (let round = 0; round < 20; round++) {
		following.list();
	}

	t.is(following.list()[0].name, 'pid 5 (program8)');
	processes.set(10, 7);
	t.is(following.list()[0].name, 'pid 7 (program9)');
});
