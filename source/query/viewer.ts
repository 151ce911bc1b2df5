import type {World} from '../fields/field.js';
import type {OptionalColumn} from '../table/columns.js';
import type {ProtocolName} from '../table/protocols.js';
import {placeCursor, placeWindow, type CursorList} from './cursor.js';
import {findFarEnd, type FarEnd} from './far-end.js';
import {compileSearch, keepFilter} from './filter-in-force.js';
import {findRows, type Found} from './found.js';
import {columnsWith} from './needed-columns.js';
import type {CursorRequest, FilterProblem, Query} from './query.js';
import {createSelector, type Selection} from './selection.js';
import {withNamed} from './wanted-protocols.js';
import type {Lookups} from './lookups.js';

export {matcherOf} from './matcher.js';
export {neededColumns} from './needed-columns.js';

/** The answer to a query. Slots are good until the table changes. */
export type ViewResult = {
	/** The sockets in the window, in order. */
	readonly slots: readonly number[];
	/** The place of the first of them among all that match. */
	readonly offset: number;
	/** Sockets that match, closed ones that linger included. */
	readonly matching: number;
	/** All sockets of the table, closed ones that linger included. */
	readonly known: number;
	/** The socket under the cursor, its place among all that match, and the other end of its connection; absent when nothing is selected. */
	readonly selected?: {readonly id: number; readonly index: number; readonly farEnd?: FarEnd};
	/** Matching sockets that the search finds; absent without a search. */
	readonly found?: number;
	/** Whether the search finds a socket. */
	readonly isFound: (slot: number) => boolean;
	/** Why the filter of the query is not in force; the last good one is. */
	readonly filterProblem?: FilterProblem;
	/** The optional columns that a sample must fill for the columns shown, the order and the filter in force. */
	readonly neededColumns: Set<OptionalColumn>;
};

export type Viewer = {
	/**
	Answers a query. A query that differs from the last one in its window only, while the table was not sampled, is answered from what is known, which
	takes next to nothing.

	The same object again is a new look at the table for the same query: the cursor, which has moved as it was asked to, stays with its socket.
	*/
	readonly view: (query: Query, world: World) => ViewResult;
	/** The optional columns that a query needs, or its last good filter when its own does not parse. */
	readonly neededColumns: (query: Query) => Set<OptionalColumn>;
	/** The protocols whose tables it needs. */
	readonly neededProtocols: (query: Query) => readonly ProtocolName[];
};

/**
Answers the queries of one screen after another, with what must be remembered between them: the last good filter, the place of window and cursor, and
the order while it is frozen.

@param lookups What names stand for; without it, only the commonest services are known.
*/
export const createViewer = (lookups?: Lookups): Viewer => {
	const readFilter = keepFilter(lookups);
	const select = createSelector();
	let offset = 0;
	let cursor = 0;
	let last: {readonly query: Query; readonly slot: number | undefined; readonly id: number | undefined} | undefined;
	let found: {readonly search: string; readonly selection: Selection; readonly rows: Found | undefined} | undefined;

	const search = (text: string, world: World, selection: Selection): Found | undefined => {
		if (found?.search !== text || found.selection !== selection) {
			const compiled = compileSearch(text, lookups);
			found = {search: text, selection, rows: compiled && findRows(compiled.bind(world), selection)};
		}

		return found.rows;
	};

	const view = (query: Query, world: World): ViewResult => {
		const {filter, problem} = readFilter(query.filter);
		const isAgain = query === last?.query;
		const selection = select(query, world, filter, isAgain);
		const {sorted, known} = selection;
		const rows = search(query.search, world, selection);
		const request: CursorRequest = isAgain && last?.id !== undefined ? {kind: 'row', id: last.id, by: 0} : query.window.cursor;
		const place = placeCursor(request, createList(world, selection, rows, last?.slot), cursor);
		const slot = place === undefined ? undefined : sorted.range(place, place + 1)[0];
		const id = slot === undefined ? undefined : world.table.core.id[slot];
		last = {query, slot, id};
		const height = heightOf(query);
		cursor = place ?? cursor;
		offset = placeWindow(offset, height, sorted.length, place);
		const slots = sorted.range(offset, Math.min(sorted.length, offset + height));
		const farEnd = slot === undefined ? undefined : findFarEnd(world.table, slot, selection.slots);
		return {
			slots,
			offset,
			matching: sorted.length,
			known,
			...(place !== undefined && id !== undefined && {selected: {id, index: place, ...(farEnd && {farEnd})}}),
			...(rows && {found: rows.count}),
			isFound: row => rows?.has(row) ?? false,
			...(problem && {filterProblem: problem}),
			neededColumns: columnsWith(query, filter),
		};
	};

	return {
		view,
		neededColumns: query => columnsWith(query, readFilter(query.filter).filter),
		neededProtocols: query => withNamed(query.classes, readFilter(query.filter).filter).protocols,
	};
};

/** Rows of the window; none for what is no number. */
const heightOf = ({window: {height}}: Query): number => height >= 1 ? Math.floor(height) : 0;

/** The list as the cursor sees it. A socket is looked for in the slot `likely` first. */
const createList = ({table: {core}}: World, {sorted, slots}: Selection, rows: Found | undefined, likely: number | undefined): CursorList => ({
	length: sorted.length,
	placeOf(id) {
		if (likely !== undefined && core.id[likely] === id) {
			return sorted.placeOf(likely);
		}

		for (const slot of slots) {
			if (core.id[slot] === id) {
				return sorted.placeOf(slot);
			}
		}

		return -1;
	},
	isFoundAt: place => rows?.has(sorted.range(place, place + 1)[0]) ?? false,
	nextFound: (place, direction) => rows?.next(place, direction) ?? -1,
});
