import {defaultProtocols} from '../../table/columns/protocols.js';
import {noCursor} from '../state/cursor.js';
import type {State} from '../state/state.js';
import {showAllEntries} from './journaling.js';
import {clearMark, isSinceMark, showSinceMark} from './marking.js';
import {clearPort, narrow, withClasses} from './narrowing.js';
import {toggleProblems} from './problems.js';

/** A change that can be taken back: whether there is one, and the state without it. */
type Step = {readonly isDone: (state: State) => boolean; readonly undo: (state: State) => State};

/** TCP and UDP are shown unless they are switched off. */
const isAnyOff = ({classes: {protocols}}: State): boolean => defaultProtocols.some(name => !protocols.includes(name));

const switchOn = (state: State): State => withClasses(state, {protocols: [...defaultProtocols, ...state.classes.protocols.filter(name => defaultProtocols.every(each => each !== name))]});

/** In the order in which Esc takes them back. */
const steps: readonly Step[] = [
	{isDone: ({port}) => port !== undefined, undo: clearPort},
	{isDone: ({search}) => search !== '', undo: state => ({...state, search: ''})},
	{isDone: ({filter}) => filter !== '', undo: state => narrow(state, {filter: ''})},
	// Entries of the journal have no health.
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
Takes back one thing: what narrows the list (port, search, filter, only problems, toggles of states and protocols, the one socket of the journal, what the mark hides), then columns
that were scrolled, the order, the cursor, and at last the mark.
*/
export const widen = (state: State): State => steps.find(({isDone}) => isDone(state))?.undo(state) ?? state;
