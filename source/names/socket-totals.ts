import {readFileSync} from 'node:fs';

export type CountedProtocol = 'tcp' | 'udp';

const readFiles = (): string => readFileSync('/proc/net/sockstat', 'utf8') + readFileSync('/proc/net/sockstat6', 'utf8');

/**
Reads the kernel's counts of IPv4 and IPv6 sockets in the network namespace of this process (proc(5), /proc/net/sockstat). They include sockets in TIME-WAIT, but
not those in SYN-RECV. Returns undefined if the files cannot be read.
*/
export const readSocketTotals = (read: () => string = readFiles): Readonly<Record<CountedProtocol, number>> | undefined => {
	try {
		const text = read();
		const numberOf = (pattern: RegExp): number => Number(pattern.exec(text)?.groups?.count ?? 0);
		return {
			tcp: numberOf(/^TCP: inuse (?<count>\d+)/mv) + numberOf(/^TCP: .* tw (?<count>\d+)/mv) + numberOf(/^TCP6: inuse (?<count>\d+)/mv),
			udp: numberOf(/^UDP: inuse (?<count>\d+)/mv) + numberOf(/^UDP6: inuse (?<count>\d+)/mv),
		};
	} catch {
		return undefined;
	}
};
