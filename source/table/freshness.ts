import {Life} from './columns/columns.js';
import type {Mark} from './mark.js';
import type {SampledColumns} from './columns/sampled-columns.js';

/** Whether a socket is fresh: opened in the last seconds, and not there already when it was first looked for. Of the journal: an entry that was just noted. */
export const isFresh = ({core: {life, openedAt}, recordedAt, now, freshTime}: SampledColumns, slot: number): boolean => recordedAt === undefined
	? (life[slot] & Life.initial) === 0 && now - openedAt[slot] < freshTime
	: now - recordedAt[slot] < freshTime;

/** Whether a socket is new: opened since the mark, or fresh where nothing is marked. The same of an entry of the journal and when it was noted. */
export const isNew = (table: SampledColumns & {readonly mark?: Mark | undefined}, slot: number): boolean => table.mark?.isOpenedSince(slot) ?? isFresh(table, slot);
