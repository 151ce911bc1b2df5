import {noCursor} from './cursor.js';
import {showAllEntries} from './journaling.js';
import {clearMark, showSinceMark} from './marking.js';
import {clearPort, narrow} from './narrowing.js';
import type {State} from './state.js';

/** Shows more again, one step at a time: port, search, filter, the one socket of the journal or what the mark hides; then the cursor goes, at last the mark. */
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

	if (state.journal !== undefined) {
		return state.journal.socket === undefined ? {...state, cursor: noCursor} : showAllEntries(state);
	}

	if (state.mark !== undefined && state.mark.shown !== 'all') {
		return showSinceMark(state, 'all');
	}

	return state.mark !== undefined && state.cursor.request.kind === 'none' ? clearMark(state) : {...state, cursor: noCursor};
};
