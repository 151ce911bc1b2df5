import {isIP} from 'node:net';
import {readCell, readTone} from '../fields/model/cell.js';
import type {Field, World} from '../fields/model/field.js';
import {sumOf} from '../fields/model/sums.js';
import {Life} from '../table/columns/columns.js';
import {isFresh} from '../table/freshness.js';
import {Event, type JournalTable} from '../table/journal-table.js';
import {isOpenAt} from '../table/columns/listeners.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/columns/states.js';
import type {GroupLine, ViewLine} from '../query/groups/view-line.js';
import {isWaiting} from '../table/columns/accept-queues.js';
import type {Names} from '../names/names.js';
import type {GroupHead, Row} from '../contract/messages.js';

/** What a row says beyond its socket: whether the search finds it, and names in place of numbers. */
type RowLook = {readonly isFound: boolean; readonly names?: Names | undefined};

/** Makes the rows of a window: the only place where sockets become objects. */
export const readRow = (fields: readonly Field[], world: World, {slot, groups}: Extract<ViewLine, {kind: 'socket'}>, {isFound, names}: RowLook): Row => ({
	id: world.table.core.id[slot],
	...(groups.length > 0 && {groups}),
	values: fields.map(field => (names && field.named?.(world, slot, names)) ?? readCell(field, world, slot)),
	tones: fields.map(field => readTone(field, world, slot)),
	marks: {...(world.entries === undefined ? socketMarks(world.table, slot) : entryMarks(world.entries, slot)), found: isFound},
});

type OwnMarks = Omit<Row['marks'], 'found'>;

const socketMarks = (table: SocketTable, slot: number): OwnMarks => {
	const {core: {life, state, stateSince}, now, freshTime} = table;
	const isClosed = table.isClosed(slot);
	return {
		fresh: isFresh(table, slot) && !isClosed,
		established: (life[slot] & Life.established) !== 0 && state[slot] === State.established && now - stateSince[slot] < freshTime,
		closed: isClosed,
		waiting: isWaiting(table, slot),
		...(isOpenAt(table.core, slot) && {open: true as const}),
		...(state[slot] === State.timeWait && {timeWait: true as const}),
	};
};

/** An entry stands out while what it tells has just happened. */
const entryMarks = (entries: JournalTable, slot: number): OwnMarks => {
	const {core, event} = entries;
	const isNews = isFresh(entries, slot);
	return {
		fresh: isNews,
		established: isNews && event[slot] !== Event.closed && core.state[slot] === State.established,
		closed: isNews && event[slot] === Event.closed,
		waiting: false,
	};
};

/**
The head of a group, with the sums of the fields that add up.

@param fields
@param world
@param root0
@param root0.id
@param root0.groups
@param root0.label
@param root0.isFolded
@param root0.slots
@param names Names for groups of hosts, whose labels are addresses; undefined for other groups.
*/
export const readGroupRow = (fields: readonly Field[], world: World, {id, groups, label, isFolded, slots}: GroupLine, names?: Names): Row => ({
	id,
	...(groups.length > 0 && {groups}),
	group: {
		label: (names !== undefined && isIP(label) !== 0 ? names.host(label) : undefined) ?? label,
		isFolded,
		sockets: slots.length,
		...countsOf(world, slots),
	},
	...readSums(fields, world, slots),
	marks: {
		fresh: false, established: false, closed: false, found: false, waiting: false,
	},
});

/** Connections that wait for accept; of entries of the journal, those that tell of an end. */
const countsOf = ({table, entries}: World, slots: Uint32Array): Pick<GroupHead, 'waiting' | 'closed'> => entries === undefined
	? {waiting: countIn(slots, slot => isWaiting(table, slot))}
	: {waiting: 0, closed: countIn(slots, slot => entries.event[slot] === Event.closed)};

const countIn = (slots: Uint32Array, isCounted: (slot: number) => boolean): number => slots.reduce((count, slot) => count + (isCounted(slot) ? 1 : 0), 0);

const readSums = (fields: readonly Field[], world: World, slots: Uint32Array): Pick<Row, 'values' | 'tones'> => {
	const values = fields.map(field => sumOf(field, world, slots));
	return {values, tones: values.map(sum => sum === 0 ? 'dim' : undefined)};
};
