import {Family} from '../addresses/family.js';
import {formatAddress, parseAddress} from '../addresses/address.js';
import {followFile, systemFile, type FileAccess} from './followed-file.js';

/** Limit of names. Block lists have hundreds of thousands of lines, though mostly for one address. */
const maximumHosts = 50_000;

type Options = {
	/** A file in the format of hosts(5). */
	readonly file?: FileAccess;
	/** A clock in milliseconds. */
	readonly now?: () => number;
};

/** Looks up host names by address in /etc/hosts. Addresses are in conntop's canonical form. */
export const createHostsFile = ({file = systemFile('/etc/hosts'), now = () => performance.now()}: Options = {}): ((address: string) => string | undefined) => {
	const names = followFile(file, parseHosts, now);
	return address => names().get(address);
};

/** Parses lines of hosts(5): an address, its name, aliases. The first name of an address wins, as in getnameinfo(3). Invalid lines are skipped. */
export const parseHosts = (text: string): ReadonlyMap<string, string> => {
	const names = new Map<string, string>();
	for (const line of text.split('\n')) {
		const [written, name = ''] = line.split('#', 1)[0].trim().split(/\s+/v, 2);
		const address = name === '' ? undefined : normalize(written);
		if (address !== undefined && !names.has(address) && names.size < maximumHosts) {
			names.set(address, name);
		}
	}

	return names;
};

/** Rewrites an address in canonical form, because IPv6 addresses can be written in many ways. Returns undefined if it is not an address. */
const normalize = (text: string): string | undefined => {
	const bytes = new Uint8Array(16);
	const family = parseAddress(text, bytes, 0);
	return family === Family.inet || family === Family.inet6 ? formatAddress(bytes, 0, family) : undefined;
};
