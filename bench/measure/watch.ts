/** Watches a running program for a while. */
import {Buffer} from 'node:buffer';
import {setTimeout as delay} from 'node:timers/promises';
import type {Pty} from '../../test/helpers/pty.js';
import {endedChildrenCpu, processCpu, threadCpu} from './cpu.js';

export type Watched = {
	/** CPU time of the program and the children that it waited for, ms for each second. */
	readonly cpu: number;
	/** CPU time of its first thread alone, which draws; ms for each second. */
	readonly screenCpu: number;
	/** Bytes written to the terminal, for each second. */
	readonly bytes: number;
};

/** Watches a program for so many seconds. */
export const watchProgram = async (program: Pty, seconds: number): Promise<Watched> => {
	let bytes = 0;
	const stopCounting = program.onOutput(data => {
		bytes += Buffer.byteLength(data);
	});
	const cpu = (): number => processCpu(program.pid) + endedChildrenCpu(program.pid);
	const screenCpu = (): number => threadCpu(program.pid, program.pid);
	const started = performance.now();
	const before = {cpu: cpu(), screenCpu: screenCpu()};
	await delay(seconds * 1000);
	const elapsed = (performance.now() - started) / 1000;
	stopCounting();
	return {cpu: (cpu() - before.cpu) / elapsed, screenCpu: (screenCpu() - before.screenCpu) / elapsed, bytes: bytes / elapsed};
};
