import {readFileSync} from 'node:fs';

const rangeFile = '/proc/sys/net/ipv4/ip_local_port_range';

/** The range of ephemeral ports, from which the kernel picks local ports. Both bounds are included. */
export type LocalPorts = {readonly from: number; readonly to: number};

/** The default range of Linux. */
export const usualLocalPorts: LocalPorts = {from: 32_768, to: 60_999};

/** Reads the range of the calling thread's network namespace (ip(7)). Returns undefined if it cannot be read. */
export const readLocalPorts = (read: () => string = () => readFileSync(rangeFile, 'utf8')): LocalPorts | undefined => {
	try {
		const [from, to] = read().trim().split(/\s+/v).map(Number);
		return from > 0 && to >= from ? {from, to} : undefined;
	} catch {
		return undefined;
	}
};

/** Milliseconds between two reads of the file. */
const checkInterval = 1000;

/** Like `readLocalPorts`, for frequent calls: reads the file at most once per second. */
export const createLocalPorts = (read: () => LocalPorts | undefined = readLocalPorts, now = () => performance.now()): (() => LocalPorts | undefined) => {
	let ports: LocalPorts | undefined;
	let readAt = -Infinity;
	return () => {
		if (now() - readAt >= checkInterval) {
			readAt = now();
			ports = read();
		}

		return ports;
	};
};
