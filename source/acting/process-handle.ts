/**
System calls that signal exactly one process: a pidfd always refers to the same process, whereas a pid may be reused.
*/
import {constants} from 'node:os';
import {koffi} from '../system/koffi.js';

/** System call numbers, the same on all architectures that Node.js supports (`asm-generic/unistd.h`). */
const pidfdSendSignalNumber = 424;
const pidfdOpenNumber = 434;

const libc = koffi.load(null);
// Not all versions of glibc and musl have wrappers for these calls.
const systemCall = libc.func('long syscall(long number, ...)') as (number: number, ...args: unknown[]) => number;
const closeCall = libc.func('int close(int fd)');

const {ENOSYS} = constants.errno;

/** A handle that always refers to the same process. */
export type ProcessHandle = {
	/** Sends a signal. Returns the errno, 0 on success. */
	readonly signal: (number: number) => number;
	readonly close: () => void;
};

/**
Opens a process (pidfd_open(2), Linux 5.3).

@returns The handle; an errno if there is no such process (ESRCH); undefined if the kernel has no pidfds.
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
