/** Names for networks of peers, used instead of addresses. */
import {Family} from '../addresses/family.js';
import {isMapped, mappedOffset} from '../addresses/mapped.js';
import {maskAt, parsePrefix, type Prefix} from '../addresses/prefix.js';

/** A name and its networks. */
export type NamedNetworks = {readonly name: string; readonly prefixes: readonly Prefix[]};

const networks = (name: string, texts: ReadonlyArray<readonly [address: string, length: number]>): NamedNetworks => ({
	name, prefixes: texts.map(([address, length]) => parsePrefix(address, length)).filter(prefix => prefix !== undefined),
});

/** The built-in groups. Groups of the settings file take precedence, and may have the same names. */
const builtIn: readonly NamedNetworks[] = [
	networks('loopback', [['127.0.0.0', 8], ['::1', 128]]),
	networks('private', [
		['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['169.254.0.0', 16], ['100.64.0.0', 10], ['fc00::', 7], ['fe80::', 10],
	]),
	networks('public', [['0.0.0.0', 0], ['::', 0]]),
];

const doesContain = ({bytes, length}: Prefix, addresses: Uint8Array, offset: number): boolean => {
	for (let index = 0; index * 8 < length; index++) {
		if ((addresses[offset + index] & maskAt(index, length)) !== bytes[index]) {
			return false;
		}
	}

	return true;
};

/**
Returns a function that maps an address to the name of the smallest network that contains it.

@param named The groups of the settings file.
*/
export const createPeerGroups = (named: readonly NamedNetworks[]): ((addresses: Uint8Array, offset: number, family: number) => string) => {
	const flat = (groups: readonly NamedNetworks[]) => groups.flatMap(({name, prefixes}) => prefixes.map(prefix => ({name, prefix})))
		.toSorted((a, b) => b.prefix.length - a.prefix.length);
	const all = [...flat(named), ...flat(builtIn)];
	const ipv4 = all.filter(({prefix}) => prefix.family === Family.inet);
	const ipv6 = all.filter(({prefix}) => prefix.family === Family.inet6);
	return (addresses, offset, family) => {
		const isIpv4 = family !== Family.inet6 || isMapped(addresses, offset);
		const at = family === Family.inet6 && isIpv4 ? offset + mappedOffset : offset;
		return (isIpv4 ? ipv4 : ipv6).find(({prefix}) => doesContain(prefix, addresses, at))?.name ?? 'public';
	};
};
