import fs from 'node:fs';
import {decodeBytes} from '../text/escape.js';
import {parseProcessStat} from './process-stat.js';
import {parseCgroup} from './process-background.js';
import type {ReadProcess} from './process-details.js';

/** How many bytes of a command line are read. It may have megabytes. */
const maximumCommandLine = 4096;

const bytes = new Uint8Array(maximumCommandLine);

/** Reads /proc/PID/cmdline: NUL-terminated arguments (proc_pid_cmdline(5)). Programs that overwrite it leave more NULs at the end. */
const readCommandLine = (pid: number): string => {
	const file = fs.openSync(`/proc/${pid}/cmdline`, 'r');
	try {
		let end = fs.readSync(file, bytes, 0, maximumCommandLine, 0);
		while (end > 0 && bytes[end - 1] === 0) {
			end--;
		}

		return decodeBytes(bytes.subarray(0, end)).replaceAll('\0', ' ');
	} finally {
		fs.closeSync(file);
	}
};

/** Reads the path of a process's cgroup; undefined if it cannot be read. */
export const readCgroup = (pid: number): string | undefined => {
	try {
		return parseCgroup(fs.readFileSync(`/proc/${pid}/cgroup`, 'utf8'));
	} catch {
		return undefined;
	}
};

/** Reads a process from /proc. */
export const readProcess: ReadProcess = pid => {
	try {
		const identity = parseProcessStat(fs.readFileSync(`/proc/${pid}/stat`));
		const commandLine = readCommandLine(pid);
		return identity && {
			name: identity.name,
			startTime: identity.startTime,
			parent: identity.parent,
			uid: fs.statSync(`/proc/${pid}`).uid,
			...(commandLine !== '' && {commandLine}),
		};
	} catch {
		return undefined;
	}
};
