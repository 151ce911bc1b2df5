import type {Field, FieldContext} from '../../fields/model/field.js';
import {findField} from '../../fields/registry.js';
import type {Names} from '../../names/names.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import type {ProtocolName} from '../../table/columns/protocols.js';
import {createFilterReader} from '../match/current-filter.js';
import {compileSearch} from '../match/search.js';
import type {GroupTree} from '../groups/group-tree.js';
import {groupWithId} from '../groups/outline.js';
import {createGrouper, type Grouped} from '../groups/grouper.js';
import type {FilterProblem, Query} from '../query.js';
import {rowContextOf} from '../match/row-context.js';
import {createSelector, type Selection} from '../order/selection.js';
import {idOf, readLine, type ViewLine} from '../groups/view-line.js';
import {withDefault, withNamedProtocols} from '../match/wanted-protocols.js';
import type {Lookups} from '../../names/lookups.js';
import {createPlacement} from './placement.js';
import {columnsWith} from './needed-columns.js';
import {findRows, type Found} from './found.js';
import {findOtherEnd, type OtherEnd} from './other-end.js';
import {createCursorList} from './cursor-list.js';

export {matcherOf} from '../match/matcher.js';
export {rowContextOf} from '../match/row-context.js';
export {neededColumns} from './needed-columns.js';

/** The answer to a query. Slots are valid until the table changes. */
export type ViewResult = {
	/** The lines in the window, in order: sockets, and heads of groups if the query groups. */
	readonly lines: readonly ViewLine[];
	/** The slots of the sockets among the lines. */
	readonly slots: readonly number[];
	/** The index of the first line among all lines. */
	readonly offset: number;
	/** Number of all lines: matching sockets that are not folded, and heads of groups. */
	readonly length: number;
	/** Number of matching sockets, including closed ones that still linger. */
	readonly matching: number;
	/** Number of all sockets of the table, including closed ones that still linger. */
	readonly known: number;
	/** Number of rows that all sockets have, with one row per connection; absent otherwise. */
	readonly rows?: number;
	/** The socket or group under the cursor, its index among all lines, and the socket at the other end; absent without a selection. */
	readonly selected?: {readonly id: number; readonly index: number; readonly otherEnd?: OtherEnd};
	/** Number of matching sockets that the search finds; absent without a search. */
	readonly found?: number;
	/** Whether the search finds a socket. */
	readonly isFound: (slot: number) => boolean;
	/** Why the filter of the query is not in use; the last valid one is used instead. */
	readonly filterProblem?: FilterProblem;
	/** The optional columns that a sample must fill for the columns shown, the order and the filter in use. */
	readonly neededColumns: Set<OptionalColumn>;
};

export type Viewer = {
	/**
	Answers a query. If only the window differs from the last query and the table was not sampled since, the answer is made from cached results at almost no
	cost.

	Passing the same object again means the same query on a changed table: the cursor has already moved as requested, and stays with its socket.

	`names` are those that rows show in place of numbers, as far as they are known; another object once more are known.
	*/
	readonly view: (query: Query, context: FieldContext, names?: Names) => ViewResult;
	/** The slots of the sockets of a group in the last answer, in no order, by the id of its row; empty if there is no such group. Valid until the table changes. */
	readonly socketsOf: (id: number) => Uint32Array;
	/** Lines of the last answer, in the window or not, by their places. Valid until the table changes or another query is answered. */
	readonly range: (from: number, to: number) => readonly ViewLine[];
	/** The optional columns that a query needs; if its filter does not parse, those of the last valid filter. */
	readonly neededColumns: (query: Query) => Set<OptionalColumn>;
	/** The protocols whose tables a query needs. */
	readonly neededProtocols: (query: Query) => readonly ProtocolName[];
};

/**
Makes the viewer of one screen. It remembers between queries the last valid filter, the position of window and cursor, and the order while it is frozen.

@param lookups Resolves names. Default: only the most common services are known.
*/
export const createViewer = (lookups?: Lookups): Viewer => {
	const readFilter = createFilterReader(lookups);
	const select = createSelector();
	const group = createGrouper();
	const placement = createPlacement();
	/** The slot of the cursor's socket in the last answer. */
	let likelySlot: number | undefined;
	let lastTree: GroupTree | undefined;
	let lastGrouped: Grouped | undefined;
	let found: {readonly asked: string; readonly names: Names | undefined; readonly grouped: Grouped; readonly rows: Found | undefined} | undefined;

	const search = ({search: text, columns}: Query, context: FieldContext, {selection: {slots}, grouped, names}: {readonly selection: Selection; readonly grouped: Grouped; readonly names: Names | undefined}): Found | undefined => {
		const asked = `${columns.join(' ')}\n${text}`;
		if (found?.asked !== asked || found.names !== names || found.grouped !== grouped) {
			const fields = columns.map(id => findField(id)).filter((field): field is Field => field !== undefined);
			const bind = compileSearch(text, {fields, names}, lookups);
			found = {
				asked, names, grouped, rows: bind && findRows(bind(context), slots, grouped.outline),
			};
		}

		return found.rows;
	};

	const view = (query: Query, context: FieldContext, names?: Names): ViewResult => {
		const {filter, problem} = readFilter(query.filter, query.classes.protocols);
		const selection = select(query, context, filter, placement.isAgain(query));
		const grouped = group(query, rowContextOf(query, context), selection);
		const {outline} = grouped;
		lastTree = grouped.tree;
		lastGrouped = grouped;
		const rows = search(query, context, {selection, grouped, names});
		const {offset, height, cursor} = placement.place(query, createCursorList(rowContextOf(query, context), selection, grouped, {rows, likely: likelySlot}));
		const line = cursor === undefined ? undefined : outline.range(cursor, cursor + 1).at(0);
		const slot = line?.kind === 'socket' ? line.slot : undefined;
		const id = line && idOf(line, context);
		placement.record(query, id);
		likelySlot = slot;
		const lines = outline.range(offset, Math.min(outline.length, offset + height)).map(shown => readLine(shown, grouped));
		const otherEnd = slot === undefined ? undefined : findOtherEnd(context.table, slot, {shown: selection.slots, isPerConnection: query.connections === true});
		return {
			lines,
			slots: lines.flatMap(shown => shown.kind === 'socket' ? [shown.slot] : []),
			offset,
			length: outline.length,
			matching: selection.sorted.length,
			known: selection.known,
			...(query.connections && {rows: selection.known - context.table.connections.hidden}),
			...(cursor !== undefined && id !== undefined && {selected: {id, index: cursor, ...(otherEnd && {otherEnd})}}),
			...(rows && {found: rows.count}),
			isFound: row => rows?.has(row) ?? false,
			...(problem && {filterProblem: problem}),
			neededColumns: columnsWith(query, filter),
		};
	};

	return {
		view,
		range(from, to) {
			const grouped = lastGrouped;
			return grouped === undefined ? [] : grouped.outline.range(from, to).map(line => readLine(line, grouped));
		},
		socketsOf(id) {
			const number = lastTree === undefined ? -1 : groupWithId(lastTree, id);
			return lastTree === undefined || number === -1 ? new Uint32Array(0) : lastTree.allIn(number);
		},
		neededColumns: query => columnsWith(query, readFilter(query.filter, query.classes.protocols).filter),
		neededProtocols: query => withDefault(withNamedProtocols(query.classes, readFilter(query.filter, query.classes.protocols).filter).protocols),
	};
};
