import {noCursor} from '../state/cursor.js';
import type {State} from '../state/state.js';
import {showAllEntries} from './journaling.js';
import {clearMark, isSinceMark, showSinceMark} from './marking.js';
import {clearPort, narrow} from './narrowing.js';
import {toggleProblems} from './problems.js';

/** Shows more again, one step at a time: port, search, filter, only problems, the one socket of the journal, what the mark hides; then the cursor goes, at last the mark. */
export const widen = (state: State): State => {
	if (state.port !== undefined) {
		return clearPort(state);
	}

	if (state.search !== '') {
		return {...state, search: ''};
	}

	if (state.filter !== '') {
		return narrow(state, {filter: ''});
	}

	if (state.classes.problems === true && state.journal === undefined) {
		return toggleProblems(state);
	}

	if (state.journal?.socket !== undefined) {
		return showAllEntries(state);
	}

	if (isSinceMark(state)) {
		return showSinceMark(state, 'all');
	}

	return state.mark !== undefined && state.cursor.request.kind === 'none' ? clearMark(state) : {...state, cursor: noCursor};
};
