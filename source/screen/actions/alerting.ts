/** The alert: arming it, and handling its matches. Each function takes the state and returns the next one. */
import {maxAlerted, type Alerted, type AlertRequest} from '../../contract/alert.js';
import {State as SocketState, stateName} from '../../table/columns/states.js';
import {escapeText} from '../../text/escape.js';
import {problemOf} from '../state/answer-slice.js';
import type {ArmedAlert} from '../state/alert-slice.js';
import type {State} from '../state/state.js';
import {isLive} from './looking.js';
import {areStatesShown, establishedStates} from './narrowing.js';

const statesText = ({classes}: Pick<State, 'classes'>): string =>
	areStatesShown(classes, establishedStates) ? 'new ESTAB' : [...new Set(classes.states.map(state => stateName(state)))].join(' ');

/** Short descriptions of the active filters. */
const partsOf = (state: State): readonly string[] => [
	...(state.classes.problems === true && state.journal === undefined ? ['problems'] : []),
	...(state.classes.states.length === 0 ? [] : [statesText(state)]),
	...(state.port === undefined ? [] : [`port ${state.port.digits}${state.port.exact ? '' : '…'}`]),
	...(state.filter === '' ? [] : [state.filter]),
];

/** An alert with the filters of the list; without filters, for new connections. */
const alertOf = (state: State, number: number): ArmedAlert => {
	const {filter, port, classes: {problems, ...classes}, journal} = state;
	const parts = partsOf(state);
	const request: AlertRequest = {
		number, filter, ...(port && {port}), classes: {...classes, ...(problems === true && journal === undefined && {problems})},
	};
	if (parts.length > 0) {
		return {request, about: parts.join(', ')};
	}

	const connections = classes.protocols.filter(name => name !== 'udp');
	return {
		request: {...request, classes: {...classes, protocols: connections.length === 0 ? classes.protocols : connections, states: [SocketState.established]}}, about: 'new ESTAB',
	};
};

/** Arms the alert, or disarms it. */
export const toggleAlert = (state: State): State => {
	if (state.alert !== undefined) {
		return {...state, alert: undefined, notice: `Alert off: ${escapeText(state.alert.about)}`};
	}

	const number = state.alertRequests + 1;
	const alert = alertOf(state, number);
	return {
		...state, alert, alertRequests: number, notice: [`Alert on ${escapeText(alert.about)}:`, 'calls for each new match; {toggleAlert} ends it'].join(' '),
	};
};

/** Why the alert cannot be armed. */
export const whyNoAlert = (state: State): string | undefined => {
	if (state.alert !== undefined) {
		return undefined;
	}

	if (!isLive(state)) {
		return 'This is a recording: no new sockets can match';
	}

	return problemOf(state) === undefined ? undefined : 'The filter has an error: {openFilter} corrects it';
};

const sentenceOf = ({count, newest: {protocol, local, peer, process}}: Alerted): string =>
	`${count} new: ${[protocol, local, peer, process ?? ''].filter(part => part !== '').map(part => escapeText(part)).join(' ')}`;

/** New sockets match: marks them and notifies the user. */
export const takeAlerted = (state: State, alerted: Alerted): State => {
	const {alert, called, isFocused} = state;
	if (alert?.request.number !== alerted.number) {
		return state;
	}

	const sentence = sentenceOf(alerted);
	return {
		...state,
		called: {
			number: called.number + 1,
			count: called.count + alerted.count,
			unseen: isFocused === true ? 0 : called.unseen + alerted.count,
			ids: new Set([...called.ids, ...alerted.ids].slice(-maxAlerted)),
			sentence,
		},
		notice: `Alert: ${sentence}`,
	};
};

/** A key was pressed: all matches count as seen. */
export const seeAll = (state: State): State =>
	state.called.count === 0
		? state
		: {
			...state, called: {
				...state.called, count: 0, unseen: 0, ids: new Set(),
			},
		};

/** The terminal reports its focus. The rows keep their marks until the next key, so that the user can find them. */
export const takeFocus = (state: State, isFocused: boolean): State =>
	({...state, isFocused, called: isFocused ? {...state.called, unseen: 0} : state.called});
