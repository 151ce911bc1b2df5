import {readFileSync} from 'node:fs';

/** TCP connections that the kernel has aborted so far in a network namespace. */
export type AbortCounts = {
	/** Those that were established or in CLOSE-WAIT, whatever the cause: a reset by either side, or a timeout (`EstabResets`). */
	readonly aborts: number;
	/** Those whose peer was silent for too long, in any state (`TCPAbortOnTimeout`). */
	readonly timeouts: number;
};

/**
Reads the files of the network namespace that this process is in which have the counts. Every sample does, and few need them: they are parsed when they are needed.

@returns Undefined where they cannot be read.
*/
export const readAbortFiles = (): string | undefined => {
	try {
		return readFileSync('/proc/net/snmp', 'latin1') + readFileSync('/proc/net/netstat', 'latin1');
	} catch {
		return undefined;
	}
};

/** The value of a counter. Each group has two lines with the same first word: the names, then the values. */
const counterOf = (lines: readonly string[], group: string, name: string): number => {
	const [names = '', values = ''] = lines.filter(line => line.startsWith(group));
	const index = names.split(' ').indexOf(name);
	return Number(index === -1 ? NaN : values.split(' ')[index]);
};

/**
Finds the counts in the texts of these files (`net/ipv4/proc.c`).

@returns Undefined where the kernel does not count.
*/
export const parseAbortCounts = (text: string): AbortCounts | undefined => {
	const lines = text.split('\n');
	const counts = {aborts: counterOf(lines, 'Tcp: ', 'EstabResets'), timeouts: counterOf(lines, 'TcpExt: ', 'TCPAbortOnTimeout')};
	return Number.isNaN(counts.aborts + counts.timeouts) ? undefined : counts;
};
