import {isIP} from 'node:net';
import {readCell, readTone} from '../fields/model/cell.js';
import type {Field, FieldContext} from '../fields/model/field.js';
import {sumOf} from '../fields/model/sums.js';
import {Life} from '../table/columns/columns.js';
import {isFresh} from '../table/freshness.js';
import {worstProblem} from '../fields/worst-problem.js';
import {Event, type JournalTable} from '../table/journal-table.js';
import {isOpenAt} from '../table/columns/listeners.js';
import {State} from '../table/columns/states.js';
import type {GroupLine, ViewLine} from '../query/groups/view-line.js';
import {isWaiting} from '../table/columns/accept-queues.js';
import type {Names} from '../names/names.js';
import type {GroupHead, Row} from '../contract/messages.js';

/** What a row has besides its socket: whether the search finds it, and names to show instead of numbers. */
type RowExtras = {readonly isFound: boolean; readonly names?: Names | undefined};

/** Makes a row of the window. Only here do sockets become objects. */
export const readRow = (fields: readonly Field[], context: FieldContext, {slot, groups}: Extract<ViewLine, {kind: 'socket'}>, {isFound, names}: RowExtras): Row => ({
	id: context.table.core.id[slot],
	...(context.entries !== undefined && {about: context.entries.socket[slot]}),
	...(groups.length > 0 && {groups}),
	values: fields.map(field => (names && field.named?.(context, slot, names)) ?? readCell(field, context, slot)),
	tones: fields.map(field => readTone(field, context, slot)),
	marks: {...(context.entries === undefined ? socketMarks(context, slot) : entryMarks(context.entries, slot)), found: isFound},
});

type OwnMarks = Omit<Row['marks'], 'found'>;

/** Whether a connection waits for accept; if one row represents both ends, whether the server's socket does. */
const isConnectionWaiting = ({table, isPerConnection}: FieldContext, slot: number): boolean => {
	const other = isPerConnection === true ? table.connections.otherEnd(slot) : -1;
	return isWaiting(table, slot) || (other !== -1 && isWaiting(table, other));
};

const socketMarks = (context: FieldContext, slot: number): OwnMarks => {
	const {table} = context;
	const {core: {life, state, stateSince}, now, freshTime} = table;
	const isClosed = table.isClosed(slot);
	return {
		fresh: isFresh(table, slot) && !isClosed,
		established: (life[slot] & Life.established) !== 0 && state[slot] === State.established && now - stateSince[slot] < freshTime,
		closed: isClosed,
		waiting: isConnectionWaiting(context, slot),
		...(isOpenAt(table.core, slot) && {open: true as const}),
		...(state[slot] === State.timeWait && {timeWait: true as const}),
	};
};

/** An entry is highlighted if its event has just happened. */
const entryMarks = (entries: JournalTable, slot: number): OwnMarks => {
	const {core, event} = entries;
	const isRecent = isFresh(entries, slot);
	return {
		fresh: isRecent,
		established: isRecent && event[slot] !== Event.closed && core.state[slot] === State.established,
		closed: isRecent && event[slot] === Event.closed,
		waiting: false,
	};
};

/**
Makes a group head, with the sums of the fields that can be added up.

@param names Names for groups of hosts, whose labels are addresses; undefined for other groups.
*/
export const readGroupRow = (fields: readonly Field[], context: FieldContext, {id, groups, label, isFolded, slots}: GroupLine, names?: Names): Row => ({
	id,
	...(groups.length > 0 && {groups}),
	group: {
		label: (names !== undefined && isIP(label) !== 0 ? names.host(label) : undefined) ?? label,
		isFolded,
		sockets: slots.length,
		...countsOf(context, slots),
		...problemOf(context, slots),
	},
	...readSums(fields, context, slots),
	marks: {
		fresh: false, established: false, closed: false, found: false, waiting: false,
	},
});

/** The number of connections that wait for accept; for entries of the journal, of those about a close. */
const countsOf = (context: FieldContext, slots: Uint32Array): Pick<GroupHead, 'waiting' | 'closed'> => countsIn(context, context.entries, slots);

const countsIn = (context: FieldContext, entries: JournalTable | undefined, slots: Uint32Array): Pick<GroupHead, 'waiting' | 'closed'> => entries === undefined
	? {waiting: countIn(slots, slot => isConnectionWaiting(context, slot))}
	: {waiting: 0, closed: countIn(slots, slot => entries.event[slot] === Event.closed)};

/** The worst problem; entries of the journal have none. */
const problemOf = (context: FieldContext, slots: Uint32Array): Pick<GroupHead, 'problem'> => {
	const problem = context.entries === undefined ? worstProblem(context, slots) : undefined;
	return problem === undefined ? {} : {problem};
};

const countIn = (slots: Uint32Array, isCounted: (slot: number) => boolean): number => slots.reduce((count, slot) => count + (isCounted(slot) ? 1 : 0), 0);

const readSums = (fields: readonly Field[], context: FieldContext, slots: Uint32Array): Pick<Row, 'values' | 'tones'> => {
	const values = fields.map(field => sumOf(field, context, slots));
	return {values, tones: values.map(sum => sum === 0 ? 'dim' : undefined)};
};
