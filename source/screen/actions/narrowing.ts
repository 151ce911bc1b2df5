/** Port, filter and classes, which hide sockets, and the search, which does not. Each function takes the state and returns the next one. */
import type {Classes} from '../../query/query.js';
import {defaultProtocols, protocolNames, type ProtocolName} from '../../table/columns/protocols.js';
import {State as SocketState} from '../../table/columns/states.js';
import {moveCursor, noCursor, unfreezeCursor} from '../state/cursor.js';
import {completingOf} from '../state/editing-slice.js';
import {lineOf, type Line} from '../state/line.js';
import type {State} from '../state/state.js';
import {answerOf} from '../state/answer-slice.js';

const maxPortDigits = 5;
const maxPort = 65_535;

/** Applies a change of what the list shows: sorting resumes and the cursor follows its socket. */
export const narrow = (state: State, change: Partial<State>): State => ({...state, cursor: unfreezeCursor(state.cursor, answerOf(state)), ...change});

/** Opens the port filter with a digit, or appends the digit. Ignored if the result is larger than any port. */
export const addPortDigit = (state: State, digit: string): State => {
	const digits = (state.mode === 'port' ? state.port?.digits ?? '' : '') + digit;
	return digits.length > maxPortDigits || Number(digits) > maxPort ? state : narrow(state, {mode: 'port', port: {digits, exact: false}});
};

/** Deletes the last digit. Without digits, all ports are shown. */
export const erasePortDigit = (state: State): State => {
	const digits = state.port?.digits.slice(0, -1) ?? '';
	return digits === '' ? clearPort(state) : narrow(state, {mode: 'port', port: {digits, exact: false}});
};

/** Filters for exactly the typed port. */
export const acceptPort = (state: State): State =>
	narrow(state, {mode: 'table', port: state.port === undefined ? undefined : {digits: String(Number(state.port.digits)), exact: true}});

/** Removes the port filter. */
export const clearPort = (state: State): State => narrow(state, {mode: 'table', port: undefined});

/** Opens the filter line with the current filter. */
export const openFilter = (state: State): State => ({
	...state, ...remember(state), mode: 'filter', line: lineOf(state.filter),
});

/** Opens an empty search line; the previous search stays until something is typed. */
export const openSearch = (state: State): State => ({
	...state, ...remember(state), mode: 'search', line: lineOf(''),
});

const remember = ({filter, search, cursor, view}: State): Pick<State, 'beforeEditing'> => ({
	beforeEditing: {
		filter, search, cursor: {...cursor, frozen: 0}, selected: view?.selected?.id,
	},
});

/** Applies a changed filter line at once. */
export const changeFilter = (state: State, line: Line): State => narrow(state, {line, filter: line.text.trim() === '' ? '' : line.text});

/** Applies a changed search line at once. */
export const changeSearch = (state: State, line: Line): State => {
	const search = line.text.trim() === '' ? state.beforeEditing.search : line.text;
	if (search === state.search) {
		return {...state, line};
	}

	// Search from where the search began, so that typing more does not move further away.
	const found = {kind: 'match', id: state.beforeEditing.selected, direction: 0} as const;
	return {
		...state, line, search, cursor: {...moveCursor(noCursor, {kind: 'match', direction: 0}, answerOf(state)), request: found},
	};
};

/** Closes the filter line and keeps the filter. */
export const acceptFilter = (state: State): State => ({...state, mode: 'table'});

/** Closes the search line and keeps the search. An empty line repeats the previous search: moves to its next match. */
export const acceptSearch = (state: State): State => {
	const closed: State = {...state, mode: 'table'};
	const isRepeated = state.line.text.trim() === '' && state.search !== '';
	return isRepeated ? findMatch(closed, 1) : closed;
};

/** Closes the completions. If none are open, closes the line and restores the previous filter or search. */
export const cancelLine = (state: State): State => {
	if (completingOf(state) !== undefined) {
		return {...state, completing: undefined};
	}

	const {filter, search, cursor} = state.beforeEditing;
	return state.mode === 'filter'
		? narrow(state, {mode: 'table', filter})
		: {
			...state, mode: 'table', search, cursor: search === state.search ? state.cursor : cursor,
		};
};

export const isSearching = ({search}: State): boolean => search !== '';

/** Why there is nothing to find. */
export const whyNothingToFind = ({search}: State): string | undefined => search === '' ? 'Nothing to find: {openSearch} starts a search' : undefined;

/** Moves to the next or the previous match. */
export const findMatch = (state: State, direction: -1 | 1): State => ({...state, cursor: moveCursor(state.cursor, {kind: 'match', direction}, answerOf(state))});

/** Shows or hides protocols that belong together. If none would be left, TCP and UDP are shown instead. */
export const toggleProtocols = (state: State, names: readonly ProtocolName[]): State => {
	const shown = state.classes.protocols;
	const isOn = names.some(name => shown.includes(name));
	const toggled = protocolNames.filter(name => names.includes(name) ? !isOn : shown.includes(name));
	return withClasses(state, {protocols: toggled.length === 0 ? defaultProtocols.filter(name => !names.includes(name)) : toggled});
};

/** States of listening sockets, as in `ss -l`. */
export const listeningStates: readonly number[] = [SocketState.listen, SocketState.unconnected];
export const establishedStates: readonly number[] = [SocketState.established];

/** Whether exactly the given states are shown. */
export const areStatesShown = ({states}: Classes, requested: readonly number[]): boolean =>
	states.length === requested.length && requested.every(state => states.includes(state));

/** Shows only the given states, or all if exactly these are shown. */
export const toggleStates = (state: State, states: readonly number[]): State =>
	withClasses(state, {states: areStatesShown(state.classes, states) ? [] : states});

/** Changes the classes of sockets that are shown. */
export const withClasses = (state: State, classes: Partial<Classes>): State => narrow(state, {classes: {...state.classes, ...classes}});
