import {readFileSync} from 'node:fs';

const rangeFile = '/proc/sys/net/ipv4/ip_local_port_range';

/** The local ports that the kernel chooses from when a program does not care, both included. */
export type LocalPorts = {readonly from: number; readonly to: number};

/** Those of Linux, unless an administrator says otherwise. */
export const usualLocalPorts: LocalPorts = {from: 32_768, to: 60_999};

/** Those of the network namespace of the calling thread (ip(7)); undefined where it does not say. */
export const readLocalPorts = (read: () => string = () => readFileSync(rangeFile, 'utf8')): LocalPorts | undefined => {
	try {
		const [from, to] = read().trim().split(/\s+/v).map(Number);
		return from > 0 && to >= from ? {from, to} : undefined;
	} catch {
		return undefined;
	}
};

/** Milliseconds between two looks at the file. */
const checkInterval = 1000;

/** The same for who asks often: it is read once a second at most. */
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
