import {
	cutEnd,
	cutMiddle,
	cutStart,
	ellipsis,
	textWidth,
} from '../text/width.js';
import {Family, type FamilyNumber} from './family.js';

/**
Formats the address at `offset`, in network byte order: IPv4 in dotted form, IPv6 as in RFC 5952, an IPv4-mapped IPv6 address as `::ffff:1.2.3.4`. Any family
other than `Family.inet6` is treated as IPv4.
*/
export const formatAddress = (bytes: Uint8Array, offset: number, family: number): string =>
	family === Family.inet6 ? formatIpv6(bytes, offset) : formatIpv4(bytes, offset);

const formatIpv4 = (bytes: Uint8Array, offset: number): string =>
	`${bytes[offset]}.${bytes[offset + 1]}.${bytes[offset + 2]}.${bytes[offset + 3]}`;

const groupAt = (bytes: Uint8Array, offset: number, group: number): number => (bytes[offset + group * 2] << 8) | bytes[offset + group * 2 + 1];

const formatIpv6 = (bytes: Uint8Array, offset: number): string => {
	// "::" replaces the longest run of zero groups, the first if several are equally long, but never a single group (RFC 5952, 4.2).
	let runStart = -1;
	let runLength = 1;
	let zeroes = 0;
	for (let group = 0; group < 8; group++) {
		zeroes = groupAt(bytes, offset, group) === 0 ? zeroes + 1 : 0;
		if (zeroes > runLength) {
			runLength = zeroes;
			runStart = group - zeroes + 1;
		}
	}

	if (runStart === 0 && runLength === 5 && groupAt(bytes, offset, 5) === 0xFF_FF) {
		return `::ffff:${formatIpv4(bytes, offset + 12)}`;
	}

	let text = '';
	let separator = '';
	for (let group = 0; group < 8; group++) {
		if (group === runStart) {
			text += '::';
			separator = '';
			group += runLength - 1;
		} else {
			text += separator + formatGroup(bytes, offset + group * 2);
			separator = ':';
		}
	}

	return text;
};

const hexBytes = Array.from({length: 256}, (_, byte) => byte.toString(16));
const paddedHexBytes = hexBytes.map(digits => digits.padStart(2, '0'));

const formatGroup = (bytes: Uint8Array, offset: number): string =>
	bytes[offset] === 0 ? hexBytes[bytes[offset + 1]] : hexBytes[bytes[offset]] + paddedHexBytes[bytes[offset + 1]];

const dot = 0x2E;
const colon = 0x3A;

/** Value of the hexadecimal digit at an index, or -1. */
const hexDigitAt = (text: string, index: number): number => {
	// eslint-disable-next-line unicorn/prefer-code-point -- Faster, and NaN past the end; only ASCII matters.
	const code = text.charCodeAt(index);
	if (code >= 0x30 && code <= 0x39) {
		return code - 0x30;
	}

	const letter = code | 0x20;
	return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};

/**
Parses an address and writes it into `bytes` at `offset`, in network byte order: 4 bytes for IPv4, 16 for IPv6. Accepts what `formatAddress`, `ss` and
inet_pton(3) have in common: four decimal numbers without leading zeroes, or groups of up to four hexadecimal digits with at most one `::` and optionally
an IPv4 address at the end. Does not accept brackets, a zone or a prefix length.

@returns The family, or undefined if the text is not an address; then nothing is written.
*/
export const parseAddress = (text: string, bytes: Uint8Array, offset: number): FamilyNumber | undefined => {
	if (text.includes(':')) {
		return isIpv6Written(text, bytes, offset) ? Family.inet6 : undefined;
	}

	const address = parseIpv4(text, 0);
	if (address === -1) {
		return undefined;
	}

	writeNumber(bytes, offset, address);
	return Family.inet;
};

/** Parses the IPv4 address from `start` to the end of a text into 32 bits, or -1. */
const parseIpv4 = (text: string, start: number): number => {
	let address = 0;
	let part = -1;
	let parts = 0;
	for (let index = start; index <= text.length; index++) {
		// eslint-disable-next-line unicorn/prefer-code-point -- As above.
		const code = index === text.length ? dot : text.charCodeAt(index);
		if (code === dot) {
			if (part === -1 || parts === 4) {
				return -1;
			}

			address = address * 256 + part;
			parts++;
			part = -1;
		} else if (part !== 0 && code >= 0x30 && code <= 0x39) {
			part = (part === -1 ? 0 : part * 10) + code - 0x30;
			if (part > 255) {
				return -1;
			}
		} else {
			return -1;
		}
	}

	return parts === 4 ? address : -1;
};

const writeNumber = (bytes: Uint8Array, offset: number, address: number): void => {
	bytes[offset] = address >>> 24;
	bytes[offset + 1] = address >>> 16;
	bytes[offset + 2] = address >>> 8;
	bytes[offset + 3] = address;
};

const scratch = new Uint8Array(16);

/** Parses an IPv6 address and writes it. Returns whether the text was an address. */
const isIpv6Written = (text: string, bytes: Uint8Array, offset: number): boolean => {
	let written = 0;
	/** Byte offset of "::", or -1 if there is none so far. */
	let gap = -1;
	let index = 0;
	if (text.startsWith('::')) {
		gap = 0;
		index = 2;
	}

	while (index < text.length) {
		const start = index;
		let group = 0;
		for (let digit = hexDigitAt(text, index); digit !== -1; digit = hexDigitAt(text, ++index)) {
			group = group * 16 + digit;
		}

		// eslint-disable-next-line unicorn/prefer-code-point -- As above.
		const next = text.charCodeAt(index);
		if (next === dot) {
			const address = written > 12 ? -1 : parseIpv4(text, start);
			if (address === -1) {
				return false;
			}

			writeNumber(scratch, written, address);
			written += 4;
			break;
		}

		if (index === start || index - start > 4 || written > 14) {
			return false;
		}

		scratch[written++] = group >>> 8;
		scratch[written++] = group;
		if (index === text.length) {
			break;
		}

		if (next !== colon) {
			return false;
		}

		index++;
		// eslint-disable-next-line unicorn/prefer-code-point -- As above.
		if (text.charCodeAt(index) === colon) {
			if (gap !== -1) {
				return false;
			}

			gap = written;
			index++;
		} else if (index === text.length) {
			return false;
		}
	}

	// "::" may replace a single group: RFC 5952, 4.2.2 forbids to write that, but inet_pton(3) accepts it.
	if (gap === -1 ? written !== 16 : written > 14) {
		return false;
	}

	const head = gap === -1 ? 16 : gap;
	writeGroups(bytes, offset, head, written - head);
	return true;
};

/** Copies `scratch` to the address: `head` bytes at its start, `tail` bytes at its end, zeroes between. */
const writeGroups = (bytes: Uint8Array, offset: number, head: number, tail: number): void => {
	for (let index = 0; index < 16; index++) {
		bytes[offset + index] = index < head ? scratch[index] : (index < 16 - tail ? 0 : scratch[index - 16 + head + tail]);
	}
};

/**
Formats an endpoint as `ss` does: `127.0.0.1:80`, `[::1]:80`, `[fe80::1]%eth0:80`, with `*` for port 0.

@param address An address without brackets, or a host name.
@param port A port, 0 for any, or a service name.
@param interfaceName The interface that the socket is bound to, or the scope of its address.
*/
export const formatEndpoint = (address: string, port: number | string, interfaceName?: string): string => {
	const host = address.includes(':') ? `[${address}]` : address;
	return `${host}${interfaceName === undefined ? '' : `%${interfaceName}`}:${port === 0 ? '*' : port}`;
};

/** `[::ffff:1.2.3.4]` with an optional scope. */
const mappedPattern = /^\[::ffff:(?<ipv4>[\d.]+)\](?<scope>.*)$/v;

/** An IPv4 address with an optional scope. */
const ipv4Pattern = /^(?<ipv4>\d+\.\d+\.\d+\.\d+)(?<scope>%.*)?$/v;

/** Names that are not an IP address and port: paths with an inode, names of other families. */
const otherName = /[ \/@]/v;

/** Cuts an address that is wider than `width`: an IPv4-mapped address at its start, the interface of an IPv4 address first, any other in the middle. */
const shortenAddress = (address: string, width: number): string => {
	const mapped = mappedPattern.exec(address)?.groups;
	if (mapped?.ipv4 !== undefined) {
		return withScope(ellipsis + mapped.ipv4, width, mapped.scope) ?? cutStart(ellipsis + mapped.ipv4, width);
	}

	const {ipv4, scope} = ipv4Pattern.exec(address)?.groups ?? {};
	return (ipv4 === undefined ? undefined : withScope(ipv4, width, scope)) ?? cutMiddle(address, width);
};

/** An address and as much of its interface as there is room for; undefined where the address does not fit. */
const withScope = (address: string, width: number, scope = ''): string | undefined => {
	const room = width - textWidth(address);
	return room < Math.min(1, scope.length) ? undefined : address + cutEnd(scope, room);
};

const portOf = (text: string): string => {
	const portAt = text.lastIndexOf(':');
	return portAt === -1 ? '' : text.slice(portAt);
};

/** `[2001:db8::1]`, and what follows. */
const bracketed = /^(?<address>\[[^\]]*\])(?<scope>.*)$/v;

/**
An endpoint that is at most `width` columns wide. If it is wider, the middle of its address is replaced by `…` (of `[::ffff:1.2.3.4]`, all before the
IPv4 address; of an IPv4 address, the interface first); the port stays whole as long as the colon, the port and the `…` fit. Other names keep their end: paths.

@param addressWidth Columns that an IPv6 address with its brackets may take, whatever room there is: so it looks the same in each row and column.
*/
export const shortenEndpoint = (text: string, width: number, addressWidth = Infinity): string => {
	if (otherName.test(text)) {
		return cutStart(text, width);
	}

	const port = portOf(text);
	const host = text.slice(0, text.length - port.length);
	const {address, scope} = bracketed.exec(host)?.groups ?? {};
	const {ipv4} = mappedPattern.exec(address ?? '')?.groups ?? {};
	const maxWidth = Math.max(addressWidth, ipv4 === undefined ? 0 : ipv4.length + 1);
	const shaped = address !== undefined && textWidth(address) > maxWidth ? shortenAddress(address, maxWidth) + (scope ?? '') : host;
	if (textWidth(shaped) + textWidth(port) <= width) {
		return shaped + port;
	}

	return width < textWidth(port) + textWidth(ellipsis) ? cutEnd(text, width) : shortenAddress(shaped, width - textWidth(port)) + port;
};

/** Columns that an endpoint, or an address, needs so that its IPv4 address and its port are whole; 0 where it has none. */
export const wholeEndpointWidth = (text: string): number => {
	const endpoint = /^(?:(?<plain>\d+\.\d+\.\d+\.\d+)|\[?::ffff:(?<mapped>\d+\.\d+\.\d+\.\d+)\]?)(?<scope>%[^:]*)?(?<port>:[^:]*)?$/v.exec(text)?.groups;
	if (endpoint === undefined) {
		return 0;
	}

	const {plain, mapped = '', scope, port = ''} = endpoint;
	return (plain?.length ?? mapped.length + 1) + port.length + (scope === undefined ? 0 : 1);
};
