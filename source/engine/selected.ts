/** Describes the row under the cursor, independent of the columns shown. */
import {readCell} from '../fields/model/cell.js';
import type {FieldContext} from '../fields/model/field.js';
import {isInet} from '../fields/model/named-endpoints.js';
import {findField} from '../fields/registry.js';
import type {SelectedEndpoints} from '../contract/messages.js';

const textOf = (context: FieldContext, slot: number, id: string): string => {
	const field = findField(id);
	const value = field && readCell(field, context, slot);
	return typeof value === 'string' ? value : '';
};

const endpointFilter = (context: FieldContext, slot: number, end: 'local' | 'peer'): string => {
	const port = context.table.core[`${end}Port`][slot];
	const address = textOf(context, slot, `${end}Address`);
	return port === 0 ? '' : `${end === 'local' ? 'src' : 'dst'} ${address.includes(':') ? `[${address}]` : address}:${port}`;
};

/** The endpoints of the socket of a slot. */
export const readSelected = (context: FieldContext, slot: number): SelectedEndpoints => {
	const protocol = textOf(context, slot, 'protocol');
	const parts = isInet(context, slot) ? [protocol, endpointFilter(context, slot, 'local'), endpointFilter(context, slot, 'peer')].filter(part => part !== '') : [];
	return {
		protocol, local: textOf(context, slot, 'local'), peer: textOf(context, slot, 'peer'), ...(parts.length > 1 && {filter: parts.join(' and ')}),
	};
};
