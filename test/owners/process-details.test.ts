import {spawn} from 'node:child_process';
import process from 'node:process';
import test from 'ava';
import {createProcessDetails, shownName, type ReadProcess} from '../../source/owners/process-details.js';
import {readProcess} from '../../source/owners/read-process.js';

const owner = {pid: 7, name: 'postgres', fd: 3};

/** A process that can change, and the reads of it. */
const play = (first: ReturnType<ReadProcess>) => {
	let current = first;
	let now = 0;
	let reads = 0;
	const detailsOf = createProcessDetails(() => {
		reads++;
		return current;
	}, () => now);
	return {
		detailsOf,
		reads: () => reads,
		after(milliseconds: number, next: ReturnType<ReadProcess>) {
			now += milliseconds;
			current = next;
		},
	};
};

test('reads a process on demand, and again after a while', t => {
	const {detailsOf, reads, after} = play({
		name: 'postgres', startTime: 9, commandLine: 'postgres: idle', uid: 70,
	});
	t.is(reads(), 0);
	t.is(detailsOf(owner)?.commandLine, 'postgres: idle');
	after(1000, {name: 'postgres', startTime: 9, commandLine: 'postgres: SELECT'});
	t.is(detailsOf(owner)?.commandLine, 'postgres: idle');
	t.is(reads(), 1);
	after(1000, {name: 'postgres', startTime: 9, commandLine: 'postgres: SELECT'});
	t.is(detailsOf(owner)?.commandLine, 'postgres: SELECT');
});

test('keeps the details after the process has ended or its pid is reused', t => {
	const {detailsOf, after} = play({name: 'postgres', startTime: 9, commandLine: 'postgres -D /data'});
	detailsOf(owner);
	after(5000, undefined);
	t.is(detailsOf(owner)?.commandLine, 'postgres -D /data');
	after(5000, {name: 'cron', startTime: 12, commandLine: '/usr/sbin/cron'});
	t.is(detailsOf(owner)?.commandLine, 'postgres -D /data');
	t.is(detailsOf({pid: 7, name: 'cron'})?.commandLine, '/usr/sbin/cron');
	t.is(play({name: 'cron', startTime: 12, commandLine: 'cron'}).detailsOf(owner), undefined);
});

test('distinguishes processes with the same pid and name by their start time', t => {
	const {detailsOf, reads, after} = play({name: 'postgres', startTime: 9, commandLine: 'postgres: first'});
	const first = {...owner, startTime: 9};
	const second = {...owner, startTime: 12};
	t.is(detailsOf(first)?.commandLine, 'postgres: first');
	t.is(detailsOf(second), undefined);
	after(1000, {name: 'postgres', startTime: 12, commandLine: 'postgres: second'});
	t.is(detailsOf(first)?.commandLine, 'postgres: first', 'still cached');
	after(2000, {name: 'postgres', startTime: 12, commandLine: 'postgres: second'});
	t.is(detailsOf(first)?.commandLine, 'postgres: first');
	t.is(detailsOf(second)?.commandLine, 'postgres: second');
	t.is(reads(), 4);
});

test('shows the name of the program instead of a generic one', t => {
	const shown = (commandLine: string | undefined, name = 'MainThread'): string =>
		shownName({pid: 7, name}, () => commandLine === undefined ? undefined : {commandLine});
	t.is(shown('/usr/local/bin/node server.js'), 'node');
	t.is(shown('node server.js', 'my-server'), 'my-server');
	t.is(shown(undefined), 'MainThread');
	t.is(shown(' '), 'MainThread');
	t.is(shownName({pid: 7, name: 'MainThread'}, undefined), 'MainThread');
});

test('reads a process of this machine', async t => {
	const hostile = `a\u{1B}[2J\nb ${'x'.repeat(5000)}`;
	const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', hostile], {argv0: 'no de', stdio: 'ignore'});
	t.teardown(() => {
		child.kill('SIGKILL');
	});
	await new Promise(resolve => {
		child.once('spawn', resolve);
	});
	const own = readProcess(process.pid);
	t.is(own?.uid, process.geteuid?.());
	t.true((own?.commandLine ?? '').length > 0);
	t.false((own?.commandLine ?? '').includes('\0'));
	const found = readProcess(child.pid ?? 0);
	t.true(found?.commandLine?.startsWith('no de -e setInterval(() => {}, 1e6) a\u{1B}[2J\nb xxx'));
	t.is(found?.commandLine?.length, 4096);
	t.is(readProcess(0x7F_FF_FF_FF), undefined);
});
