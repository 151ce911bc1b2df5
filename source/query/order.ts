import type {World} from '../fields/field.js';
import {compareSlots, sortKey} from '../fields/order.js';
import {findField} from '../fields/registry.js';
import type {Sort} from './query.js';

/** The order of sockets as it was when it was taken. */
export type RowOrder = {
	/**
	Total: no two sockets are equal. By the field, absent values last in either direction; of equals the newest first, then by local port, then by id.
	*/
	readonly compare: (a: number, b: number) => number;
	/** Takes in sockets that were not there when the order was taken: they come last, each where it came first. The others stay where they were. */
	readonly admit: (slots: Uint32Array) => void;
};

/**
Takes the order of sockets by a field. What decides is read once for each socket; only the finer order among equals is read when it is needed.

An unknown field is absent everywhere.
*/
export const takeOrder = ({field: id, descending}: Sort, world: World, slots: Uint32Array): RowOrder => {
	const {table} = world;
	const field = findField(id);
	const finer = field && compareSlots(field);
	const sign = descending ? -1 : 1;
	/** Absent is infinite. */
	let keys = new Float64Array(table.used);
	/** The socket that was in the slot. */
	let ids = new Uint32Array(table.used);
	/** The number of a socket that came late, or 0. */
	let late = new Uint32Array(0);
	let lateCount = 0;

	const keyOf = field && sortKey(field);
	for (const slot of slots) {
		const key = keyOf === undefined ? NaN : keyOf(world, slot);
		keys[slot] = Number.isNaN(key) ? Infinity : key * sign;
		ids[slot] = table.core.id[slot];
	}

	const compareEqual = (a: number, b: number): number => {
		if (finer !== undefined && keys[a] !== Infinity) {
			const order = finer(world, a, b);
			if (order !== 0) {
				return order * sign;
			}
		}

		const {openedAt, localPort, id: idColumn} = table.core;
		if (openedAt[a] !== openedAt[b]) {
			return openedAt[b] - openedAt[a];
		}

		return localPort[a] === localPort[b] ? idColumn[a] - idColumn[b] : localPort[a] - localPort[b];
	};

	const compare = (a: number, b: number): number => {
		if (lateCount > 0 && late[a] !== late[b]) {
			return late[a] - late[b];
		}

		const keyA = keys[a];
		const keyB = keys[b];
		return keyA < keyB ? -1 : (keyA > keyB ? 1 : compareEqual(a, b));
	};

	const admit = (present: Uint32Array): void => {
		keys = resized(keys, Float64Array, table.used);
		ids = resized(ids, Uint32Array, table.used);
		late = resized(late, Uint32Array, table.used);
		const {id: idColumn} = table.core;
		const newcomers = present.filter(slot => ids[slot] !== idColumn[slot]).toSorted((a, b) => idColumn[a] - idColumn[b]);
		for (const slot of newcomers) {
			ids[slot] = idColumn[slot];
			lateCount++;
			late[slot] = lateCount;
		}
	};

	return {compare, admit};
};

/** The same array, or a longer copy. */
const resized = <Numbers extends Float64Array | Uint32Array>(array: Numbers, Type: new (length: number) => Numbers, length: number): Numbers => {
	if (array.length >= length) {
		return array;
	}

	const longer = new Type(length);
	longer.set(array);
	return longer;
};
