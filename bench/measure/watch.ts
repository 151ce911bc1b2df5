/** Measures a running program for a while. */
import {Buffer} from 'node:buffer';
import {setTimeout as delay} from 'node:timers/promises';
import type {Pty} from '../../test/helpers/pty.js';
import {endedChildrenCpu, processCpu} from './cpu.js';
import {waitForCursor} from './waits.js';

export type Watched = {
	/** CPU time of the program and the children that it waited for, in ms per second. */
	readonly cpu: number;
	/** Bytes per second written to the terminal. */
	readonly bytes: number;
};

/** Watches a program. */
export const watchProgram = async (program: Pty, seconds: number): Promise<Watched> => {
	let bytes = 0;
	const stopCounting = program.onOutput(data => {
		bytes += Buffer.byteLength(data);
	});
	const cpu = (): number => processCpu(program.pid) + endedChildrenCpu(program.pid);
	const started = performance.now();
	const before = cpu();
	await delay(seconds * 1000);
	const elapsed = (performance.now() - started) / 1000;
	stopCounting();
	return {cpu: (cpu() - before) / elapsed, bytes: bytes / elapsed};
};

/** Milliseconds of CPU time to handle and draw one key that moves the cursor, the mean of `count` keys, while sampling is paused. */
export const cpuOfKey = async (program: Pty, count: number): Promise<number> => {
	program.type('p');
	await program.waitFor(screen => /paused/iv.test(screen.text()), 'the pause');
	// The first keys let V8 compile.
	await waitForCursor(program, count);
	const before = processCpu(program.pid);
	await waitForCursor(program, count);
	return (processCpu(program.pid) - before) / count;
};
