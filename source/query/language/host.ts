import {formatAddress} from '../../addresses/address.js';
import type {Prefix} from '../../addresses/prefix.js';

/** What one end of a connection may be compared with. What is left out may be anything. */
export type Host = {
	readonly prefix?: Prefix;
	/** Name of the interface that the socket is bound to or that scopes its address. */
	readonly interface?: string;
	readonly port?: number;
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

/** Writes a host so that it is read as the same host. */
export const formatHost = ({prefix, interface: interfaceName, port}: Host): string => {
	const address = prefix === undefined ? '*' : formatAddress(Uint8Array.from(prefix.bytes), 0, prefix.family);
	const isBracketed = port !== undefined && address.includes(':');
	const length = prefix === undefined || prefix.length === prefix.bytes.length * 8 ? '' : `/${prefix.length}`;
	const zone = interfaceName === undefined ? '' : `%${interfaceName}`;
	return `${isBracketed ? `[${address}]` : address}${zone}${length}${port === undefined ? '' : `:${port}`}`;
};
