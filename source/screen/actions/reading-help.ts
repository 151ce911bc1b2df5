/** Opening, searching and closing the help. */
import {lineOf, type Line} from '../state/line.js';
import {baseModeOf, type State} from '../state/state.js';

/** Opens the help at its start. */
export const openHelp = (state: State): State => ({
	...state, mode: 'help', helpOffset: 0, helpSearch: '',
});

/** Opens the line to search the help in. */
export const openHelpSearch = (state: State): State => ({...state, mode: 'helpSearch', line: lineOf(state.helpSearch)});

/** Shows only what contains the text of the line. */
export const changeHelpSearch = (state: State, line: Line): State => ({
	...state, line, helpSearch: line.text, helpOffset: 0,
});

/** Returns to the help, which keeps showing what was found. */
export const acceptHelpSearch = (state: State): State => ({...state, mode: 'help'});

/** Returns to the help, which shows everything again. */
export const cancelHelpSearch = (state: State): State => openHelp(state);

/** Takes back the search; without one, closes the help. */
export const leaveHelp = (state: State): State => state.helpSearch === '' ? closeHelp(state) : openHelp(state);

/** Returns to where the help was opened. */
export const closeHelp = (state: State): State => ({...state, mode: baseModeOf(state), helpSearch: ''});
