import {formatAddress} from '../../../addresses/address.js';
import type {Prefix} from '../../../addresses/prefix.js';
import {parseWhole} from './numbers.js';

/** What one endpoint of a connection is compared with. Missing parts match anything. */
export type Host = {
	readonly prefix?: Prefix;
	/** Name of the interface that the socket is bound to or that scopes its address. */
	readonly interface?: string;
	readonly port?: number;
};

/** The parts of a host as typed. `port` is what follows the last colon. What follows the slash is a `length` if it is digits, otherwise a `mask`. */
export type HostParts = {
	readonly address: string;
	readonly zone: string | undefined;
	readonly length: number | undefined;
	readonly mask?: string;
	readonly port: string | undefined;
};

const inBrackets = /^\[(?<address>[^%\/\]]+)(?:%(?<innerZone>[^%\/:\]]+))?(?:\/(?<innerBits>\d[\d.a-fx]*|[\da-f]*:[\d:a-f]*))?\](?:%(?<zone>[^%\/:]+))?(?:\/(?<bits>\d[\d.a-fx]*|[\da-f]*:[\d:a-f]*))?(?::(?<port>[^:]+))?$/iv;
const withTwoColons = /^(?<address>[^%\/:\[\]]*:[^%\/:\[\]]*:[^%\/\[\]]*)(?:%(?<zone>[^%\/:]+))?(?:\/(?<bits>\d[\d.a-fx]*|[\da-f]*:[\d:a-f]*))?$/iv;
const withoutColon = /^(?<address>[^%\/:]*)(?:%(?<zone>[^%\/:]+))?(?:\/(?<bits>\d[\d.a-fx]*))?(?::(?<port>[^:]+))?$/iv;

/** Longer than any address with zone, length and port. */
const maxHostLength = 100;

/** Splits `10.0.0.0/8:80`, `[::1]%lo:80`, `*:80`, `:80`, `fe80::1%eth0`; undefined for any other form. */
export const splitHost = (text: string): HostParts | undefined => {
	if (text.length > maxHostLength) {
		return undefined;
	}

	const groups = (inBrackets.exec(text) ?? withTwoColons.exec(text) ?? withoutColon.exec(text))?.groups;
	if (groups === undefined) {
		return undefined;
	}

	const bits = groups.bits ?? groups.innerBits;
	const length = bits === undefined ? undefined : parseWhole(bits);
	return {
		address: groups.address,
		zone: groups.zone ?? groups.innerZone,
		length,
		...(bits !== undefined && length === undefined && {mask: bits}),
		port: groups.port,
	};
};

/** Formats a host so that it parses to the same host. */
export const formatHost = ({prefix, interface: interfaceName, port}: Host): string => {
	const address = prefix === undefined ? '*' : formatAddress(Uint8Array.from(prefix.bytes), 0, prefix.family);
	const isBracketed = port !== undefined && address.includes(':');
	const length = prefix === undefined || prefix.length === prefix.bytes.length * 8 ? '' : `/${prefix.length}`;
	const zone = interfaceName === undefined ? '' : `%${interfaceName}`;
	return `${isBracketed ? `[${address}]` : address}${zone}${length}${port === undefined ? '' : `:${port}`}`;
};
