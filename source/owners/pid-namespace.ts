import {readlinkSync} from 'node:fs';

/** The initial PID namespace (PROC_PID_INIT_INO, `linux/proc_ns.h`). */
const machineNamespace = 'pid:[4026531836]';

/**
Whether /proc shows only the processes of a nested PID namespace, as in a container. Processes outside it may hold sockets, and no privilege makes them visible.
Returns false if that cannot be determined.

@param readLink Reads a symbolic link; passed in by tests.
*/
export const isProcessViewConfined = (readLink: (path: string) => string = readlinkSync): boolean => {
	// Process 1 is in the namespace that /proc was mounted for. This program may be in a namespace below.
	for (const pid of ['1', 'self']) {
		try {
			return readLink(`/proc/${pid}/ns/pid`) !== machineNamespace;
		} catch {
			// Not readable: try the other one.
		}
	}

	return false;
};

/** Explains in the status line why sockets have no owner. */
export const outsideSentence = (count: number): string => count === 1
	? 'the owner of 1 socket is outside this PID namespace (--pid=host shows it)'
	: `owners of ${count} sockets are outside this PID namespace (--pid=host shows them)`;
