/** What hides sockets: port, filter, classes; and the search, which hides nothing. Each function takes the state and gives the next one. */
import type {Classes} from '../../query/query.js';
import {defaultProtocols, protocolNames, type ProtocolName} from '../../table/columns/protocols.js';
import {State as SocketState} from '../../table/columns/states.js';
import {moveCursor, noCursor, unfreezeCursor} from '../state/cursor.js';
import {completingOf} from '../state/editing-slice.js';
import {lineOf, type Line} from '../state/line.js';
import type {State} from '../state/state.js';
import {answerOf} from '../state/answer-slice.js';

const longestPort = 5;
const largestPort = 65_535;

/** Lets the order change and the cursor follow its socket: what is shown has changed. */
export const narrow = (state: State, change: Partial<State>): State => ({...state, cursor: unfreezeCursor(state.cursor, answerOf(state)), ...change});

/** A digit: opens the port filter, or makes it narrower. Digits that would lead beyond the largest port are ignored. */
export const addPortDigit = (state: State, digit: string): State => {
	const digits = (state.mode === 'port' ? state.port?.digits ?? '' : '') + digit;
	return digits.length > longestPort || Number(digits) > largestPort ? state : narrow(state, {mode: 'port', port: {digits, exact: false}});
};

/** Takes back the last digit; without one left, any port is shown again. */
export const erasePortDigit = (state: State): State => {
	const digits = state.port?.digits.slice(0, -1) ?? '';
	return digits === '' ? clearPort(state) : narrow(state, {mode: 'port', port: {digits, exact: false}});
};

/** Exactly the port that was typed. */
export const acceptPort = (state: State): State =>
	narrow(state, {mode: 'table', port: state.port === undefined ? undefined : {digits: String(Number(state.port.digits)), exact: true}});

/** Any port. */
export const clearPort = (state: State): State => narrow(state, {mode: 'table', port: undefined});

/** Opens the filter line with the filter that is in force. */
export const openFilter = (state: State): State => ({
	...state, ...remember(state), mode: 'filter', line: lineOf(state.filter),
});

/** Opens an empty search line; until something is typed, the search from before stays. */
export const openSearch = (state: State): State => ({
	...state, ...remember(state), mode: 'search', line: lineOf(''),
});

const remember = ({filter, search, cursor, view}: State): Pick<State, 'beforeEditing'> => ({
	beforeEditing: {
		filter, search, cursor: {...cursor, frozen: 0}, selected: view?.selected?.id,
	},
});

/** Takes a changed line of the filter, which follows at once. */
export const changeFilter = (state: State, line: Line): State => narrow(state, {line, filter: line.text.trim() === '' ? '' : line.text});

/** Takes a changed line of the search, which follows at once. */
export const changeSearch = (state: State, line: Line): State => {
	const search = line.text.trim() === '' ? state.beforeEditing.search : line.text;
	if (search === state.search) {
		return {...state, line};
	}

	// From where the search began, so that a longer word does not lead further away.
	const found = {kind: 'match', id: state.beforeEditing.selected, direction: 0} as const;
	return {
		...state, line, search, cursor: {...moveCursor(noCursor, {kind: 'match', direction: 0}, answerOf(state)), request: found},
	};
};

/** Leaves the line of the filter, which stays. */
export const acceptFilter = (state: State): State => ({...state, mode: 'table'});

/** Leaves the line of the search, which stays. An empty line means the search from before: on to its next match. */
export const acceptSearch = (state: State): State => {
	const left: State = {...state, mode: 'table'};
	const isRepeated = state.line.text.trim() === '' && state.search !== '';
	return isRepeated ? findMatch(left, 1) : left;
};

/** Closes the completions; without any, leaves the line and brings back what was there before. */
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

/** Goes to the next or the previous match. */
export const findMatch = (state: State, direction: -1 | 1): State => ({...state, cursor: moveCursor(state.cursor, {kind: 'match', direction}, answerOf(state))});

/** Shows protocols that belong together or not. The last ones cannot be hidden alone: TCP and UDP come back in their place. */
export const toggleProtocols = (state: State, names: readonly ProtocolName[]): State => {
	const shown = state.classes.protocols;
	const isOn = names.some(name => shown.includes(name));
	const toggled = protocolNames.filter(name => names.includes(name) ? !isOn : shown.includes(name));
	return withClasses(state, {protocols: toggled.length === 0 ? defaultProtocols.filter(name => !names.includes(name)) : toggled});
};

/** States of sockets that wait for others, as `ss -l` has them. */
export const listeningStates: readonly number[] = [SocketState.listen, SocketState.unconnected];
export const establishedStates: readonly number[] = [SocketState.established];

/** Whether exactly these states are shown. */
export const areStatesShown = ({states}: Classes, wanted: readonly number[]): boolean =>
	states.length === wanted.length && wanted.every(state => states.includes(state));

/** Shows only these states, or all again. */
export const toggleStates = (state: State, states: readonly number[]): State =>
	withClasses(state, {states: areStatesShown(state.classes, states) ? [] : states});

/** Shows other kinds of sockets. */
export const withClasses = (state: State, classes: Partial<Classes>): State => narrow(state, {classes: {...state.classes, ...classes}});
