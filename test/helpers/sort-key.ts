import type {Field, FieldContext} from '../../source/fields/model/field.js';
import {readKeys} from '../../source/fields/model/order.js';

/** The primary sort key of one socket for a field. */
export const sortKey = (field: Field) => (context: FieldContext, slot: number): number => {
	const keys = new Float64Array(context.table.used);
	readKeys(field, context, Uint32Array.of(slot), keys);
	return keys[slot];
};
