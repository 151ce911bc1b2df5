import ipaddr from 'ipaddr.js';
import {formatAddress} from '../../addresses/address.js';
import {Family, type FamilyNumber} from '../../table/protocols.js';

/** What one end of a connection may be compared with. What is left out may be anything. */
export type Host = {
	readonly prefix?: Prefix;
	/** Name of the interface that the socket is bound to or that scopes its address. */
	readonly interface?: string;
	readonly port?: number;
};

/**
The first `length` bits of an address; in `bytes`, 4 or 16 in network order, the others are 0. A prefix of IPv4 covers the addresses that are mapped
into IPv6, too.
*/
export type Prefix = {
	readonly family: FamilyNumber;
	readonly bytes: readonly number[];
	readonly length: number;
};

/** A host as it was typed, in its parts. `port` is what follows the last colon. */
export type HostParts = {
	readonly address: string;
	readonly zone: string | undefined;
	readonly length: number | undefined;
	readonly port: string | undefined;
};

const inBrackets = /^\[(?<address>[^%\/\]]+)(?:%(?<innerZone>[^%\/:\]]+))?(?:\/(?<innerLength>\d+))?\](?:%(?<zone>[^%\/:]+))?(?:\/(?<length>\d+))?(?::(?<port>[^:]+))?$/v;
const withTwoColons = /^(?<address>[^%\/:\[\]]*:[^%\/:\[\]]*:[^%\/\[\]]*)(?:%(?<zone>[^%\/:]+))?(?:\/(?<length>\d+))?$/v;
const withoutColon = /^(?<address>[^%\/:]*)(?:%(?<zone>[^%\/:]+))?(?:\/(?<length>\d+))?(?::(?<port>[^:]+))?$/v;

/** Longer than any address with zone, length and port. */
const longestHost = 100;

/** Takes apart `10.0.0.0/8:80`, `[::1]%lo:80`, `*:80`, `:80`, `fe80::1%eth0`; undefined for what has no such form. */
export const splitHost = (text: string): HostParts | undefined => {
	if (text.length > longestHost) {
		return undefined;
	}

	const groups = (inBrackets.exec(text) ?? withTwoColons.exec(text) ?? withoutColon.exec(text))?.groups;
	if (groups === undefined) {
		return undefined;
	}

	const length = groups.length ?? groups.innerLength;
	return {
		address: groups.address,
		zone: groups.zone ?? groups.innerZone,
		length: length === undefined ? undefined : Number(length),
		port: groups.port,
	};
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

	const isMapped = bytes.slice(0, 12).every((byte, index) => byte === (index < 10 ? 0 : 0xFF));
	return isMapped && (length ?? 128) >= 96
		? createPrefix(Family.inet, bytes.slice(12), (length ?? 128) - 96)
		: createPrefix(Family.inet6, bytes, length ?? 128);
};

/** How long a prefix can be at most, by the way its address is written. */
export const bitsOf = (address: string): number => address.includes(':') ? 128 : 32;

const parseIpv6 = (text: string): readonly number[] | undefined =>
	text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text).toByteArray() : undefined;

const createPrefix = (family: FamilyNumber, bytes: readonly number[], length: number): Prefix =>
	({family, length, bytes: bytes.map((byte, index) => byte & maskAt(index, length))});

/** The bits that count in a byte of a prefix. */
export const maskAt = (index: number, length: number): number => (0xFF_00 >> Math.min(8, Math.max(0, length - index * 8))) & 0xFF;

/** The canonical text of a complete IPv6 address, or undefined for anything else. */
export const canonicalIpv6 = (text: string): string | undefined => {
	const bytes = text.length > longestHost ? undefined : parseIpv6(text);
	return bytes && formatAddress(Uint8Array.from(bytes), 0, Family.inet6);
};

/** Writes a host so that it is read as the same host. */
export const formatHost = ({prefix, interface: interfaceName, port}: Host): string => {
	const address = prefix === undefined ? '*' : formatAddress(Uint8Array.from(prefix.bytes), 0, prefix.family);
	const isBracketed = port !== undefined && address.includes(':');
	const length = prefix === undefined || prefix.length === prefix.bytes.length * 8 ? '' : `/${prefix.length}`;
	const zone = interfaceName === undefined ? '' : `%${interfaceName}`;
	return `${isBracketed ? `[${address}]` : address}${zone}${length}${port === undefined ? '' : `:${port}`}`;
};
