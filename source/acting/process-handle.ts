/**
The system calls that signal a process and no other: a pidfd stands for one process for good, while a pid may belong to another one a moment later.
*/
import {constants} from 'node:os';
import {koffi} from '../system/koffi.js';

/** Numbers of the calls, which are the same on every architecture that Node.js runs on (`asm-generic/unistd.h`). */
const pidfdSendSignalNumber = 424;
const pidfdOpenNumber = 434;

const libc = koffi.load(null);
// Not all versions of glibc and musl have functions for these.
const systemCall = libc.func('long syscall(long number, ...)') as (number: number, ...args: unknown[]) => number;
const closeCall = libc.func('int close(int fd)');

const {ENOSYS} = constants.errno;

/** A process, held so that its number can go to no other one's place. */
export type ProcessHandle = {
	/** Sends a signal; returns errno, 0 when it was sent. */
	readonly signal: (number: number) => number;
	readonly close: () => void;
};

/**
Takes hold of a process (pidfd_open(2), Linux 5.3).

@returns The handle; an errno when there is no such process (ESRCH); undefined where the kernel has no pidfd.
*/
export const openProcess = (pid: number): ProcessHandle | {readonly errno: number} | undefined => {
	const descriptor = systemCall(pidfdOpenNumber, 'int', pid, 'uint', 0);
	if (descriptor < 0) {
		const errno = koffi.errno();
		return errno === ENOSYS ? undefined : {errno};
	}

	return {
		signal: number => systemCall(pidfdSendSignalNumber, 'int', descriptor, 'int', number, 'void *', null, 'uint', 0) < 0 ? koffi.errno() : 0,
		close() {
			closeCall(descriptor);
		},
	};
};
