/** Names of hosts and services for the ends of sockets. */
import type {Names} from '../../names/names.js';
import {Family} from '../../addresses/family.js';
import {protocols} from '../../table/columns/protocols.js';
import {formatAddress} from '../../addresses/address.js';
import {localPortsIn} from './chosen-port.js';
import type {EndpointColumns} from './endpoint-order.js';
import type {World} from './field.js';

const mappedPrefix = '::ffff:';

/** Whether an address stands for no host: the wildcard of its family. */
const isAny = (bytes: Uint8Array, offset: number, length: number): boolean => {
	for (let place = offset; place < offset + length; place++) {
		if (bytes[place] !== 0) {
			return false;
		}
	}

	return true;
};

/** Name of the host at an end of a socket of IP. */
export const hostName = ({table: {core}}: World, slot: number, {address}: EndpointColumns, names: Names): string | undefined => {
	const family = core.family[slot];
	const bytes = core[address];
	return isAny(bytes, slot * 16, family === Family.inet6 ? 16 : 4) ? undefined : hostNameOf(formatAddress(bytes, slot * 16, family), names);
};

/** Name of the host with an address, as text. IPv4 mapped into IPv6 is the same host. */
export const hostNameOf = (address: string, names: Names): string | undefined =>
	names.host(address.startsWith(mappedPrefix) && address.includes('.') ? address.slice(mappedPrefix.length) : address);

/** Name of the service at a port of a socket of IP; none, as in `ss`, for those that the kernel chooses for clients, whatever is registered there. */
export const serviceName = (world: World, slot: number, port: number, names: Names): string | undefined => {
	const {core} = world.table;
	const protocol = protocols[core.protocol[slot]].name;
	const name = port === 0 ? undefined : names.service(port, transports[protocol] ?? protocol);
	if (name === undefined) {
		return undefined;
	}

	const {from, to} = localPortsIn(world, core.namespace[slot]);
	return port >= from && port <= to ? undefined : name;
};

const transports: Readonly<Record<string, string>> = {mptcp: 'tcp', udplite: 'udp'};
