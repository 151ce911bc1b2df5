/** Reads processes and their children in /proc. */
import fs from 'node:fs';
import process from 'node:process';

/** The pids of a process's children. Empty for a process that is gone. */
export const childrenOf = (pid: number): number[] => {
	try {
		return fs.readdirSync(`/proc/${pid}/task`).flatMap(thread =>
			fs.readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
	} catch {
		return [];
	}
};

/** The pids of all descendants of a process. */
export const descendantsOf = (pid: number): number[] => childrenOf(pid).flatMap(child => [child, ...descendantsOf(child)]);

/** Sends a signal to a process if it exists. */
export const signalProcess = (pid: number, signal: NodeJS.Signals): void => {
	try {
		process.kill(pid, signal);
	} catch {
		// It has ended.
	}
};

/** Whether a process has ended. A zombie counts as ended: it stays in /proc forever if process 1 of a container does not wait for it. */
export const hasEnded = (pid: number): boolean => {
	try {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.startsWith('Z', stat.lastIndexOf(')') + 2);
	} catch {
		return true;
	}
};
