/** What is told of the row under the cursor, whatever its columns are. */
import {readCell} from '../fields/model/cell.js';
import type {World} from '../fields/model/field.js';
import {isInet} from '../fields/model/named-endpoints.js';
import {findField} from '../fields/registry.js';
import type {SelectedEndpoints} from '../contract/messages.js';

const textOf = (world: World, slot: number, id: string): string => {
	const field = findField(id);
	const value = field && readCell(field, world, slot);
	return typeof value === 'string' ? value : '';
};

const endpointFilter = (world: World, slot: number, end: 'local' | 'peer'): string => {
	const port = world.table.core[`${end}Port`][slot];
	const address = textOf(world, slot, `${end}Address`);
	return port === 0 ? '' : `${end === 'local' ? 'src' : 'dst'} ${address.includes(':') ? `[${address}]` : address}:${port}`;
};

/** The endpoints of the socket of a slot. */
export const readSelected = (world: World, slot: number): SelectedEndpoints => {
	const protocol = textOf(world, slot, 'protocol');
	const parts = isInet(world, slot) ? [protocol, endpointFilter(world, slot, 'local'), endpointFilter(world, slot, 'peer')].filter(part => part !== '') : [];
	return {
		protocol, local: textOf(world, slot, 'local'), peer: textOf(world, slot, 'peer'), ...(parts.length > 1 && {filter: parts.join(' and ')}),
	};
};
