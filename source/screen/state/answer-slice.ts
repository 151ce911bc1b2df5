/** The last query to the engine, and the last answer. */
import type {View} from '../../contract/messages.js';
import type {FilterProblem} from '../../query/query.js';
import type {ContentWidths} from './content-widths.js';
import type {Answer} from './cursor.js';

export type AnswerSlice = {
	/** Number of the last query; incremented whenever the query changes. */
	readonly sequence: number;
	/** The last answer; undefined before the first. */
	readonly view: View | undefined;
	/** Cell texts of the answer's rows. */
	readonly cells: ReadonlyArray<readonly string[]>;
	readonly widths: ContentWidths;
	/** The same for the newest journal entries, below the list. */
	readonly recent: {readonly cells: ReadonlyArray<readonly string[]>; readonly widths: ContentWidths};
};

/** Before the first answer. */
export const noAnswer: AnswerSlice = {
	sequence: 1, view: undefined, cells: [], widths: new Map(), recent: {cells: [], widths: new Map()},
};

/** The last answer, and whether it answers the last query. */
export const answerOf = ({view, sequence}: Pick<AnswerSlice, 'view' | 'sequence'>): Answer => ({view, isCurrent: view !== undefined && view.sequence >= sequence});

/** Why the filter is not applied, according to the last answer. */
export const problemOf = ({view, filter}: Pick<AnswerSlice, 'view'> & {readonly filter: string}): FilterProblem | undefined => filter === '' ? undefined : view?.filterProblem;
