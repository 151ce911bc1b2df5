/** Showing only sockets with health problems. Each function takes the state and returns the next one. */
import type {State} from '../state/state.js';
import {toggleJournal} from './journaling.js';
import {narrow} from './narrowing.js';

/** Shows only sockets with problems, or all. */
export const toggleProblems = (state: State): State => {
	const {problems, ...classes} = state.classes;
	return narrow(state, {classes: problems === true ? classes : {...classes, problems: true}});
};

/** From the journal or the inspector, goes to the list of sockets with problems. In the list, shows only these or all. */
export const showProblems = (state: State): State => {
	if (state.journal === undefined && state.mode !== 'inspector') {
		return toggleProblems(state);
	}

	const list: State = state.journal === undefined ? state : toggleJournal(state);
	const shown: State = {...list, mode: 'table', inspector: undefined};
	return shown.classes.problems === true ? shown : toggleProblems(shown);
};
