import type {ProcessIdentity} from './proc.js';

const openingParenthesis = 0x28;
const closingParenthesis = 0x29;

/** Indexes of the fields after the name (`state` is field 3 in proc_pid_stat(5)). */
const fieldNumber = {
	state: 0, parent: 1, flags: 6, startTime: 19,
} as const;

/** PF_KTHREAD (`include/linux/sched.h`). */
const kernelThreadFlag = 0x20_00_00;

/** Decodes invalid UTF-8 to U+FFFD and keeps a byte order mark. */
const text = new TextDecoder('utf-8', {ignoreBOM: true});

/**
Parses /proc/PID/stat. The name is between the first `(` and the last `)`, because it may contain parentheses and spaces.

@returns Undefined if the line is invalid.
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

/** Decodes a name: the kernel writes newlines as `\n` and backslashes as `\\` (proc_task_name in fs/proc/array.c). */
const unescape = (name: string): string =>
	name.includes('\\') ? name.replaceAll(/\\(?<letter>[\\n])/gv, (_, letter: string) => letter === 'n' ? '\n' : '\\') : name;
