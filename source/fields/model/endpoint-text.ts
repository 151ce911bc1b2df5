/** Endpoints as a row shows them. */
import {formatAddress, formatEndpoint} from '../../addresses/address.js';
import type {EndpointColumns} from './endpoint-order.js';
import type {World} from './field.js';

export const localEndpoint: EndpointColumns = {address: 'localAddress', port: 'localPort'};
export const peerEndpoint: EndpointColumns = {address: 'peerAddress', port: 'peerPort'};

/** The address of a socket of IP. */
export const addressText = ({table: {core}}: World, slot: number, {address}: EndpointColumns): string => formatAddress(core[address], slot * 16, core.family[slot]);

/** Name of the interface that a socket is bound to or that scopes its address, or its number where it has no name; undefined for none. */
export const interfaceText = ({table: {core}, interfaceName}: World, slot: number): string | undefined => {
	const index = core.interfaceIndex[slot];
	return index === 0 ? undefined : (interfaceName(index, core.namespace[slot]) ?? String(index));
};

/** Address, interface (of the local endpoint only) and port of a socket of IP, in the form of `ss`. */
export const endpointText = (world: World, slot: number, end: EndpointColumns): string =>
	formatEndpoint(addressText(world, slot, end), world.table.core[end.port][slot], end === localEndpoint ? interfaceText(world, slot) : undefined);
