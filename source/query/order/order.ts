import type {Field, World} from '../../fields/model/field.js';
import {compareSlots, readKeys} from '../../fields/model/order.js';
import {findField} from '../../fields/registry.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {Sort} from '../query.js';
import {createKeyBuffers, type KeyBuffers, type KeySet} from './key-buffers.js';
import {compareNumbers, type Level} from './level.js';

/** The order of sockets as it was when it was taken. */
export type RowOrder = {
	/**
	Orders sockets; good until the table changes. Total: no two are equal. By the field, absent values last in either direction; of equals by the next
	field, if there is one; then the newest first, then by local port, then by id.

	@param slots All that will be ordered. Those that were not there when the order was taken come last, each where it came first; the others stay.
	*/
	readonly levels: (slots: Uint32Array) => readonly Level[];
	/** The same without the last resorts: sockets are equal where the fields sorted by say the same of them. */
	readonly byFields: (slots: Uint32Array) => readonly Level[];
};

/** Of sockets that came late: after all others. */
const lateKey = Infinity;
/** Of sockets that do not have the field: after all that do. */
const absentKey = Number.MAX_VALUE;

/**
Takes the order of sockets by a field. What decides is read once for each socket; only the finer order among equals is read when it is needed.

An unknown field is absent everywhere.

@param sort
@param world
@param slots All that are known by now.
@param room For who takes one order after the other.
*/
export const takeOrder = (sort: Sort, world: World, slots: Uint32Array, room = createKeyBuffers()): RowOrder => {
	const {table} = world;
	const [first, ...finer] = fieldLevels(sort, world, room);
	/** The number of a socket that came late, or 0. */
	let late = new Float64Array(0);
	let lateCount = 0;
	const keys = first.column(slots);

	const admit = (present: Uint32Array): void => {
		late = resized(late, new Float64Array(Math.max(late.length, table.used)));
		const {id} = table.core;
		const newcomers = present.filter(slot => !first.isKnown(slot)).toSorted((a, b) => id[a] - id[b]);
		for (const slot of newcomers) {
			lateCount++;
			late[slot] = lateCount;
		}

		first.set(newcomers, lateKey);
	};

	const byFields = (present: Uint32Array): readonly Level[] => {
		if (present === slots) {
			return [{...first, column: () => keys}, ...finer];
		}

		admit(present);
		const passLate = late;
		return lateCount === 0
			? [first, ...finer]
			: [first, {compare: (a, b) => compareNumbers(passLate[a], passLate[b]), column: () => passLate}, ...finer];
	};

	return {byFields, levels: present => [...byFields(present), ...lastResorts(table)]};
};

type FieldLevel = Level & {
	readonly column: (slots: Uint32Array) => Float64Array;
	/** Whether the key of a socket was read or given. */
	readonly isKnown: (slot: number) => boolean;
	/** Gives sockets a key of another kind. */
	readonly set: (slots: Uint32Array, key: number) => void;
};

/** The levels of a field, and of those that decide among its equals. */
const fieldLevels = ({field: id, descending, finer: next}: Sort, world: World, room: KeyBuffers): readonly [FieldLevel, ...Level[]] => {
	const field = findField(id);
	const sign = descending ? -1 : 1;
	const keys = rememberKeys(field, sign, world, room);
	const finer = field && compareSlots(field);
	return [
		{...keys, compare: (a, b) => compareNumbers(keys.of(a), keys.of(b))},
		...finer === undefined ? [] : [{compare: (a: number, b: number) => keys.of(a) === absentKey ? 0 : finer(world, a, b) * sign}],
		...next === undefined ? [] : fieldLevels(next, world, room),
	];
};

/** Slots whose keys are worked out together: they stay in the processor's cache. */
const blockLength = 2048;

type Keys = Pick<FieldLevel, 'column' | 'isKnown' | 'set'> & {readonly of: (slot: number) => number};

/** The keys of a field, which are read when they are asked for, and remembered, so that an order that is kept does not change. */
const rememberKeys = (field: Field | undefined, factor: number, world: World, room: KeyBuffers): Keys => {
	const {table} = world;
	let set: KeySet | undefined;
	const grow = (): KeySet => {
		const {used} = table;
		set ??= room.take(table.capacity);
		if (set.ids.length < used) {
			set = {keys: resized(set.keys, new Float64Array(used)), ids: resized(set.ids, new Uint32Array(used))};
		}

		return set;
	};

	const column = (slots: Uint32Array): Float64Array => {
		const isFirst = set === undefined;
		const {keys, ids} = grow();
		const unread = isFirst ? slots : differing(slots, ids, table.core.id);
		for (let from = 0; from < unread.length; from += blockLength) {
			const block = unread.subarray(from, from + blockLength);
			if (field !== undefined) {
				readKeys(field, world, block, keys);
			}

			finishKeys(block, {
				keys, factor, ids, id: table.core.id,
			});
		}

		return keys;
	};

	const isKnown = (slot: number): boolean => set?.ids[slot] === table.core.id[slot];
	return {
		column,
		isKnown,
		of: slot => (set !== undefined && isKnown(slot) ? set.keys : column(Uint32Array.of(slot)))[slot],
		set(slots, key) {
			const {keys, ids} = grow();
			const {length} = slots;
			for (let index = 0; index < length; index++) {
				const slot = slots[index];
				keys[slot] = key;
				ids[slot] = table.core.id[slot];
			}
		},
	};
};

/** The slots at which two columns differ. */
const differing = (slots: Uint32Array, column: Uint32Array, other: Uint32Array): Uint32Array => {
	const {length} = slots;
	let first = 0;
	while (first < length && column[slots[first]] === other[slots[first]]) {
		first++;
	}

	const differ = new Uint32Array(length - first);
	let count = 0;
	for (let index = first; index < length; index++) {
		const slot = slots[index];
		if (column[slot] !== other[slot]) {
			differ[count++] = slot;
		}
	}

	return differ.subarray(0, count);
};

type Finishing = {
	readonly keys: Float64Array;
	readonly factor: number;
	/** The sockets that the keys are of, and those in the table. */
	readonly ids: Uint32Array;
	readonly id: Uint32Array;
};

/** Gives keys their direction, absent ones theirs, and notes whose they are. A loop over all sockets is a function of its own, which is compiled for itself. */
const finishKeys = (slots: Uint32Array, {keys, factor, ids, id}: Finishing): void => {
	const {length} = slots;
	for (let index = 0; index < length; index++) {
		const slot = slots[index];
		const key = keys[slot];
		keys[slot] = Number.isNaN(key) ? absentKey : key * factor;
		ids[slot] = id[slot];
	}
};

/** More than any id. */
const idRange = 2 ** 32;

/** What decides where the fields say the same: the newest first, then by local port, then by id. They do not change, and are read each time. */
const lastResorts = ({core, used}: SocketTable): readonly Level[] => {
	const {openedAt, localPort, id} = core;
	const endOf = (slot: number): number => localPort[slot] * idRange + id[slot];
	let times: Float64Array | undefined;
	let ends: Float64Array | undefined;
	return [
		{
			compare: (a, b) => compareNumbers(openedAt[b], openedAt[a]),
			column(slots) {
				times ??= new Float64Array(used);
				const {length} = slots;
				for (let index = 0; index < length; index++) {
					const slot = slots[index];
					times[slot] = -openedAt[slot];
				}

				return times;
			},
		},
		{
			compare: (a, b) => compareNumbers(endOf(a), endOf(b)),
			column(slots) {
				ends ??= new Float64Array(used);
				const {length} = slots;
				for (let index = 0; index < length; index++) {
					const slot = slots[index];
					ends[slot] = localPort[slot] * idRange + id[slot];
				}

				return ends;
			},
		},
	];
};

/** A longer array with what a shorter one holds. */
const resized = <Column extends Float64Array | Uint32Array>(column: Column, longer: Column): Column => {
	longer.set(column);
	return longer;
};
