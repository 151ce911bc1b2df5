import {readFileSync} from 'node:fs';

const rangeFile = '/proc/sys/net/ipv4/ip_local_port_range';

/** The local ports that the kernel chooses from in this network namespace (ip(7)), both included; Linux's own where it does not say. */
export const readLocalPorts = (read: () => string = () => readFileSync(rangeFile, 'utf8')): {readonly from: number; readonly to: number} => {
	try {
		const [from, to] = read().trim().split(/\s+/v).map(Number);
		return from > 0 && to >= from ? {from, to} : defaultRange;
	} catch {
		return defaultRange;
	}
};

const defaultRange = {from: 32_768, to: 60_999};
