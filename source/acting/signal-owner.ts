import fs from 'node:fs';
import {constants} from 'node:os';
import process from 'node:process';
import type {SignalName} from '../contract/acting.js';
import {errnoName} from '../system/system-calls.js';
import {openProcess, type ProcessHandle} from './process-handle.js';

/** A process identified by pid and start time, because a pid may be reused. */
export type IdentifiedProcess = {
	readonly pid: number;
	/** Start time in clock ticks since boot: field 22 of /proc/PID/stat. */
	readonly startTime: number;
};

/** Whether the signal was sent, and a sentence that says what happened or why not. */
export type SignalResult = {readonly isSent: boolean; readonly message: string};

/** The parts of the system; passed in by tests. */
export type SignalSystem = {
	/** Start time of the process that has a pid now; undefined if there is none. */
	readonly startTime: (pid: number) => number | undefined;
	/** Like `openProcess`. */
	readonly open: (pid: number) => ProcessHandle | {readonly errno: number} | undefined;
	/** Calls kill(2), for kernels without pidfds. Returns the errno, 0 on success. */
	readonly kill: (pid: number, signal: SignalName) => number;
};

/**
Reads the start time of the process that has a pid now, in clock ticks since boot.

@returns Undefined if there is none.
*/
export const readStartTime = (pid: number): number | undefined => {
	try {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
		// The name in parentheses may contain anything, so count from its end. Field 3 follows.
		return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ', 20)[19]);
	} catch {
		return undefined;
	}
};

/**
Sends a signal to a process, but not to another one that has got its pid meanwhile. If the kernel has pidfds (Linux 5.3), the process is opened before its start time
is compared, so that there is no race.
*/
export const signalOwner = ({pid, startTime}: IdentifiedProcess, signal: SignalName, system: SignalSystem = realSystem): SignalResult => {
	const opened = system.open(pid);
	if (opened !== undefined && 'errno' in opened) {
		return explain(pid, signal, opened.errno);
	}

	try {
		const now = system.startTime(pid);
		if (now === undefined) {
			return ended(pid);
		}

		if (now !== startTime) {
			return replaced(pid);
		}

		const errno = opened === undefined ? system.kill(pid, signal) : opened.signal(constants.signals[signal]);
		return explain(pid, signal, errno);
	} finally {
		opened?.close();
	}
};

const ended = (pid: number): SignalResult => ({isSent: false, message: `process ${pid} has ended`});

const replaced = (pid: number): SignalResult => ({isSent: false, message: `process ${pid} has ended; another process has its pid now`});

const explain = (pid: number, signal: SignalName, errno: number): SignalResult => {
	switch (errno) {
		case 0: {
			return {isSent: true, message: `${signal} sent to process ${pid}`};
		}

		case constants.errno.ESRCH: {
			return ended(pid);
		}

		case constants.errno.EPERM: {
			return {isSent: false, message: `process ${pid} belongs to another user: run conntop as root`};
		}

		default: {
			return {isSent: false, message: `process ${pid} cannot be signalled: ${errnoName(errno)}`};
		}
	}
};

const realSystem: SignalSystem = {
	startTime: readStartTime,
	open: openProcess,
	kill(pid, signal) {
		try {
			process.kill(pid, signal);
			return 0;
		} catch (error) {
			return (error as NodeJS.ErrnoException).errno === undefined ? constants.errno.EINVAL : Math.abs((error as {errno: number}).errno);
		}
	},
};
