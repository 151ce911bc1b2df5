/** Makes the answer to a query from the tables as they are: rows of the window, totals, what is inspected. */
import {findField} from '../fields/registry.js';
import type {Field} from '../fields/model/field.js';
import type {Query} from '../query/query.js';
import {createViewer} from '../query/window/viewer.js';
import {findSlots} from '../table/find-slots.js';
import type {JournalTable} from '../table/journal-table.js';
import type {Changes, SocketTable} from '../table/socket-table.js';
import type {View} from '../contract/messages.js';
import type {Needs} from '../sampling/loop.js';
import type {Sampler} from '../sampling/sampler.js';
import {createMarking} from './marking.js';
import {createInspector} from './inspecting/inspector.js';
import {createSystemLookups} from './lookups.js';
import {createNaming} from './naming.js';
import {createNeeds} from './needs.js';
import {readGroupRow, readRow} from './rows.js';
import {readSelected} from './selected.js';
import {createSummary} from './summary.js';

export type Answering = {
	/**
	Answers a query.

	@param query
	@param isSampling A sample is under way. What needs the table whole, or reads a socket, then waits for the answer that follows that sample.
	*/
	readonly answer: (query: Query, isSampling: boolean) => Omit<View, 'sequence' | 'status'>;
	/** What a sample must read for a query. */
	readonly needs: (query: Query) => Needs;
	/** Counts what a sample has changed. */
	readonly count: (changes: Changes, query: Query) => void;
	/** Takes in a sample that has ended, owners included. */
	readonly takeIn: (changes: Changes) => void;
	readonly close: () => void;
};

/**
@param sampler
@param sampler.world
@param sampler.source
@param sampler.journalWorld
@param sampler.background
@param onNews Is told when an answer would be another one without a sample, because names have come.
*/
export const createAnswering = ({world, source, journalWorld, background}: Sampler, onNews: () => void): Answering => {
	const lookups = createSystemLookups(onNews);
	const naming = createNaming(onNews);
	const viewer = createViewer(lookups);
	const journalViewer = createViewer(lookups);
	const needsOf = createNeeds(viewer, journalViewer);
	const summary = createSummary(world.table);
	const mark = createMarking(world.table, journalWorld?.table, source.time);
	const inspector = createInspector({
		world, source, journalWorld, background, wallTime: moment => source.time.wall() - source.time.now() + moment,
	});
	let markedAt: number | undefined;

	return {
		answer(query, isSampling) {
			if (!isSampling) {
				markedAt = mark(query.mark);
				inspector.follow(query.inspect);
			}

			const isJournal = query.journal !== undefined && journalWorld !== undefined;
			const shown = isJournal ? journalWorld : world;
			const {lines, slots: _slots, isFound, neededColumns: _columns, ...result} = (isJournal ? journalViewer : viewer).view(query, shown, query.search === '' ? undefined : naming.known(query.names));
			const names = naming.forAnswer(query.names);
			const fields = query.columns.map(id => findField(id)).filter((field): field is Field => field !== undefined);
			const inspected = query.inspect === undefined ? undefined : inspector.read();
			const cursorLine = lines.find(each => each.kind === 'socket' && shown.table.core.id[each.slot] === result.selected?.id);
			return {
				...result,
				...(result.selected !== undefined && cursorLine?.kind === 'socket' && {selected: {...result.selected, endpoints: readSelected(shown, cursorLine.slot)}}),
				rows: lines.map(line => line.kind === 'group'
					? readGroupRow(fields, shown, line, query.groups?.by.at(line.groups.length) === 'host' ? names : undefined)
					: readRow(fields, shown, line, {isFound: isFound(line.slot), names})),
				...(isJournal && {journal: true, ...socketOf(journalWorld.entries, result.selected?.id, world.table)}),
				...(query.tagged && {tagged: livingIds(world.table, query.tagged)}),
				...(markedAt !== undefined && {markedAt}),
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
		takeIn: inspector.add,
		close() {
			naming.close();
			inspector.close();
		},
	};
};

/** Those of the sockets with these ids that live. */
const livingIds = (table: SocketTable, ids: readonly number[]): readonly number[] => {
	const {core: {id}} = table;
	return findSlots(table, ids).map(slot => id[slot]);
};

/** The socket that an entry of the journal is about, and its row, if it has one still. */
const socketOf = (entries: JournalTable | undefined, entry: number | undefined, table: SocketTable): Pick<View, 'about' | 'socket'> => {
	// The head of a group is about many.
	if (entries === undefined || entry === undefined || entry < 0) {
		return {};
	}

	const socket = entries.socket[entries.slotOf(entry)];
	const slot = table.core.id.subarray(0, table.used).indexOf(socket);
	return slot !== -1 && table.isUsed(slot) ? {about: socket, socket} : {about: socket};
};
