/** Host and service names for the endpoints of sockets. */
import type {Names} from '../../names/names.js';
import {Family} from '../../addresses/family.js';
import {protocols} from '../../table/columns/protocols.js';
import {formatAddress} from '../../addresses/address.js';
import {localPortsIn} from './chosen-port.js';
import type {EndpointColumns} from './endpoint-order.js';
import type {FieldContext} from './field.js';

const mappedPrefix = '::ffff:';

/** Whether an address is the wildcard of its family, which names no host. */
const isAny = (bytes: Uint8Array, offset: number, length: number): boolean => {
	for (let index = offset; index < offset + length; index++) {
		if (bytes[index] !== 0) {
			return false;
		}
	}

	return true;
};

/** Returns the host name of an endpoint of an IP socket. */
export const hostName = ({table: {core}}: FieldContext, slot: number, {address}: EndpointColumns, names: Names): string | undefined => {
	const family = core.family[slot];
	const bytes = core[address];
	return isAny(bytes, slot * 16, family === Family.inet6 ? 16 : 4) ? undefined : hostNameOf(formatAddress(bytes, slot * 16, family), names);
};

/** Returns the host name of an address, as text. An IPv4-mapped IPv6 address has the name of the IPv4 address. */
export const hostNameOf = (address: string, names: Names): string | undefined =>
	names.host(address.startsWith(mappedPrefix) && address.includes('.') ? address.slice(mappedPrefix.length) : address);

/**
Returns the service name of a port of an IP socket. Like `ss`, returns none for ports that the kernel chooses for clients, even if a service is registered for
them.
*/
export const serviceName = (context: FieldContext, slot: number, port: number, names: Names): string | undefined => {
	const {core} = context.table;
	const protocol = protocols[core.protocol[slot]].name;
	const name = port === 0 ? undefined : names.service(port, transports[protocol] ?? protocol);
	if (name === undefined) {
		return undefined;
	}

	const {from, to} = localPortsIn(context, core.namespace[slot]);
	return port >= from && port <= to ? undefined : name;
};

const transports: Readonly<Record<string, string>> = {mptcp: 'tcp', udplite: 'udp'};
