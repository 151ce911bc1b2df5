import {Family} from '../addresses/family.js';
import {formatAddress, parseAddress} from '../addresses/address.js';
import {followFile, systemFile, type FileAccess} from './followed-file.js';

/** More lines than this are not kept: lists that block half of the world have hundreds of thousands, and all of one address. */
const mostHosts = 50_000;

type Options = {
	/** In the format of hosts(5). */
	readonly file?: FileAccess;
	/** A clock in milliseconds. */
	readonly now?: () => number;
};

/** Names that /etc/hosts has for addresses, as conntop writes them. */
export const createHostsFile = ({file = systemFile('/etc/hosts'), now = () => performance.now()}: Options = {}): ((address: string) => string | undefined) => {
	const names = followFile(file, parseHosts, now);
	return address => names().get(address);
};

/** Reads lines of hosts(5): an address, its name, other names. The first name of an address counts, as for getnameinfo(3); what is no such line is skipped. */
export const parseHosts = (text: string): ReadonlyMap<string, string> => {
	const names = new Map<string, string>();
	for (const line of text.split('\n')) {
		const [written, name = ''] = line.split('#', 1)[0].trim().split(/\s+/v, 2);
		const address = name === '' ? undefined : normalize(written);
		if (address !== undefined && !names.has(address) && names.size < mostHosts) {
			names.set(address, name);
		}
	}

	return names;
};

/** An address as conntop writes it: there are many ways to write one of IPv6. */
const normalize = (text: string): string | undefined => {
	const bytes = new Uint8Array(16);
	const family = parseAddress(text, bytes, 0);
	return family === Family.inet || family === Family.inet6 ? formatAddress(bytes, 0, family) : undefined;
};
