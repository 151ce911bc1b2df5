import type {World} from '../fields/field.js';
import {compareSlots, sortKey} from '../fields/order.js';
import {findField} from '../fields/registry.js';
import type {Sort} from './query.js';

/** The order of sockets as it was when it was taken. */
export type RowOrder = {
	/**
	Compares sockets; good until the table changes. Total: no two are equal. By the field, absent values last in either direction; of equals by the next
	field, if there is one; then the newest first, then by local port, then by id.

	@param slots All that will be compared. Those that were not there when the order was taken come last, each where it came first; the others stay.
	*/
	readonly comparator: (slots: Uint32Array) => (a: number, b: number) => number;
	/** The same without the last resorts: sockets are equal where the fields sorted by say the same of them. */
	readonly byFields: (slots: Uint32Array) => (a: number, b: number) => number;
};

/**
Takes the order of sockets by a field. What decides is read once for each socket; only the finer order among equals is read when it is needed.

An unknown field is absent everywhere.
*/
export const takeOrder = ({field: id, descending, finer: next}: Sort, world: World, slots: Uint32Array): RowOrder => {
	const {table} = world;
	const field = findField(id);
	const finer = field && compareSlots(field);
	const sign = descending ? -1 : 1;
	const compareNext = next && compareBy(next, world);
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

	const compareFiner = (a: number, b: number): number => {
		if (finer !== undefined && keys[a] !== Infinity) {
			const order = finer(world, a, b);
			if (order !== 0) {
				return order * sign;
			}
		}

		return compareNext?.(a, b) ?? 0;
	};

	/** By the keys, and where they are equal as told. */
	const withKeys = (present: Uint32Array, compareEqual: (a: number, b: number) => number): ((a: number, b: number) => number) => {
		if (present !== slots) {
			admit(present);
		}

		const [passKeys, passLate] = [keys, late];
		const compareKeys = (a: number, b: number): number => passKeys[a] < passKeys[b] ? -1 : (passKeys[a] > passKeys[b] ? 1 : compareEqual(a, b));
		return lateCount === 0 ? compareKeys : (a, b) => passLate[a] === passLate[b] ? compareKeys(a, b) : passLate[a] - passLate[b];
	};

	const comparator = (present: Uint32Array): ((a: number, b: number) => number) => {
		const {openedAt, localPort, id: idColumn} = table.core;
		return withKeys(present, (a, b) => {
			const order = compareFiner(a, b);
			if (order !== 0) {
				return order;
			}

			if (openedAt[a] !== openedAt[b]) {
				return openedAt[b] - openedAt[a];
			}

			return localPort[a] === localPort[b] ? idColumn[a] - idColumn[b] : localPort[a] - localPort[b];
		});
	};

	return {comparator, byFields: present => withKeys(present, compareFiner)};
};

/**
Compares sockets by a field, absent values last, and by the next one where they are equal. For those that are equal by the first field: what decides is
read when it is asked for, and remembered, so that an order that is kept does not change.
*/
const compareBy = ({field: id, descending, finer: finest}: Sort, world: World): ((a: number, b: number) => number) => {
	const field = findField(id);
	const next = finest === undefined ? () => 0 : compareBy(finest, world);
	if (field === undefined) {
		return next;
	}

	const keyOf = sortKey(field);
	const finer = compareSlots(field);
	const sign = descending ? -1 : 1;
	/** NaN is not read yet. */
	const keys = new Float64Array(world.table.used).fill(NaN);
	const signedKey = (slot: number): number => {
		if (Number.isNaN(keys[slot])) {
			const key = keyOf(world, slot);
			keys[slot] = Number.isNaN(key) ? Infinity : key * sign;
		}

		return keys[slot];
	};

	return (a, b) => {
		const [keyA, keyB] = [signedKey(a), signedKey(b)];
		if (keyA !== keyB) {
			return keyA < keyB ? -1 : 1;
		}

		const order = keyA === Infinity ? 0 : (finer?.(world, a, b) ?? 0) * sign;
		return order === 0 ? next(a, b) : order;
	};
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
