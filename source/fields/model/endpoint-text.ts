/** Endpoints as the table shows them. */
import {formatAddress, formatEndpoint} from '../../addresses/address.js';
import type {EndpointColumns} from './endpoint-order.js';
import type {FieldContext} from './field.js';

export const localEndpoint: EndpointColumns = {address: 'localAddress', port: 'localPort'};
export const peerEndpoint: EndpointColumns = {address: 'peerAddress', port: 'peerPort'};

/** Formats an address of an IP socket. */
export const addressText = ({table: {core}}: FieldContext, slot: number, {address}: EndpointColumns): string => formatAddress(core[address], slot * 16, core.family[slot]);

/**
Returns the name of the interface that a socket is bound to or that scopes its address, or its index if it has no name; undefined if there is no interface.
*/
export const interfaceText = ({table: {core}, interfaceName}: FieldContext, slot: number): string | undefined => {
	const index = core.interfaceIndex[slot];
	return index === 0 ? undefined : (interfaceName(index, core.namespace[slot]) ?? String(index));
};

/** Formats address, interface (local endpoint only) and port of an IP socket, as `ss` does. */
export const endpointText = (context: FieldContext, slot: number, end: EndpointColumns): string =>
	formatEndpoint(addressText(context, slot, end), context.table.core[end.port][slot], end === localEndpoint ? interfaceText(context, slot) : undefined);
