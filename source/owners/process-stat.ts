import type {ProcessIdentity} from './proc.js';

const openingParenthesis = 0x28;
const closingParenthesis = 0x29;

/** Fields after the name, counted from 0 (proc_pid_stat(5) counts `state` as field 3). */
const fieldNumber = {
	state: 0, parent: 1, flags: 6, startTime: 19,
} as const;

/** PF_KTHREAD (`include/linux/sched.h`). */
const kernelThreadFlag = 0x20_00_00;

/** Bytes that are no UTF-8 become U+FFFD; a byte order mark is a character like any other. */
const text = new TextDecoder('utf-8', {ignoreBOM: true});

/**
Reads /proc/PID/stat. The name stands between the first `(` and the last `)`: it may contain parentheses and spaces itself.

@returns Undefined when this is no such line.
*/
export const parseProcessStat = (line: Uint8Array): ProcessIdentity | undefined => {
	const start = line.indexOf(openingParenthesis);
	const end = line.lastIndexOf(closingParenthesis);
	if (start === -1 || end < start) {
		return undefined;
	}

	const fields = text.decode(line.subarray(end + 2)).split(' ');
	const startTime = Number(fields[fieldNumber.startTime]);
	if (!Number.isSafeInteger(startTime)) {
		return undefined;
	}

	const state = fields[fieldNumber.state];
	return {
		name: unescape(text.decode(line.subarray(start + 1, end))),
		startTime,
		parent: Number(fields[fieldNumber.parent]),
		isKernelThread: (Number(fields[fieldNumber.flags]) & kernelThreadFlag) !== 0,
		isZombie: state === 'Z' || state === 'X',
	};
};

/** The kernel writes a newline and a backslash of the name as `\n` and `\\` here (proc_task_name in fs/proc/array.c). */
const unescape = (name: string): string =>
	name.includes('\\') ? name.replaceAll(/\\(?<letter>[\\n])/gv, (_, letter: string) => letter === 'n' ? '\n' : '\\') : name;
