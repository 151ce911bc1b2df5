import type {Field, World} from '../../source/fields/model/field.js';
import {readKeys} from '../../source/fields/model/order.js';

/** The primary sort key of one socket for a field. */
export const sortKey = (field: Field) => (world: World, slot: number): number => {
	const keys = new Float64Array(world.table.used);
	readKeys(field, world, Uint32Array.of(slot), keys);
	return keys[slot];
};
