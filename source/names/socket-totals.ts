import {readFileSync} from 'node:fs';

export type CountedProtocol = 'tcp' | 'udp';

const readFiles = (): string => readFileSync('/proc/net/sockstat', 'utf8') + readFileSync('/proc/net/sockstat6', 'utf8');

/**
How many sockets of IPv4 and IPv6 the network namespace of this process has, by the kernel's count (proc(5), /proc/net/sockstat): those in TIME-WAIT are
in it, those in SYN-RECV are not. Undefined where it does not say.
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
