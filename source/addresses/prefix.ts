/** Parts of the address space: `10.0.0.0/8`. */
import {formatAddress, parseAddress} from './address.js';
import {Family, type FamilyNumber} from './family.js';
import {isMapped, mappedOffset} from './mapped.js';

/**
The first `length` bits of an address; in `bytes`, 4 or 16 in network order, the others are 0. A prefix of IPv4 covers the addresses that are mapped
into IPv6, too.
*/
export type Prefix = {
	readonly family: FamilyNumber;
	readonly bytes: readonly number[];
	readonly length: number;
};

const shortIpv4 = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){0,3}\.?$/v;

/**
Reads an address, or the first numbers of an IPv4 address: `10.1` is 10.1.0.0/16. Undefined for anything else.

@param address
@param length Bits that count, at most `bitsOf` the address; all that were typed when left out.
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

/** How long a prefix can be at most, by the way its address is written. */
export const bitsOf = (address: string): number => address.includes(':') ? 128 : 32;

const dottedMask = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){1,3}$/v;

/** What a dotted text after a slash says: a length in bits, or that its bits are no netmask: set ones do not all come first. */
export type Netmask = {readonly length: number} | {readonly length: undefined; readonly isInverted: boolean};

/**
Reads a netmask of IPv4. As in `ss`, numbers that are left out are 0: `255.0` is 255.0.0.0.

@returns Undefined for what is not dotted numbers up to 255. `isInverted`: it is the opposite of a netmask, as Cisco's access lists have it (`0.0.0.255`).
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

/** The bits that count in a byte of a prefix. */
export const maskAt = (index: number, length: number): number => (0xFF_00 >> Math.min(8, Math.max(0, length - index * 8))) & 0xFF;

/** The canonical text of a complete IPv6 address, or undefined for anything else. */
export const canonicalIpv6 = (text: string): string | undefined => {
	const bytes = parseIpv6(text);
	return bytes && formatAddress(Uint8Array.from(bytes), 0, Family.inet6);
};
