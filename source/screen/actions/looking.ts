/** Looking back: requests for a moment in the past. Each function takes the state and returns the next one. */
import type {MomentRequest} from '../../contract/messages.js';
import {momentForms, parseMoment} from '../../text/moment.js';
import {lineOf} from '../state/line.js';
import type {State} from '../state/state.js';

/** Requests a moment. */
export const requestMoment = (state: State, request: MomentRequest): State => ({...state, momentRequest: {number: state.momentRequest.number + 1, request}});

/** Opens the line to type a time. */
export const openMoment = (state: State): State => ({...state, mode: 'moment', line: lineOf('')});

/** How many times as fast as it was; then it stops. */
const speeds = [1, 2, 5, 10, 60] as const;

export const isPlaying = ({view}: State): boolean => view?.moment?.speed !== undefined;

/** Plays, or plays faster; after the fastest it stops. */
export const play = (state: State): State => {
	const speed = state.view?.moment?.speed ?? 0;
	return requestMoment(state, {kind: 'play', speed: speeds.find(each => each > speed) ?? 0});
};

export const stopPlaying = (state: State): State => requestMoment(state, {kind: 'play', speed: 0});

/** Whether sockets are sampled, whatever is shown: not in a file or a recording. */
export const isLive = ({view}: State): boolean => view?.moment?.hasPresent ?? view?.status.source.pace !== 'source';

/** Goes to the time that was typed; in a recording, it counts back from the end of that. */
export const acceptMoment = (state: State, clock = Date.now()): State => {
	const {moment} = state.view ?? {};
	const now = moment?.hasPresent === false ? moment.ends : clock;
	const {text} = state.line;
	if (text.trim() === '') {
		return {...state, mode: 'table'};
	}

	const time = parseMoment(text, now);
	return time === undefined
		? {...state, notice: `A time is ${momentForms}`}
		: requestMoment({...state, mode: 'table'}, {kind: 'at', time});
};
