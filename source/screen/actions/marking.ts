/** The moment that sockets are compared with, and what is shown because of it. Each function takes the state and gives the next one. */
import type {MarkRequest, Sort} from '../../query/query.js';
import {formatClock} from '../../text/clock.js';
import type {State} from '../state/state.js';
import {narrow} from './narrowing.js';

/** Marks this moment, in place of one that was marked before. What is shown because of the mark stays so. */
export const setMark = (state: State): State => narrow(state, {mark: newMark(state, state.mark?.shown ?? 'all')});

/** Forgets the mark, and shows everything again. */
export const clearMark = (state: State): State => ({...showSinceMark(state, 'all'), mark: undefined});

/** Whether only some is shown because of the mark. The journal knows but one way: entries do not change. */
export const isSinceMark = ({mark}: Pick<State, 'mark'>): boolean => mark !== undefined && mark.shown !== 'all';

/** Hides what was there at the mark, or shows it again. Where nothing is marked, this moment is. */
export const toggleNew = (state: State): State =>
	showSinceMark(state, state.mark?.shown === 'new' || (state.journal !== undefined && isSinceMark(state)) ? 'all' : 'new');

/** Shows what was opened, closed or has grown since the mark, and nothing else; or everything again. Where nothing is marked, this moment is. */
export const toggleDifference = (state: State): State => showSinceMark(state, state.mark?.shown === 'difference' ? 'all' : 'difference');

/** Shows all, or only some because of the mark. The difference has its own columns and order; those from before come back after it. */
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

/** No query has had the number of the next one. */
const newMark = ({sequence}: State, shown: MarkRequest['shown']): MarkRequest => ({number: sequence + 1, shown});

/** Where the rates stood, what was received and sent since. */
const replacements: Readonly<Record<string, string>> = {rxRate: 'receivedSinceMark', txRate: 'sentSinceMark'};

const differenceColumns = (columns: readonly string[]): readonly string[] =>
	[...new Set(['sinceMark', ...columns.map(id => replacements[id] ?? id), ...Object.values(replacements)])];

/** What was opened, what was closed, what has grown: in each, what received most at first. */
const differenceSort: Sort = {field: 'sinceMark', descending: false, finer: {field: 'receivedSinceMark', descending: true}};

/** `since 14:03:05`, and what is shown because of it; undefined where nothing is marked (yet). */
export const markText = ({mark, view, journal}: State): string | undefined => {
	if (mark === undefined || view?.markedAt === undefined) {
		return undefined;
	}

	const since = `since ${formatClock(view.markedAt)}`;
	return mark.shown === 'all' ? since : `${mark.shown === 'new' || journal !== undefined ? 'new' : 'changed'} ${since}`;
};

/** What to say when an answer tells that another moment is marked. */
export const markNotice = ({view, journal}: State, now: number | undefined): string | undefined => {
	if (now === undefined || now === view?.markedAt) {
		return undefined;
	}

	const ways = journal === undefined ? '{toggleNew} shows what is new since, {toggleDifference} what changed' : '{toggleNew} shows only what came since';
	return `Marked ${formatClock(now)}: ${ways}`;
};
