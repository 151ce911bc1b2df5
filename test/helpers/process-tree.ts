/** What /proc tells of processes and their children. */
import fs from 'node:fs';
import process from 'node:process';

/** The processes that a process started and that live, by pid. Empty for a process that is gone. */
export const childrenOf = (pid: number): number[] => {
	try {
		return fs.readdirSync(`/proc/${pid}/task`).flatMap(thread =>
			fs.readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
	} catch {
		return [];
	}
};

/** A process's children, their children and so on. */
export const descendantsOf = (pid: number): number[] => childrenOf(pid).flatMap(child => [child, ...descendantsOf(child)]);

/** Sends a signal to a process if it lives. */
export const signalProcess = (pid: number, signal: NodeJS.Signals): void => {
	try {
		process.kill(pid, signal);
	} catch {
		// It is gone.
	}
};

/** Whether a process has ended. One that nobody has waited for still has its place in /proc, for ever where the first process of a container waits for none. */
export const hasEnded = (pid: number): boolean => {
	try {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.startsWith('Z', stat.lastIndexOf(')') + 2);
	} catch {
		return true;
	}
};
