import type {Domain} from '../../../table/columns/protocols.js';
import {netlinkProtocolNames} from '../../../text/netlink-names.js';
import {parseWhole} from './numbers.js';

/**
One end of a socket that is no address of IP, as `ss` asks for it. What is left out may be anything.

`unix`: `name` is a pattern of the shell for the path or the abstract name (`@…`). `link` (packet sockets): the number of the protocol, and the interface,
by name or index. `netlink`: the name of the protocol, and the port. `vsock`: context id and port.
*/
export type NamedHost = {
	readonly domain: NamedDomain;
	readonly name?: string;
	readonly port?: string;
};

export const namedDomains = ['unix', 'link', 'netlink', 'vsock'] as const;

export type NamedDomain = (typeof namedDomains)[number];

/** What the table calls the domain of an end. */
export const domainOf = ({domain}: NamedHost): Domain => domain === 'link' ? 'packet' : domain;

/** Numbers of protocols over a link by name: `linux/if_ether.h`, in the words of `ss` (iproute2's lib/ll_proto.c). */
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

const readWhole = (text: string, most: number): string | undefined => {
	const number = parseWhole(text) ?? Infinity;
	return number <= most ? String(number) : undefined;
};

const largestU32 = 0xFF_FF_FF_FF;

/** How the parts before and after the colon are read; undefined for what cannot be. */
const readers: Readonly<Record<Exclude<NamedDomain, 'unix'>, {
	readonly name: (text: string) => string | undefined;
	readonly port: (text: string) => string | undefined;
	/** What is wanted, for a message. */
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
		port: text => text.toLowerCase() === 'kernel' ? '0' : readWhole(text, largestU32),
		example: 'netlink:rtnl:kernel',
	},
	vsock: {
		name: text => readWhole(text, largestU32),
		port: text => readWhole(text, largestU32),
		example: 'vsock:2:1024',
	},
};

/** An example of an end in a domain, for messages. */
export const exampleOfNamed = (domain: NamedDomain): string => domain === 'unix' ? 'unix:/run/*' : readers[domain].example;

const isAny = (text: string): boolean => text === '' || text === '*';

/**
Reads what stands after `unix:`, `link:`, `netlink:` or `vsock:`; undefined for what is no such end.

@param domain
@param text
@param isPort Whether a part alone is the port, as after `sport`.
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

/** Writes an end so that it is read as the same end. */
export const formatNamedHost = ({domain, name, port}: NamedHost): string =>
	domain === 'unix' ? `unix:${name}` : `${domain}:${name ?? '*'}${port === undefined ? '' : `:${port}`}`;

const familyPrefix = /^(?<family>inet6?|unix|link|netlink|vsock):(?<rest>.*)$/isv;

/** The family that ss lets one put before an end, and what follows. */
export const splitFamily = (text: string): {readonly family?: 'inet' | 'inet6' | NamedDomain; readonly rest: string} => {
	const groups = familyPrefix.exec(text)?.groups;
	return groups === undefined ? {rest: text} : {family: groups.family.toLowerCase() as 'inet' | 'inet6' | NamedDomain, rest: groups.rest};
};

/** One of the families whose ends are no addresses. */
export const isNamedDomain = (family: string | undefined): family is NamedDomain => (namedDomains as ReadonlyArray<string | undefined>).includes(family);
