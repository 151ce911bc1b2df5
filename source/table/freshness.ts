import {Life} from './columns.js';
import type {SocketTable} from './socket-table.js';

/** How long a new socket, and a new ESTABLISHED session, stand out unless the table is told otherwise. */
export const freshMilliseconds = 5000;

/** Whether a socket is fresh: opened in the last seconds, and not there already when it was first looked for. Of the journal: an entry that was just noted. */
export const isFresh = ({core: {life, openedAt}, recordedAt, now, freshTime}: SocketTable, slot: number): boolean => recordedAt === undefined
	? (life[slot] & Life.initial) === 0 && now - openedAt[slot] < freshTime
	: now - recordedAt[slot] < freshTime;

/** Whether a socket is new: opened since the mark, or fresh where nothing is marked. The same of an entry of the journal and when it was noted. */
export const isNew = (table: SocketTable, slot: number): boolean => table.mark?.isOpenedSince(slot) ?? isFresh(table, slot);
