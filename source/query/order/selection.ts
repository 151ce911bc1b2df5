import type {World} from '../../fields/model/field.js';
import type {SocketTable} from '../../table/socket-table.js';
import {compileQuery} from '../match/matcher.js';
import type {CompiledFilter} from '../match/predicate.js';
import type {Query, Sort} from '../query.js';
import {filterLiving} from '../match/selection-filter.js';
import {createKeyBuffers} from './key-buffers.js';
import type {Level} from './level.js';
import {lazySort, type LazySort} from './lazy-sort.js';
import {takeOrder, type RowOrder} from './order.js';

/** The sockets that a query shows, in their order. */
export type Selection = {
	/** Slots, rising: work on the table goes through memory in order. */
	readonly slots: Uint32Array;
	readonly sorted: LazySort;
	readonly order: RowOrder;
	readonly levels: readonly Level[];
	/** All sockets of the table, closed ones that linger included. */
	readonly known: number;
};

/** What a pass over the table was made for. */
type Pass = {
	readonly table: SocketTable;
	readonly sample: number;
	readonly filter: CompiledFilter;
	readonly classes: string;
	readonly sort: string;
};

/**
Selects and orders sockets. What was worked out is kept as long as neither the table was sampled nor the query changed in anything but its window.

While the window is frozen the order stays what it was, unless the query itself is another one: then nobody expects rows to stay in place.
*/
export const createSelector = (): ((query: Query, world: World, filter: CompiledFilter, isStale: boolean) => Selection) => {
	let last: {readonly pass: Pass; readonly selection: Selection; readonly isFresh: boolean} | undefined;
	let buffer = new Uint32Array(0);
	let sorting = new Uint32Array(0);
	const room = createKeyBuffers();

	const pass = (query: Query, world: World, filter: CompiledFilter): {slots: Uint32Array; known: number} => {
		const {table} = world;
		if (buffer.length < table.used) {
			buffer = new Uint32Array(table.capacity);
		}

		const {kept, alive} = filterLiving(table.core.life, table.used, compileQuery(query, filter)(world), buffer);
		return {slots: buffer.subarray(0, kept), known: alive};
	};

	/** The order before it is given up, and its memory is used again. */
	const orderAnew = (sort: Sort, world: World, slots: Uint32Array): RowOrder => {
		room.clear();
		return takeOrder(sort, world, slots, room);
	};

	const copy = (slots: Uint32Array): Uint32Array => {
		if (sorting.length < slots.length) {
			sorting = new Uint32Array(buffer.length);
		}

		sorting.set(slots);
		return sorting.subarray(0, slots.length);
	};

	return (query, world, filter, isStale) => {
		const {table} = world;
		const now: Pass = {
			table, sample: table.sample, filter, classes: JSON.stringify([query.classes, query.port, query.mark, query.journal]), sort: JSON.stringify(query.sort),
		};
		const before = last?.pass;
		const isSameQuestion = before?.table === table && before.filter === filter && before.classes === now.classes;
		const isSameOrder = isSameQuestion && before.sort === now.sort;
		const isSamePass = isSameQuestion && before.sample === now.sample && !isStale;
		const {frozen} = query.window;
		if (last !== undefined && isSamePass && isSameOrder && (frozen || last.isFresh)) {
			return last.selection;
		}

		const {slots, known} = isSamePass && last !== undefined ? last.selection : pass(query, world, filter);
		const kept = frozen && isSameOrder ? last?.selection.order : undefined;
		const order = kept ?? orderAnew(query.sort, world, slots);
		const levels = order.levels(slots);
		const selection = {
			slots, known, order, levels, sorted: lazySort(copy(slots), levels),
		};
		last = {pass: now, selection, isFresh: kept === undefined};
		return selection;
	};
};
