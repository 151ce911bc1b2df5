/** Address prefixes: `10.0.0.0/8`. */
import {formatAddress, parseAddress} from './address.js';
import {Family, type FamilyNumber} from './family.js';
import {isMapped, mappedOffset} from './mapped.js';

/**
The first `length` bits of an address. `bytes` has 4 or 16 bytes in network byte order; the remaining bits are 0. An IPv4 prefix also covers IPv4-mapped IPv6
addresses.
*/
export type Prefix = {
	readonly family: FamilyNumber;
	readonly bytes: readonly number[];
	readonly length: number;
};

const shortIpv4 = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){0,3}\.?$/v;

/**
Parses an address, or the first numbers of an IPv4 address: `10.1` is 10.1.0.0/16. Returns undefined for anything else.

@param length Bits, at most `bitsOf(address)`. Default: all bits that were given.
*/
export const parsePrefix = (address: string, length?: number): Prefix | undefined => {
	if (shortIpv4.test(address)) {
		const octets = address.split('.').filter(octet => octet !== '').map(Number);
		return octets.some(octet => octet > 255)
			? undefined
			: createPrefix(Family.inet, [...octets, 0, 0, 0].slice(0, 4), length ?? octets.length * 8);
	}

	const bytes = parseIpv6(address);
	if (bytes === undefined) {
		return undefined;
	}

	return isMapped(Uint8Array.from(bytes), 0) && (length ?? 128) >= mappedOffset * 8
		? createPrefix(Family.inet, bytes.slice(mappedOffset), (length ?? 128) - mappedOffset * 8)
		: createPrefix(Family.inet6, bytes, length ?? 128);
};

/** The maximum prefix length for an address, in bits: 128 if it is written as IPv6, else 32. */
export const bitsOf = (address: string): number => address.includes(':') ? 128 : 32;

const dottedMask = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){1,3}$/v;

/** A parsed dotted text after a slash: its length in bits, or no length if it is not a netmask because a set bit follows a cleared one. */
export type Netmask = {readonly length: number} | {readonly length: undefined; readonly isInverted: boolean};

/**
Parses an IPv4 netmask. As in `ss`, missing numbers are 0: `255.0` is 255.0.0.0.

@returns Undefined if the text is not dotted numbers up to 255. `isInverted` is set for an inverted netmask, as in Cisco's access lists (`0.0.0.255`).
*/
export const parseNetmask = (text: string): Netmask | undefined => {
	const octets = text.split('.').map(Number);
	if (!dottedMask.test(text) || octets.some(octet => octet > 255)) {
		return undefined;
	}

	const bits = [...octets, 0, 0, 0].slice(0, 4).map(octet => octet.toString(2).padStart(8, '0')).join('');
	return /^1*0*$/v.test(bits) ? {length: bits.lastIndexOf('1') + 1} : {length: undefined, isInverted: /^0+1+$/v.test(bits)};
};

const parseIpv6 = (text: string): readonly number[] | undefined => {
	const bytes = new Uint8Array(16);
	return parseAddress(text, bytes, 0) === Family.inet6 ? [...bytes] : undefined;
};

const createPrefix = (family: FamilyNumber, bytes: readonly number[], length: number): Prefix =>
	({family, length, bytes: bytes.map((byte, index) => byte & maskAt(index, length))});

/** The bits of byte `index` that belong to a prefix of `length` bits. */
export const maskAt = (index: number, length: number): number => (0xFF_00 >> Math.min(8, Math.max(0, length - index * 8))) & 0xFF;

/** Rewrites a complete IPv6 address in its canonical form. Returns undefined for anything else. */
export const canonicalIpv6 = (text: string): string | undefined => {
	const bytes = parseIpv6(text);
	return bytes && formatAddress(Uint8Array.from(bytes), 0, Family.inet6);
};
