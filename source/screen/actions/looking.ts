/** Looking back: requests for a moment in the past. Each function takes the state and returns the next one. */
import type {MomentRequest} from '../../contract/messages.js';
import {momentForms, parseMoment} from '../../text/moment.js';
import {lineOf} from '../state/line.js';
import type {State} from '../state/state.js';

/** Requests a moment. */
export const requestMoment = (state: State, request: MomentRequest): State => ({...state, momentRequest: {number: state.momentRequest.number + 1, request}});

/** Opens the line to type a time. */
export const openMoment = (state: State): State => ({...state, mode: 'moment', line: lineOf('')});

/** Requests the typed time. */
export const acceptMoment = (state: State, now = Date.now()): State => {
	const {text} = state.line;
	if (text.trim() === '') {
		return {...state, mode: 'table'};
	}

	const time = parseMoment(text, now);
	return time === undefined
		? {...state, notice: `A time is ${momentForms}`}
		: requestMoment({...state, mode: 'table'}, {kind: 'at', time});
};
