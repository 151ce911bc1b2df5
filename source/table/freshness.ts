import {Life} from './columns/columns.js';
import type {Mark} from './mark.js';
import type {SampledColumns} from './columns/sampled-columns.js';

/**
Whether a socket is fresh: opened within `freshTime`, and not present when its protocol was first sampled. For the journal: whether the entry was recorded
within `freshTime`.
*/
export const isFresh = ({core: {life, openedAt}, recordedAt, now, freshTime}: SampledColumns, slot: number): boolean => recordedAt === undefined
	? (life[slot] & Life.initial) === 0 && now - openedAt[slot] < freshTime
	: now - recordedAt[slot] < freshTime;

/** Whether a socket is new: opened since the mark, or fresh if there is no mark. For the journal: whether the entry was recorded since the mark. */
export const isNew = (table: SampledColumns & {readonly mark?: Mark | undefined}, slot: number): boolean => table.mark?.isOpenedSince(slot) ?? isFresh(table, slot);
