import fs from 'node:fs';
import {decodeBytes} from '../text/escape.js';
import {parseProcessStat} from './process-stat.js';
import type {ReadProcess} from './process-details.js';

/** Command lines may have megabytes. */
const longestCommandLine = 4096;

const bytes = new Uint8Array(longestCommandLine);

/** /proc/PID/cmdline: arguments, each ended by NUL (proc_pid_cmdline(5)); programs that write their own leave more of them at the end. */
const readCommandLine = (pid: number): string => {
	const file = fs.openSync(`/proc/${pid}/cmdline`, 'r');
	try {
		let end = fs.readSync(file, bytes, 0, longestCommandLine, 0);
		while (end > 0 && bytes[end - 1] === 0) {
			end--;
		}

		return decodeBytes(bytes.subarray(0, end)).replaceAll('\0', ' ');
	} finally {
		fs.closeSync(file);
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
			uid: fs.statSync(`/proc/${pid}`).uid,
			...(commandLine !== '' && {commandLine}),
		};
	} catch {
		return undefined;
	}
};
