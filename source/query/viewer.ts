import type {World} from '../fields/field.js';
import type {OptionalColumn} from '../table/columns.js';
import type {ProtocolName} from '../table/protocols.js';
import {placeCursor, placeWindow, type CursorList} from './cursor.js';
import {findFarEnd, type FarEnd} from './far-end.js';
import {compileSearch, keepFilter} from './filter-in-force.js';
import {findRows, type Found} from './found.js';
import {createGrouper, type Grouped} from './grouper.js';
import type {GroupTree} from './group-tree.js';
import {groupId, groupWithId, type OutlineLine} from './outline.js';
import {columnsWith} from './needed-columns.js';
import type {CursorRequest, FilterProblem, Query} from './query.js';
import {createSelector, type Selection} from './selection.js';
import {withNamed} from './wanted-protocols.js';
import type {Lookups} from './lookups.js';

export {matcherOf} from './matcher.js';
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

/** One line of the window. `groups` are the ids of those that it is in, the outermost first. */
export type ViewLine = GroupLine | {readonly kind: 'socket'; readonly slot: number; readonly groups: readonly number[]};

export type GroupLine = {
	readonly kind: 'group';
	/** Below 0, and the same as long as the group has sockets. */
	readonly id: number;
	readonly groups: readonly number[];
	/** What it is called; foreign text. */
	readonly label: string;
	readonly isFolded: boolean;
	/** The slots of all its sockets, in no order. */
	readonly slots: Uint32Array;
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
	const group = createGrouper();
	let offset = 0;
	let cursor = 0;
	let last: {readonly query: Query; readonly slot: number | undefined; readonly id: number | undefined} | undefined;
	let found: {readonly search: string; readonly grouped: Grouped; readonly rows: Found | undefined} | undefined;

	const search = (text: string, world: World, {slots}: Selection, grouped: Grouped): Found | undefined => {
		if (found?.search !== text || found.grouped !== grouped) {
			const compiled = compileSearch(text, lookups);
			found = {search: text, grouped, rows: compiled && findRows(compiled.bind(world), slots, grouped.outline)};
		}

		return found.rows;
	};

	const view = (query: Query, world: World): ViewResult => {
		const {filter, problem} = readFilter(query.filter);
		const isAgain = query === last?.query;
		const selection = select(query, world, filter, isAgain);
		const grouped = group(query, world, selection);
		const {outline} = grouped;
		const rows = search(query.search, world, selection, grouped);
		const request: CursorRequest = isAgain && last?.id !== undefined ? {kind: 'row', id: last.id, by: 0} : query.window.cursor;
		const list = createList(world, selection, grouped, rows, last?.slot);
		// Entries of the journal come above those that a person reads: these stay where they are on the screen.
		const anchor = query.journal === undefined || last?.id === undefined ? -1 : list.placeOf(last.id);
		offset += anchor === -1 ? 0 : anchor - cursor;
		const place = placeCursor(request, list, cursor);
		const line = place === undefined ? undefined : outline.range(place, place + 1).at(0);
		const slot = line?.kind === 'socket' ? line.slot : undefined;
		const id = line && idOf(line, world);
		const height = heightOf(query);
		offset = placeWindow(topOf(request, last?.query.window.cursor) ?? offset, height, outline.length, place);
		last = {query, slot, id};
		cursor = place ?? cursor;
		const lines = outline.range(offset, Math.min(outline.length, offset + height)).map(shown => readLine(shown, grouped));
		const farEnd = slot === undefined ? undefined : findFarEnd(world.table, slot, selection.slots);
		return {
			lines,
			slots: lines.flatMap(shown => shown.kind === 'socket' ? [shown.slot] : []),
			offset,
			length: outline.length,
			matching: selection.sorted.length,
			known: selection.known,
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

/** The line that a request wants the window to begin with. One that comes again, with another query, has been heard: lines may have come above since. */
const topOf = (request: CursorRequest, before: CursorRequest | undefined): number | undefined => {
	if (request.kind !== 'row') {
		return undefined;
	}

	const isHeard = before?.kind === 'row' && before.id === request.id && before.by === request.by && before.top === request.top;
	return isHeard ? undefined : request.top;
};

const idOf = (line: OutlineLine, {table: {core}}: World): number => line.kind === 'socket' ? core.id[line.slot] : groupId(line.tree, line.group);

const readLine = (line: OutlineLine, {tree, label}: Grouped): ViewLine => {
	if (line.kind === 'socket') {
		return {kind: 'socket', slot: line.slot, groups: tree === undefined ? [] : pathOf(tree, tree.groupOf(line.slot))};
	}

	const {group, isFolded} = line;
	return {
		kind: 'group',
		id: groupId(line.tree, group),
		groups: pathOf(line.tree, group).slice(0, -1),
		isFolded,
		label: label(group),
		slots: line.tree.allIn(group),
	};
};

/** The ids of a group and of the one that it is in, that one first. */
const pathOf = (tree: GroupTree, group: number): readonly number[] => {
	const parent = tree.parentOf(group);
	return [...parent === -1 ? [] : [groupId(tree, parent)], groupId(tree, group)];
};

/** The list as the cursor sees it. A socket is looked for in the slot `likely` first. */
const createList = (
	{table: {core}}: World,
	{slots}: Selection,
	{outline, tree}: Grouped,
	rows: Found | undefined,
	likely: number | undefined,
): CursorList => ({
	length: outline.length,
	placeOf(id) {
		if (id < 0) {
			const group = tree === undefined ? -1 : groupWithId(tree, id);
			return group === -1 ? -1 : outline.placeOfGroup(group);
		}

		if (likely !== undefined && core.id[likely] === id) {
			return outline.placeOfSocket(likely);
		}

		for (const slot of slots) {
			if (core.id[slot] === id) {
				return outline.placeOfSocket(slot);
			}
		}

		return -1;
	},
	isFoundAt(place) {
		const line = outline.range(place, place + 1).at(0);
		return line?.kind === 'socket' && (rows?.has(line.slot) ?? false);
	},
	nextFound: (place, direction) => rows?.next(place, direction) ?? -1,
});
