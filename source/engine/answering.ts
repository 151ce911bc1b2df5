/** Answers a query from the current tables: rows of the window, totals, and the inspected socket. */
import {findField} from '../fields/registry.js';
import type {Field} from '../fields/model/field.js';
import type {Query} from '../query/query.js';
import {createViewer, rowContextOf} from '../query/window/viewer.js';
import {findSlots} from '../table/find-slots.js';
import type {JournalTable} from '../table/journal-table.js';
import type {Changes} from '../table/changes.js';
import type {SocketTable} from '../table/socket-table.js';
import type {View} from '../contract/messages.js';
import type {Needs} from '../sampling/loop.js';
import type {Sampler} from '../sampling/sampler.js';
import {createMarking, type Marked} from './marking.js';
import {createInspector} from './inspecting/inspector.js';
import {createSystemLookups} from './lookups.js';
import {createNaming} from './naming.js';
import {createNeeds} from './needs.js';
import {createRecent} from './recent.js';
import {readGroupRow, readRow} from './rows.js';
import {readSelected} from './selected.js';
import {createSummary} from './summary.js';
import type {AllLines} from './writing.js';

export type Answering = {
	/**
	Answers a query.

	@param isSampling Whether a sample is under way. Work that needs a complete table, or reads a socket, is then left for the answer after the sample.
	*/
	readonly answer: (query: Query, isSampling: boolean) => Omit<View, 'sequence' | 'status'>;
	/** Replaces ids of groups with the ids of their sockets. Not to be called during a sample. */
	readonly socketsIn: (ids: readonly number[], query: Query) => readonly number[];
	/** All lines of a query's list. Not to be called during a sample. */
	readonly linesOf: (query: Query) => AllLines;
	/** The columns and protocols that a sample must read for a query. */
	readonly needs: (query: Query) => Needs;
	/** Counts what a sample has changed. */
	readonly count: (changes: Changes, query: Query) => void;
	/** Adds a completed sample, owners included, to the inspector. */
	readonly addSample: (changes: Changes) => void;
	/** The mark of the last answer. */
	readonly marked: () => Marked | undefined;
	readonly close: () => void;
};

/** @param onNames Called when an answer would differ because names were found, without a new sample. */
export const createAnswering = ({context, source, journalContext, background, sampleTime}: Sampler, onNames: () => void): Answering => {
	const lookups = createSystemLookups(onNames);
	const naming = createNaming(onNames);
	const viewer = createViewer(lookups);
	const journalViewer = createViewer(lookups);
	const readRecent = createRecent(lookups);
	const needsOf = createNeeds(viewer, journalViewer);
	const summary = createSummary(context.table);
	const mark = createMarking(context.table, journalContext?.table, sampleTime);
	const inspector = createInspector({
		context, source, journalContext, background, wallTime: moment => sampleTime() - context.table.now + moment,
	});
	let marked: Marked | undefined;

	/** Replaces ids of groups by the ids of their sockets. */
	const membersOf = (ids: readonly number[]): readonly number[] => {
		const {core: {id}} = context.table;
		return [...new Set(ids.flatMap(each => each < 0 ? Array.from(viewer.socketsOf(each), slot => id[slot]) : [each]))];
	};

	return {
		socketsIn(ids, query) {
			if (ids.every(id => id > 0)) {
				return ids;
			}

			// Slots may have been reused since the last answer.
			viewer.view(query, context);
			return membersOf(ids);
		},
		linesOf(query) {
			const isJournal = query.journal !== undefined && journalContext !== undefined;
			const shown = isJournal ? journalContext : context;
			const rowContext = rowContextOf(query, shown);
			// Groups have the numbers that the viewer of the screen gave them. Without groups, another viewer is not disturbed by queries that come meanwhile.
			const isGrouped = query.groups !== undefined;
			const used = isGrouped ? (isJournal ? journalViewer : viewer) : createViewer(lookups);
			const {length} = used.view({...query, search: ''}, shown);
			if (!isGrouped) {
				return {context: rowContext, length, range: used.range};
			}

			const lines = used.range(0, length);
			return {context: rowContext, length, range: (from, to) => lines.slice(from, to)};
		},
		answer(query, isSampling) {
			if (!isSampling) {
				marked = mark(query.mark);
				inspector.follow(query.inspect);
			}

			const isJournal = query.journal !== undefined && journalContext !== undefined;
			const shown = isJournal ? journalContext : context;
			const rowContext = rowContextOf(query, shown);
			const searched = query.search === '' ? undefined : naming.known(query.names);
			const {lines, slots: _slots, isFound, neededColumns: _columns, rows: knownRows, ...result} = (isJournal ? journalViewer : viewer).view(query, shown, searched);
			const names = naming.forAnswer(query.names);
			const fields = query.columns.map(id => findField(id)).filter((field): field is Field => field !== undefined);
			const inspected = query.inspect === undefined ? undefined : inspector.read();
			const cursorLine = lines.find(each => each.kind === 'socket' && shown.table.core.id[each.slot] === result.selected?.id);
			return {
				...result,
				...(knownRows !== undefined && {knownRows}),
				...(result.selected !== undefined && cursorLine?.kind === 'socket' && {selected: {...result.selected, endpoints: readSelected(shown, cursorLine.slot)}}),
				rows: lines.map(line => line.kind === 'group'
					? readGroupRow(fields, rowContext, line, query.groups?.by.at(line.groups.length) === 'host' ? names : undefined)
					: readRow(fields, rowContext, line, {isFound: isFound(line.slot), names})),
				...(isJournal && {journal: true, ...socketOf(journalContext.entries, result.selected?.id, context.table)}),
				...(!isJournal && journalContext !== undefined && {recent: readRecent(query, journalContext, {lines: result.length, names})}),
				...(query.tagged && {tagged: livingIds(context.table, isJournal ? query.tagged : membersOf(query.tagged))}),
				...(marked !== undefined && {markedAt: marked.time}),
				...(inspected !== undefined && {inspected}),
				summary: summary.read(query.summary),
			};
		},
		needs(query) {
			const {columns, protocols} = needsOf(query);
			return {columns: new Set([...columns, ...inspector.neededColumns()]), protocols};
		},
		count(changes, query) {
			summary.add(changes, query.summary);
		},
		addSample: inspector.add,
		marked: () => marked,
		close() {
			naming.close();
			inspector.close();
		},
	};
};

/** The ids of those sockets that are still open. */
const livingIds = (table: SocketTable, ids: readonly number[]): readonly number[] => {
	const {core: {id}} = table;
	return findSlots(table, ids).map(slot => id[slot]);
};

/** The socket that an entry of the journal is about, and its row if it still has one. */
const socketOf = (entries: JournalTable | undefined, entry: number | undefined, table: SocketTable): Pick<View, 'about' | 'socket'> => {
	// A group head is about several sockets.
	if (entries === undefined || entry === undefined || entry < 0) {
		return {};
	}

	const socket = entries.socket[entries.slotOf(entry)];
	const slot = table.core.id.subarray(0, table.used).indexOf(socket);
	return slot !== -1 && table.isUsed(slot) ? {about: socket, socket} : {about: socket};
};
