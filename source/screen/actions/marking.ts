/** The mark that sockets are compared with, and what the list shows because of it. Each function takes the state and returns the next one. */
import type {MarkRequest, Sort} from '../../query/query.js';
import {formatClock} from '../../text/clock.js';
import type {State} from '../state/state.js';
import {narrow} from './narrowing.js';

/** Sets the mark to the current moment. What the list shows because of a mark stays the same. */
export const setMark = (state: State): State => narrow(state, {mark: newMark(state, state.mark?.shown ?? 'all')});

/** Removes the mark and shows everything. */
export const clearMark = (state: State): State => ({...showSinceMark(state, 'all'), mark: undefined});

/** Whether the list is limited because of the mark. In the journal, whose entries do not change, both ways mean the same. */
export const isSinceMark = ({mark}: Pick<State, 'mark'>): boolean => mark !== undefined && mark.shown !== 'all';

/** Shows only sockets opened since the mark, or everything. Sets the mark if there is none. */
export const toggleNew = (state: State): State =>
	showSinceMark(state, state.mark?.shown === 'new' || (state.journal !== undefined && isSinceMark(state)) ? 'all' : 'new');

/** Shows only sockets that opened, closed or transferred data since the mark, or everything. Sets the mark if there is none. */
export const toggleDifference = (state: State): State => showSinceMark(state, state.mark?.shown === 'difference' ? 'all' : 'difference');

/** Sets what the list shows because of the mark. The difference has its own columns and order; the previous ones are restored when it is closed. */
export const showSinceMark = (state: State, shown: MarkRequest['shown']): State => {
	const mark = state.mark === undefined ? newMark(state, shown) : {...state.mark, shown};
	const {layoutBeforeDifference} = state;
	if (shown === 'difference' && layoutBeforeDifference === undefined) {
		const {columns, sort, sortBefore} = state;
		return narrow(state, {
			mark, layoutBeforeDifference: {columns, sort, sortBefore}, columns: differenceColumns(columns), sort: differenceSort, sortBefore: undefined,
		});
	}

	return narrow(state, shown === 'difference' ? {mark} : {mark, ...layoutBeforeDifference, layoutBeforeDifference: undefined});
};

/** Uses the number of the next query, which is unique, as the number of the mark. */
const newMark = ({sequence}: State, shown: MarkRequest['shown']): MarkRequest => ({number: sequence + 1, shown});

/** The difference shows bytes since the mark instead of rates. */
const replacements: Readonly<Record<string, string>> = {rxRate: 'receivedSinceMark', txRate: 'sentSinceMark'};

const differenceColumns = (columns: readonly string[]): readonly string[] =>
	[...new Set(['sinceMark', ...columns.map(id => replacements[id] ?? id), ...Object.values(replacements)])];

/** Opened, closed, then changed sockets; within each, those that received most first. */
const differenceSort: Sort = {field: 'sinceMark', descending: false, finer: {field: 'receivedSinceMark', descending: true}};

/** How the shown moment lies to the mark: after it, or before it in the past. */
export const markRelation = ({view}: Pick<State, 'view'>): 'since' | 'until' =>
	view?.moment !== undefined && view.markedAt !== undefined && view.markedAt > view.moment.time ? 'until' : 'since';

/** `since 14:03:05`, with what the list shows because of the mark; undefined without a mark. */
export const markText = ({mark, view, journal}: State): string | undefined => {
	if (mark === undefined || view?.markedAt === undefined) {
		return undefined;
	}

	const since = `${markRelation({view})} ${formatClock(view.markedAt)}`;
	return mark.shown === 'all' ? since : `${mark.shown === 'new' || journal !== undefined ? 'new' : 'changed'} ${since}`;
};

/** The notice for an answer with a new mark. */
export const markNotice = ({view, journal}: State, now: number | undefined): string | undefined => {
	if (now === undefined || now === view?.markedAt) {
		return undefined;
	}

	const ways = journal === undefined ? '{toggleNew} shows what is new since, {toggleDifference} what changed' : '{toggleNew} shows only what came since';
	return `Marked ${formatClock(now)}: ${ways}`;
};
