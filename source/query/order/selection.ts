import type {FieldContext} from '../../fields/model/field.js';
import type {SocketTable} from '../../table/socket-table.js';
import {compileQuery} from '../match/matcher.js';
import type {CompiledFilter} from '../match/predicate.js';
import type {Query, Sort} from '../query.js';
import {rowContextOf} from '../match/row-context.js';
import {filterLiving} from '../match/selection-filter.js';
import {createKeyBuffers} from './key-buffers.js';
import type {Level} from './level.js';
import {lazySort, type LazySort} from './lazy-sort.js';
import {takeOrder, type RowOrder} from './order.js';

/** The sockets that a query shows, and their order. */
export type Selection = {
	/** Slots in ascending order, so that work on the table reads memory sequentially. */
	readonly slots: Uint32Array;
	readonly sorted: LazySort;
	readonly order: RowOrder;
	readonly levels: readonly Level[];
	/** Number of all sockets of the table, including closed ones that still linger. */
	readonly known: number;
};

/** What a pass over the table depends on. */
type Pass = {
	readonly table: SocketTable;
	readonly sample: number;
	readonly filter: CompiledFilter;
	readonly classes: string;
	/** What rows are, and what they are compared with. */
	readonly rows: string;
	readonly sort: string;
};

/**
Makes a function that selects and orders sockets. Results are reused until the table is sampled or the query changes in anything but its window.

While the window is frozen, the order stays, unless the filter, the toggles or the order itself change.
*/
export const createSelector = (): ((query: Query, context: FieldContext, filter: CompiledFilter, isStale: boolean) => Selection) => {
	let last: {readonly pass: Pass; readonly selection: Selection; readonly isFresh: boolean} | undefined;
	let buffer = new Uint32Array(0);
	let sorting = new Uint32Array(0);
	const keyBuffers = createKeyBuffers();

	const pass = (query: Query, context: FieldContext, filter: CompiledFilter): {slots: Uint32Array; known: number} => {
		const {table} = context;
		if (buffer.length < table.used) {
			buffer = new Uint32Array(table.capacity);
		}

		const {kept, alive} = filterLiving(table.core.life, table.used, compileQuery(query, filter)(context), buffer);
		return {slots: buffer.subarray(0, kept), known: alive};
	};

	/** Takes a new order. The memory of the last one is reused. */
	const takeNewOrder = (sort: Sort, context: FieldContext, slots: Uint32Array): RowOrder => {
		keyBuffers.clear();
		return takeOrder(sort, context, slots, keyBuffers);
	};

	const copy = (slots: Uint32Array): Uint32Array => {
		if (sorting.length < slots.length) {
			sorting = new Uint32Array(buffer.length);
		}

		sorting.set(slots);
		return sorting.subarray(0, slots.length);
	};

	return (query, context, filter, isStale) => {
		const {table} = context;
		const now: Pass = {
			table,
			sample: table.sample,
			filter,
			classes: JSON.stringify([query.classes, query.port]),
			rows: JSON.stringify([query.mark, query.journal, query.connections]),
			sort: JSON.stringify(query.sort),
		};
		const before = last?.pass;
		const areSameRows = before?.table === table && before.rows === now.rows;
		const isSameFilter = areSameRows && before.filter === filter && before.classes === now.classes;
		const isSameOrder = isSameFilter && before.sort === now.sort;
		const isSameSample = areSameRows && before.sample === now.sample && !isStale;
		const isSamePass = isSameFilter && isSameSample;
		const {frozen} = query.window;
		if (last !== undefined && isSamePass && isSameOrder && (frozen || last.isFresh)) {
			return last.selection;
		}

		const {slots, known} = isSamePass && last !== undefined ? last.selection : pass(query, context, filter);
		const kept = frozen && isSameOrder ? last?.selection.order : undefined;
		// While a filter is typed, only what it selects changes: the keys stay as they are.
		const again = isSameSample && before.sort === now.sort && last?.isFresh === true ? last.selection.order.of(slots) : undefined;
		const order = kept ?? again ?? takeNewOrder(query.sort, rowContextOf(query, context), slots);
		const levels = order.levels(slots);
		const selection = {
			slots, known, order, levels, sorted: lazySort(copy(slots), levels),
		};
		last = {pass: now, selection, isFresh: kept === undefined};
		return selection;
	};
};
