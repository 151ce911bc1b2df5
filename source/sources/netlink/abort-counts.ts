import {readFileSync} from 'node:fs';

/** Numbers of TCP connections that the kernel has aborted so far in a network namespace. */
export type AbortCounts = {
	/** Connections in ESTABLISHED or CLOSE-WAIT, whatever the cause: a reset by either side, or a timeout (`EstabResets`). */
	readonly aborts: number;
	/** Connections in any state whose peer did not answer for too long (`TCPAbortOnTimeout`). */
	readonly timeouts: number;
};

/**
Reads the files with the counts, in the network namespace of this process. Every sample reads them, but few need the counts, so parsing is left for later.

@returns Undefined if they cannot be read.
*/
export const readAbortFiles = (): string | undefined => {
	try {
		return readFileSync('/proc/net/snmp', 'utf8') + readFileSync('/proc/net/netstat', 'utf8');
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
Parses the counts from the text of these files (`net/ipv4/proc.c`).

@returns Undefined if the kernel does not count.
*/
export const parseAbortCounts = (text: string): AbortCounts | undefined => {
	const lines = text.split('\n');
	const counts = {aborts: counterOf(lines, 'Tcp: ', 'EstabResets'), timeouts: counterOf(lines, 'TcpExt: ', 'TCPAbortOnTimeout')};
	return Number.isNaN(counts.aborts + counts.timeouts) ? undefined : counts;
};
