import type {Names} from '../../names/names.js';
import {formatEndpoint, shortenEndpoint, wholeEndpointWidth} from '../../addresses/address.js';
import {cutMiddle} from '../../text/width.js';
import {hostName, serviceName} from '../model/endpoint-names.js';
import {addressOrder, endpointOrder, type EndpointColumns} from '../model/endpoint-order.js';
import {
	addressText,
	endpointText,
	interfaceText,
	localEndpoint,
	peerEndpoint,
} from '../model/endpoint-text.js';
import type {FieldRecord, FieldContext} from '../model/field.js';
import {
	isInet,
	namedEndpointText,
	readName,
	withNames,
	type NameColumn,
} from '../model/named-endpoints.js';

/** The address of an endpoint, or its name if it is not an IP address. */
const addressOrName = (end: EndpointColumns, name: NameColumn) => (context: FieldContext, slot: number): string | undefined =>
	isInet(context, slot) ? addressText(context, slot, end) : readName(context, slot, name);

const localAddress = addressOrName(localEndpoint, 'localName');
const peerAddress = addressOrName(peerEndpoint, 'peerName');

const portOf = ({port}: EndpointColumns) => (context: FieldContext, slot: number): number | undefined => isInet(context, slot) ? context.table.core[port][slot] : undefined;

const hasPeer = (context: FieldContext, slot: number): boolean => {
	const {core} = context.table;
	return (isInet(context, slot) ? core.peerPort[slot] : core.peerName[slot] + core.peerInode[slot]) !== 0;
};

const formatPort = (port: number): string => port === 0 ? '*' : String(port);

/** The longest endpoint: an IPv6 address in brackets, an interface and a port. */
const maxEndpointWidth = 2 + 39 + 1 + 15 + 1 + 5;

/** Formats an endpoint with host and service names. */
const namedEndpoint = (end: EndpointColumns, interfaceOf: typeof interfaceText) => (context: FieldContext, slot: number, names: Names): string | undefined => {
	if (!isInet(context, slot)) {
		return undefined;
	}

	const port = context.table.core[end.port][slot];
	const host = hostName(context, slot, end, names);
	const service = serviceName(context, slot, port, names);
	return host === undefined && service === undefined
		? undefined
		: formatEndpoint(host ?? addressText(context, slot, end), service ?? port, interfaceOf(context, slot));
};

const namedPort = (end: EndpointColumns) => (context: FieldContext, slot: number, names: Names): string | undefined =>
	isInet(context, slot) ? serviceName(context, slot, context.table.core[end.port][slot], names) : undefined;

const namedAddress = (end: EndpointColumns) => (context: FieldContext, slot: number, names: Names): string | undefined =>
	isInet(context, slot) ? hostName(context, slot, end, names) : undefined;

/** The two endpoints of a socket. */
export const endpointFields: readonly FieldRecord[] = [
	{
		id: 'local',
		kind: 'text',
		title: 'Local',
		meaning: 'Local address and port, and the interface if the socket is bound to one; other families have their own names (UNIX: path and inode).',
		width: {min: 15, max: maxEndpointWidth},
		importance: 95,
		aliases: ['src'],
		ss: 'Local Address:Port',
		read: (context, slot) => isInet(context, slot)
			? endpointText(context, slot, localEndpoint)
			: namedEndpointText(context, slot, 'localName'),
		named: namedEndpoint(localEndpoint, interfaceText),
		shorten: shortenEndpoint,
		wholeWidth: wholeEndpointWidth,
		isEndpoint: true,
		order: withNames(endpointOrder(localEndpoint), (context, slot) => namedEndpointText(context, slot, 'localName')),
	},
	{
		id: 'peer',
		kind: 'text',
		title: 'Peer',
		meaning: 'Peer address and port; a wildcard if there is no peer. UNIX: name (which only the peer\'s socket knows) and inode.',
		width: {min: 15, max: maxEndpointWidth},
		importance: 92,
		aliases: ['dst', 'remote'],
		ss: 'Peer Address:Port',
		read: (context, slot) => isInet(context, slot)
			? endpointText(context, slot, peerEndpoint)
			: namedEndpointText(context, slot, 'peerName'),
		named: namedEndpoint(peerEndpoint, () => undefined),
		tone: (_, context, slot) => hasPeer(context, slot) ? undefined : 'dim',
		shorten: shortenEndpoint,
		wholeWidth: wholeEndpointWidth,
		isEndpoint: true,
		order: withNames(endpointOrder(peerEndpoint), (context, slot) => namedEndpointText(context, slot, 'peerName')),
	},
	{
		id: 'localAddress',
		kind: 'text',
		title: 'Local address',
		meaning: 'Local address; in families without IP addresses, the local name (path, protocol, …).',
		width: {min: 15, max: 39},
		aliases: ['laddr', 'saddr'],
		ss: 'Local Address',
		read: localAddress,
		named: namedAddress(localEndpoint),
		tone: () => 'address',
		shorten: cutMiddle,
		wholeWidth: wholeEndpointWidth,
		order: withNames(addressOrder(localEndpoint), localAddress),
	},
	{
		id: 'localPort',
		kind: 'number',
		unit: 'none',
		title: 'Sport',
		meaning: 'Local port.',
		width: {min: 5, max: 5},
		descending: false,
		aliases: ['sport', 'lport'],
		ss: 'sport',
		read: portOf(localEndpoint),
		named: namedPort(localEndpoint),
		tone: () => 'port',
		format: formatPort,
	},
	{
		id: 'peerAddress',
		kind: 'text',
		title: 'Peer address',
		meaning: 'Peer address; a wildcard if there is no peer.',
		width: {min: 15, max: 39},
		aliases: ['raddr', 'daddr', 'remoteAddress'],
		ss: 'Peer Address',
		read: peerAddress,
		named: namedAddress(peerEndpoint),
		tone: (_, context, slot) => hasPeer(context, slot) ? 'address' : 'dim',
		shorten: cutMiddle,
		wholeWidth: wholeEndpointWidth,
		order: withNames(addressOrder(peerEndpoint), peerAddress),
	},
	{
		id: 'peerPort',
		kind: 'number',
		unit: 'none',
		title: 'Dport',
		meaning: 'Peer port; 0, shown as *, if there is no peer.',
		width: {min: 5, max: 5},
		descending: false,
		aliases: ['dport', 'rport', 'remotePort'],
		ss: 'dport',
		read: portOf(peerEndpoint),
		named: namedPort(peerEndpoint),
		tone: port => port === 0 ? 'dim' : 'port',
		format: formatPort,
	},
	{
		id: 'interface',
		kind: 'text',
		title: 'Iface',
		meaning: 'Interface that the socket is bound to or that scopes its address.',
		width: {min: 5, max: 15},
		aliases: ['dev', 'iface'],
		ss: 'dev',
		read: interfaceText,
	},
	{
		id: 'interfaceIndex',
		kind: 'number',
		unit: 'none',
		title: 'Ifindex',
		meaning: 'Index of the interface that the socket is bound to or that scopes its address.',
		width: {min: 7, max: 10},
		descending: false,
		aliases: ['ifindex'],
		zeroIsNone: true,
		read: ({table: {core}}, slot) => core.interfaceIndex[slot] === 0 ? undefined : core.interfaceIndex[slot],
	},
];
