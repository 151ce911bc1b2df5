import {defaultProtocols} from '../../table/columns/protocols.js';
import {noCursor} from '../state/cursor.js';
import type {State} from '../state/state.js';
import {showAllEntries} from './journaling.js';
import {clearMark, isSinceMark, showSinceMark} from './marking.js';
import {clearPort, narrow, withClasses} from './narrowing.js';
import {toggleProblems} from './problems.js';

/** A change that Esc can undo: whether it is there, and the state without it. */
type Step = {readonly isDone: (state: State) => boolean; readonly undo: (state: State) => State};

/** Whether TCP or UDP, which are shown by default, is hidden. */
const isAnyOff = ({classes: {protocols}}: State): boolean => defaultProtocols.some(name => !protocols.includes(name));

const switchOn = (state: State): State => withClasses(state, {protocols: [...defaultProtocols, ...state.classes.protocols.filter(name => defaultProtocols.every(each => each !== name))]});

/** In the order in which Esc undoes them. */
const steps: readonly Step[] = [
	{isDone: ({port}) => port !== undefined, undo: clearPort},
	{isDone: ({search}) => search !== '', undo: state => ({...state, search: ''})},
	{isDone: ({filter}) => filter !== '', undo: state => narrow(state, {filter: ''})},
	// Journal entries have no health.
	{isDone: ({classes, journal}) => classes.problems === true && journal === undefined, undo: toggleProblems},
	{isDone: ({classes}) => classes.states.length > 0, undo: state => withClasses(state, {states: []})},
	{isDone: ({classes}) => classes.families.length > 0, undo: state => withClasses(state, {families: []})},
	{isDone: isAnyOff, undo: switchOn},
	{isDone: ({journal}) => journal?.socket !== undefined, undo: showAllEntries},
	{isDone: isSinceMark, undo: state => showSinceMark(state, 'all')},
	{isDone: ({scrolled}) => scrolled > 0, undo: state => ({...state, scrolled: 0})},
	{isDone: ({sortBefore}) => sortBefore !== undefined, undo: state => narrow(state, {sort: state.sortBefore ?? state.sort, sortBefore: undefined})},
	{isDone: ({cursor}) => cursor.request.kind !== 'none', undo: state => ({...state, cursor: noCursor})},
	{isDone: ({mark}) => mark !== undefined, undo: clearMark},
];

/**
Undoes one change: first what narrows the list (port, search, filter, only problems, states, families, protocols, the one socket of the journal, what the mark hides), then
scrolled columns, the order, the cursor, and last the mark.
*/
export const widen = (state: State): State => steps.find(({isDone}) => isDone(state))?.undo(state) ?? state;
