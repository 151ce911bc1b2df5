import type {Field, FieldContext} from '../../fields/model/field.js';
import {compareSlots, readKeys} from '../../fields/model/order.js';
import {findField} from '../../fields/registry.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {Sort} from '../query.js';
import {resized} from '../../table/columns/resized.js';
import {createKeyBuffers, type KeyBuffers, type KeySet} from './key-buffers.js';
import {compareNumbers, type Level} from './level.js';

/** An order of sockets, as of the time it was taken. */
export type RowOrder = {
	/**
	Returns the levels of the order, valid until the table changes. The order is total. It sorts by the field, absent values last in both directions; equal
	sockets by the next field, if there is one; then the newest first, by local port, and by id.

	@param slots All slots that will be sorted. Sockets that were not there when the order was taken come last, in the order in which they appeared; the others
	stay in place.
	*/
	readonly levels: (slots: Uint32Array) => readonly Level[];
	/** The levels without the tie-breakers: sockets are equal if all fields sorted by are equal. */
	readonly byFields: (slots: Uint32Array) => readonly Level[];
	/** Takes the same order of other slots. Keys that are known are not read again, so the table must not have changed, and `levels` must have had no late sockets. */
	readonly of: (slots: Uint32Array) => RowOrder;
};

/** Key of sockets that were not there when the order was taken: after all others. */
const lateKey = Infinity;
/** Key of sockets without the field: after all that have it. */
const absentKey = Number.MAX_VALUE;

/**
Takes the order of sockets by a field. The keys are read once for each socket; the comparison among equal keys reads fields only when needed.

An unknown field is absent everywhere.

@param slots All known slots.
@param buffers Memory to reuse, for callers that take one order after the other.
*/
export const takeOrder = (sort: Sort, context: FieldContext, slots: Uint32Array, buffers = createKeyBuffers()): RowOrder =>
	orderOf(slots, context.table, {byFields: fieldLevels(sort, context, buffers), ties: tieBreakers(context.table, buffers)});

type Levels = {readonly byFields: readonly [FieldLevel, ...Level[]]; readonly ties: readonly Level[]};

/** Takes the order of these slots by levels whose keys may be known already. */
const orderOf = (slots: Uint32Array, table: SocketTable, all: Levels): RowOrder => {
	const [first, ...finer] = all.byFields;
	/** By slot: the sequence number of a late socket, or 0. */
	let late = new Float64Array(0);
	let lateCount = 0;
	const keys = first.column(slots);

	const addLate = (present: Uint32Array): void => {
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

		addLate(present);
		const lateNumbers = late;
		return lateCount === 0
			? [first, ...finer]
			: [first, {compare: (a, b) => compareNumbers(lateNumbers[a], lateNumbers[b]), column: () => lateNumbers}, ...finer];
	};

	return {byFields, levels: present => [...byFields(present), ...all.ties], of: others => orderOf(others, table, all)};
};

type FieldLevel = Level & {
	readonly column: (slots: Uint32Array) => Float64Array;
	/** Whether the key of a socket was read or set. */
	readonly isKnown: (slot: number) => boolean;
	/** Sets the key of sockets. */
	readonly set: (slots: Uint32Array, key: number) => void;
};

/** The levels of a field, and of the fields that order its equal values. */
const fieldLevels = ({field: id, descending, finer: next}: Sort, context: FieldContext, buffers: KeyBuffers): readonly [FieldLevel, ...Level[]] => {
	const field = findField(id);
	const sign = descending ? -1 : 1;
	const keys = createKeys(field, sign, context, buffers);
	const finer = field && compareSlots(field);
	return [
		{...keys, compare: (a, b) => compareNumbers(keys.of(a), keys.of(b))},
		...finer === undefined ? [] : [{compare: (a: number, b: number) => keys.of(a) === absentKey ? 0 : finer(context, a, b) * sign}],
		...next === undefined ? [] : fieldLevels(next, context, buffers),
	];
};

/** Number of slots whose keys are read together, so that they stay in the processor's cache. */
const blockLength = 2048;

type Keys = Pick<FieldLevel, 'column' | 'isKnown' | 'set'> & {readonly of: (slot: number) => number};

/** The keys of a field. They are read when needed and kept, so that a frozen order does not change. */
const createKeys = (field: Field | undefined, factor: number, context: FieldContext, buffers: KeyBuffers): Keys => {
	const {table} = context;
	let set: KeySet | undefined;
	const grow = (): KeySet => {
		const {used} = table;
		set ??= buffers.take(table.capacity);
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
				readKeys(field, context, block, keys);
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

/** Returns the slots at which two columns differ. */
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
	/** The ids of the sockets that the keys belong to, and of those in the table. */
	readonly ids: Uint32Array;
	readonly id: Uint32Array;
};

/**
Applies the direction to keys, replaces absent ones, and records which sockets they belong to. It is a function of its own so that V8 compiles this loop over
all sockets separately.
*/
const finishKeys = (slots: Uint32Array, {keys, factor, ids, id}: Finishing): void => {
	const {length} = slots;
	for (let index = 0; index < length; index++) {
		const slot = slots[index];
		const key = keys[slot];
		keys[slot] = Number.isNaN(key) ? absentKey : key * factor;
		ids[slot] = id[slot];
	}
};

/** One more than the largest id. */
const idRange = 2 ** 32;

/** The tie-breakers: the newest first, then by local port, then by id. They never change, so they are read each time. */
const tieBreakers = (table: SocketTable, buffers: KeyBuffers): readonly Level[] => {
	const portAndId = (slot: number): number => table.core.localPort[slot] * idRange + table.core.id[slot];
	return [
		{
			compare: (a, b) => compareNumbers(table.core.openedAt[b], table.core.openedAt[a]),
			column(slots) {
				const {openedAt} = table.core;
				const times = buffers.scratch(table.capacity);
				const {length} = slots;
				for (let index = 0; index < length; index++) {
					const slot = slots[index];
					times[slot] = -openedAt[slot];
				}

				return times;
			},
		},
		{
			compare: (a, b) => compareNumbers(portAndId(a), portAndId(b)),
			column(slots) {
				const {localPort, id} = table.core;
				const portsAndIds = buffers.scratch(table.capacity);
				const {length} = slots;
				for (let index = 0; index < length; index++) {
					const slot = slots[index];
					portsAndIds[slot] = localPort[slot] * idRange + id[slot];
				}

				return portsAndIds;
			},
		},
	];
};
