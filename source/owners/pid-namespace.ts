import {readlinkSync} from 'node:fs';

/** What the kernel calls the PID namespace of the machine (PROC_PID_INIT_INO, `linux/proc_ns.h`). */
const machineNamespace = 'pid:[4026531836]';

/**
Whether /proc shows the processes of one PID namespace of several, as in a container: those outside of it may hold sockets, and cannot be seen however privileged
this program is. False where that cannot be told.

@param readLink Reads a symbolic link; another one in tests.
*/
export const isProcessViewConfined = (readLink: (path: string) => string = readlinkSync): boolean => {
	// The first process is in the namespace that /proc was mounted for; this program may be in another one below.
	for (const pid of ['1', 'self']) {
		try {
			return readLink(`/proc/${pid}/ns/pid`) !== machineNamespace;
		} catch {
			// Not for us to know.
		}
	}

	return false;
};

/** Why sockets have no owner that can be found: a sentence for the status line. */
export const outsideSentence = (count: number): string => count === 1
	? 'the owner of 1 socket is outside this PID namespace (--pid=host shows it)'
	: `owners of ${count} sockets are outside this PID namespace (--pid=host shows them)`;
