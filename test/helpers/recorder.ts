/** Runs `conntop record` in a scene. */
import {spawn} from 'node:child_process';
import process from 'node:process';
import type {ExecutionContext} from 'ava';
import {builtProgram} from './conntop.js';
import type {Scene} from './namespace.js';

/** Starts a recorder in a scene. It is killed after the test. `stderr` returns what it has written to standard error so far. */
export const startRecorder = (t: ExecutionContext, scene: Scene, folder: string, ...args: readonly string[]) => {
	const [command, all] = scene.inside(process.execPath, [builtProgram, 'record', '--to', folder, '--interval', '0.1', ...args]);
	const child = spawn(command, all, {stdio: ['ignore', 'pipe', 'pipe']});
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	t.teardown(() => {
		child.kill('SIGKILL');
	});
	return {child, stderr: () => stderr};
};
