import type {Domain} from '../../../table/columns/protocols.js';
import {netlinkProtocolNames} from '../../../text/netlink-names.js';
import {parseWhole} from './numbers.js';

/**
One endpoint that is not an IP address, in the syntax of `ss`. Missing parts match anything.

`unix`: `name` is a shell pattern for the path or the abstract name (`@…`). `link` (packet sockets): the number of the protocol, and the interface by name or
index. `netlink`: the name of the protocol, and the port. `vsock`: context id and port.
*/
export type NamedHost = {
	readonly domain: NamedDomain;
	readonly name?: string;
	readonly port?: string;
};

export const namedDomains = ['unix', 'link', 'netlink', 'vsock'] as const;

export type NamedDomain = (typeof namedDomains)[number];

/** Returns the table's name for the domain of an endpoint. */
export const domainOf = ({domain}: NamedHost): Domain => domain === 'link' ? 'packet' : domain;

/** Numbers of link-layer protocols by name: `linux/if_ether.h`, named as in `ss` (iproute2's lib/ll_proto.c). */
const linkProtocols: Readonly<Record<string, number>> = {
	loop: 0x00_60,
	ip: 0x08_00,
	ipv4: 0x08_00,
	x25: 0x08_05,
	arp: 0x08_06,
	rarp: 0x80_35,
	aarp: 0x80_F3,
	'802.1q': 0x81_00,
	ipx: 0x81_37,
	ipv6: 0x86_DD,
	mpls_uc: 0x88_47,
	mpls_mc: 0x88_48,
	ppp_disc: 0x88_63,
	ppp_ses: 0x88_64,
	'802.1ad': 0x88_A8,
	lldp: 0x88_CC,
	profinet: 0x88_92,
	all: 0x00_03,
};

const readWhole = (text: string, max: number): string | undefined => {
	const number = parseWhole(text) ?? Infinity;
	return number <= max ? String(number) : undefined;
};

const maxU32 = 0xFF_FF_FF_FF;

/** Parsers of the parts before and after the colon; they return undefined for invalid values. */
const readers: Readonly<Record<Exclude<NamedDomain, 'unix'>, {
	readonly name: (text: string) => string | undefined;
	readonly port: (text: string) => string | undefined;
	/** A valid example, for messages. */
	readonly example: string;
}>> = {
	link: {
		name: text => readWhole(text, 0xFF_FF) ?? (Object.hasOwn(linkProtocols, text.toLowerCase()) ? String(linkProtocols[text.toLowerCase()]) : undefined),
		port: text => text,
		example: 'link:ip:eth0',
	},
	netlink: {
		name(text) {
			const number = readWhole(text, 0xFF);
			return number === undefined ? netlinkProtocolNames.find(name => name === text.toLowerCase()) : netlinkProtocolNames[Number(number)] ?? number;
		},
		port: text => text.toLowerCase() === 'kernel' ? '0' : readWhole(text, maxU32),
		example: 'netlink:rtnl:kernel',
	},
	vsock: {
		name: text => readWhole(text, maxU32),
		port: text => readWhole(text, maxU32),
		example: 'vsock:2:1024',
	},
};

/** Returns an example of an endpoint in a domain, for messages. */
export const exampleOfNamed = (domain: NamedDomain): string => domain === 'unix' ? 'unix:/run/*' : readers[domain].example;

const isAny = (text: string): boolean => text === '' || text === '*';

/**
Parses what follows `unix:`, `link:`, `netlink:` or `vsock:`; undefined if it is not such an endpoint.

@param isPort Whether a single part is the port, as after `sport`.
*/
export const parseNamedHost = (domain: NamedDomain, text: string, isPort = false): NamedHost | undefined => {
	if (domain === 'unix') {
		return {domain, name: text};
	}

	const colon = text.lastIndexOf(':');
	const hasPort = isPort || colon !== -1;
	const nameText = colon === -1 ? (isPort ? '' : text) : text.slice(0, colon);
	const portText = hasPort ? text.slice(colon + 1) : '';
	const reader = readers[domain];
	const name = isAny(nameText) ? undefined : reader.name(nameText);
	const port = isAny(portText) ? undefined : reader.port(portText);
	const isWrong = (name === undefined && !isAny(nameText)) || (port === undefined && !isAny(portText));
	return isWrong ? undefined : {domain, ...(name !== undefined && {name}), ...(port !== undefined && {port})};
};

/** Formats an endpoint so that it parses to the same endpoint. */
export const formatNamedHost = ({domain, name, port}: NamedHost): string =>
	domain === 'unix' ? `unix:${name}` : `${domain}:${name ?? '*'}${port === undefined ? '' : `:${port}`}`;

const familyPrefix = /^(?<family>inet6?|unix|link|netlink|vsock):(?<rest>.*)$/isv;

/** Splits off the family that may come before an endpoint, as in ss. */
export const splitFamily = (text: string): {readonly family?: 'inet' | 'inet6' | NamedDomain; readonly rest: string} => {
	const groups = familyPrefix.exec(text)?.groups;
	return groups === undefined ? {rest: text} : {family: groups.family.toLowerCase() as 'inet' | 'inet6' | NamedDomain, rest: groups.rest};
};

/** Whether a family's endpoints are not IP addresses. */
export const isNamedDomain = (family: string | undefined): family is NamedDomain => (namedDomains as ReadonlyArray<string | undefined>).includes(family);
