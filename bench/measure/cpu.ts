/** CPU time of this process, of its ended children, and of other processes. All in milliseconds, user and system together. */
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import process from 'node:process';
import koffi from 'koffi';

const resourceUsage = koffi.load(null).func('int getrusage(int who, _Out_ void *usage)');
const rusageChildren = -1;

/** CPU time of all children that have ended and were waited for. */
export const childrenCpu = (): number => {
	// A struct rusage begins with two struct timeval: user and system time, in seconds and microseconds.
	const usage = new BigInt64Array(32);
	resourceUsage(rusageChildren, usage);
	const [userSeconds = 0n, userMicroseconds = 0n, systemSeconds = 0n, systemMicroseconds = 0n] = usage;
	return Number((userSeconds + systemSeconds) * 1000n) + Number(userMicroseconds + systemMicroseconds) / 1000;
};

/** CPU time of a function in this process, and how much of it the kernel took. */
export const splitCpuOf = async (work: () => unknown): Promise<{readonly total: number; readonly kernel: number}> => {
	const before = process.cpuUsage();
	await work();
	const {user, system} = process.cpuUsage(before);
	return {total: (user + system) / 1000, kernel: system / 1000};
};

/** CPU time of a function in this process. */
export const cpuOf = async (work: () => unknown): Promise<number> => {
	const {total} = await splitCpuOf(work);
	return total;
};

/**
CPU time of a command, including children that it waits for. Discards its output.

@throws Error if it fails.
*/
export const cpuOfCommand = (command: string, args: readonly string[]): number => {
	const before = childrenCpu();
	const {error, status} = spawnSync(command, args, {stdio: 'ignore'});
	if (error !== undefined || status !== 0) {
		throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? status}`);
	}

	return childrenCpu() - before;
};

/** CPU time of one thread, as counted by the scheduler (in nanoseconds). */
export const threadCpu = (pid: number, thread: number): number => {
	const [running = '0'] = fs.readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1);
	return Number(running) / 1e6;
};

/** CPU time of all running threads of a process. */
export const processCpu = (pid: number): number =>
	fs.readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + threadCpu(pid, Number(thread)), 0);

/** CPU time of the children that a process has waited for, in steps of a clock tick, 10 ms. */
export const endedChildrenCpu = (pid: number): number => {
	const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
	// Fields 16 and 17 (cutime, cstime), counted from field 3, which follows the name in parentheses.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
	return ((fields[13] ?? 0) + (fields[14] ?? 0)) * 10;
};
