import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import {constants} from 'node:os';
import test from 'ava';
import {
	readStartTime,
	signalOwner,
	type SignalSystem,
} from '../../source/acting/signal-owner.js';

const startSleep = async (): Promise<{child: ChildProcess; pid: number}> => {
	const child = spawn('sleep', ['1000'], {stdio: 'ignore'});
	await once(child, 'spawn');
	return {child, pid: child.pid ?? 0};
};

test('signals the process that was identified', async t => {
	const {child, pid} = await startSleep();
	const startTime = readStartTime(pid);
	t.truthy(startTime);
	const exited = once(child, 'exit');
	t.deepEqual(signalOwner({pid, startTime: startTime ?? 0}, 'SIGTERM'), {isSent: true, message: `SIGTERM sent to process ${pid}`});
	const [, signal] = await exited as [number | undefined, NodeJS.Signals | undefined];
	t.is(signal, 'SIGTERM');
	t.deepEqual(signalOwner({pid, startTime: startTime ?? 0}, 'SIGTERM'), {isSent: false, message: `process ${pid} has ended`});
});

test('does not signal a process with a reused pid', async t => {
	const {child, pid} = await startSleep();
	try {
		const result = signalOwner({pid, startTime: (readStartTime(pid) ?? 0) - 1}, 'SIGKILL');
		t.deepEqual(result, {isSent: false, message: `process ${pid} has ended; another process has its pid now`});
		t.is(child.exitCode, null);
		t.is(child.signalCode, null);
		t.true(fs.existsSync(`/proc/${pid}`));
	} finally {
		child.kill('SIGKILL');
	}
});

const system = (kill: number): SignalSystem => ({startTime: () => 5, open: () => undefined, kill: () => kill});

test('compares the start time without pidfds, too', t => {
	t.true(signalOwner({pid: 1, startTime: 5}, 'SIGTERM', system(0)).isSent);
	t.false(signalOwner({pid: 1, startTime: 6}, 'SIGTERM', system(0)).isSent);
	t.is(signalOwner({pid: 1, startTime: 5}, 'SIGTERM', system(constants.errno.ESRCH)).message, 'process 1 has ended');
});

test('reports missing privileges', t => {
	t.regex(signalOwner({pid: 1, startTime: 5}, 'SIGTERM', system(constants.errno.EPERM)).message, /another user/v);
});
