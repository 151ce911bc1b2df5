import test from 'ava';
import {createProcessBackgrounds, parseCgroup} from '../../source/owners/process-background.js';
import type {ReadResult} from '../../source/owners/process-details.js';

const processes = (entries: Readonly<Record<number, ReadResult>>) => {
	const table = new Map(Object.entries(entries).map(([pid, process]) => [Number(pid), process]));
	let now = 0;
	let reads = 0;
	return {
		table,
		reads: () => reads,
		wait(milliseconds: number) {
			now += milliseconds;
		},
		backgroundOf: createProcessBackgrounds({
			read(pid) {
				reads++;
				return table.get(pid);
			},
			readCgroup: pid => table.has(pid) ? `/of/${pid}` : undefined,
			now: () => now,
		}),
	};
};

const family = {
	1: {name: 'init', startTime: 1, parent: 0}, 20: {name: 'sshd', startTime: 50, parent: 1}, 30: {
		name: 'bash', startTime: 60, parent: 20, commandLine: 'bash -l', uid: 1000,
	},
};

test('has the ancestors up to the first process, and the command line, user and cgroup', t => {
	t.deepEqual(processes(family).backgroundOf({pid: 30, name: 'bash', startTime: 60}), {
		ancestors: [{pid: 20, name: 'sshd'}, {pid: 1, name: 'init'}], commandLine: 'bash -l', uid: 1000, cgroup: '/of/30',
	});
});

test('a process with a reused pid is neither the owner nor a parent', t => {
	t.is(processes(family).backgroundOf({pid: 30, name: 'bash', startTime: 59}), undefined);
	t.is(processes(family).backgroundOf({pid: 30, name: 'zsh'}), undefined);
	const reused = processes({...family, 20: {name: 'young', startTime: 61, parent: 1}});
	t.deepEqual(reused.backgroundOf({pid: 30, name: 'bash', startTime: 60})?.ancestors, []);
});

test('stops at a cycle of parents, which a change during the read can cause', t => {
	const ring = processes({2: {name: 'a', startTime: 5, parent: 3}, 3: {name: 'b', startTime: 5, parent: 2}});
	t.true((ring.backgroundOf({pid: 2, name: 'a'})?.ancestors.length ?? 0) < 100);
});

test('is read again after a while, and kept after the process has ended', t => {
	const fake = processes(family);
	const owner = {pid: 30, name: 'bash', startTime: 60};
	fake.backgroundOf(owner);
	const {length} = Array.from({length: fake.reads()});
	fake.backgroundOf(owner);
	t.is(fake.reads(), length);
	fake.table.clear();
	fake.wait(5000);
	t.is(fake.backgroundOf(owner)?.commandLine, 'bash -l');
	t.true(fake.reads() > length);
});

test('takes the cgroup of version 2, else that of systemd', t => {
	t.is(parseCgroup('0::/system.slice/nginx.service\n'), '/system.slice/nginx.service');
	t.is(parseCgroup('12:cpu,cpuacct:/a\n1:name=systemd:/b:c\n'), '/b:c');
	t.is(parseCgroup('1:name=systemd:/b\n0::/c\n'), '/c');
	t.is(parseCgroup(''), undefined);
});
