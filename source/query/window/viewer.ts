import type {Field, World} from '../../fields/model/field.js';
import {findField} from '../../fields/registry.js';
import type {Names} from '../../names/names.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import type {ProtocolName} from '../../table/columns/protocols.js';
import {createFilterReader} from '../match/current-filter.js';
import {compileSearch} from '../match/search.js';
import {createGrouper, type Grouped} from '../groups/grouper.js';
import type {FilterProblem, Query} from '../query.js';
import {createSelector, type Selection} from '../order/selection.js';
import {idOf, readLine, type ViewLine} from '../groups/view-line.js';
import {withDefault, withNamed} from '../match/wanted-protocols.js';
import type {Lookups} from '../../names/lookups.js';
import {createPlacement} from './placement.js';
import {columnsWith} from './needed-columns.js';
import {findRows, type Found} from './found.js';
import {findOtherEnd, type FarEnd} from './other-end.js';
import {createCursorList} from './cursor-list.js';

export {matcherOf} from '../match/matcher.js';
export {neededColumns} from './needed-columns.js';

/** The answer to a query. Slots are good until the table changes. */
export type ViewResult = {
	/** The lines in the window, in order: sockets, and heads of groups where the query groups. */
	readonly lines: readonly ViewLine[];
	/** The sockets among them. */
	readonly slots: readonly number[];
	/** The place of the first line among all. */
	readonly offset: number;
	/** All lines: sockets that match and are not folded away, and heads of groups. */
	readonly length: number;
	/** Sockets that match, closed ones that linger included. */
	readonly matching: number;
	/** All sockets of the table, closed ones that linger included. */
	readonly known: number;
	/** The socket or group under the cursor, its place among all lines, and the other end of its connection; absent when nothing is selected. */
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

	`names` are those that rows show in place of numbers, as far as they are known; another object where more are known.
	*/
	readonly view: (query: Query, world: World, names?: Names) => ViewResult;
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
	const readFilter = createFilterReader(lookups);
	const select = createSelector();
	const group = createGrouper();
	const placement = createPlacement();
	/** Where the cursor's socket was. */
	let likely: number | undefined;
	let found: {readonly asked: string; readonly names: Names | undefined; readonly grouped: Grouped; readonly rows: Found | undefined} | undefined;

	const search = ({search: text, columns}: Query, world: World, {selection: {slots}, grouped, names}: {readonly selection: Selection; readonly grouped: Grouped; readonly names: Names | undefined}): Found | undefined => {
		const asked = `${columns.join(' ')}\n${text}`;
		if (found?.asked !== asked || found.names !== names || found.grouped !== grouped) {
			const fields = columns.map(id => findField(id)).filter((field): field is Field => field !== undefined);
			const bind = compileSearch(text, {fields, names}, lookups);
			found = {
				asked, names, grouped, rows: bind && findRows(bind(world), slots, grouped.outline),
			};
		}

		return found.rows;
	};

	const view = (query: Query, world: World, names?: Names): ViewResult => {
		const {filter, problem} = readFilter(query.filter, query.classes.protocols);
		const selection = select(query, world, filter, placement.isAgain(query));
		const grouped = group(query, world, selection);
		const {outline} = grouped;
		const rows = search(query, world, {selection, grouped, names});
		const {offset, height, cursor} = placement.place(query, createCursorList(world, selection, grouped, {rows, likely}));
		const line = cursor === undefined ? undefined : outline.range(cursor, cursor + 1).at(0);
		const slot = line?.kind === 'socket' ? line.slot : undefined;
		const id = line && idOf(line, world);
		placement.note(query, id);
		likely = slot;
		const lines = outline.range(offset, Math.min(outline.length, offset + height)).map(shown => readLine(shown, grouped));
		const farEnd = slot === undefined ? undefined : findOtherEnd(world.table, slot, selection.slots);
		return {
			lines,
			slots: lines.flatMap(shown => shown.kind === 'socket' ? [shown.slot] : []),
			offset,
			length: outline.length,
			matching: selection.sorted.length,
			known: selection.known,
			...(cursor !== undefined && id !== undefined && {selected: {id, index: cursor, ...(farEnd && {farEnd})}}),
			...(rows && {found: rows.count}),
			isFound: row => rows?.has(row) ?? false,
			...(problem && {filterProblem: problem}),
			neededColumns: columnsWith(query, filter),
		};
	};

	return {
		view,
		neededColumns: query => columnsWith(query, readFilter(query.filter, query.classes.protocols).filter),
		neededProtocols: query => withDefault(withNamed(query.classes, readFilter(query.filter, query.classes.protocols).filter).protocols),
	};
};
