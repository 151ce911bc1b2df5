import fs from 'node:fs';
import {constants} from 'node:os';
import process from 'node:process';
import type {SignalName} from '../contract/acting.js';
import {errnoName} from '../system/system-calls.js';
import {openProcess, type ProcessHandle} from './process-handle.js';

/** A process that was identified once: its number alone may belong to another one by now. */
export type IdentifiedProcess = {
	readonly pid: number;
	/** Clock ticks from the start of the machine to that of the process: field 22 of /proc/PID/stat. */
	readonly startTime: number;
};

/** Whether the signal was sent, and in a sentence what happened or why not. */
export type SignalResult = {readonly isSent: boolean; readonly message: string};

/** The parts of the system that are needed; passed in by tests. */
export type SignalSystem = {
	/** Start time of the process that has a pid now, undefined when none has. */
	readonly startTime: (pid: number) => number | undefined;
	/** As `openProcess`. */
	readonly open: (pid: number) => ProcessHandle | {readonly errno: number} | undefined;
	/** Kill(2), for kernels without pidfd; returns errno. */
	readonly kill: (pid: number, signal: SignalName) => number;
};

/**
Start time of the process that has a pid now.

@returns Undefined when there is none.
*/
export const readStartTime = (pid: number): number | undefined => {
	try {
		const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
		// The name, in parentheses, may hold anything: count from its end, where field 3 follows.
		return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ', 20)[19]);
	} catch {
		return undefined;
	}
};

/**
Sends a signal to a process, and to no other that got its number in the meantime: where the kernel has pidfd (Linux 5.3), the process is held before its
start time is compared, so that nothing can slip in between.
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

const replaced = (pid: number): SignalResult => ({isSent: false, message: `process ${pid} has ended; its number belongs to another process now`});

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
