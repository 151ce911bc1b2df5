/** Looking back: which moment is asked for. Each function takes the state and gives the next one. */
import type {LookRequest} from '../../contract/messages.js';
import {momentForms, parseMoment} from '../../text/moment.js';
import {lineOf} from '../state/line.js';
import type {State} from '../state/state.js';

/** Asks for a moment. */
export const look = (state: State, request: LookRequest): State => ({...state, look: {number: state.look.number + 1, request}});

/** Opens the line for a time. */
export const openMoment = (state: State): State => ({...state, mode: 'moment', line: lineOf('')});

/** How many times as fast as it was; then it stops. */
const speeds = [1, 2, 5, 10, 60] as const;

export const isPlaying = ({view}: State): boolean => view?.moment?.speed !== undefined;

/** Plays, or plays faster; after the fastest it stops. */
export const play = (state: State): State => {
	const speed = state.view?.moment?.speed ?? 0;
	return look(state, {kind: 'play', speed: speeds.find(each => each > speed) ?? 0});
};

export const stopPlaying = (state: State): State => look(state, {kind: 'play', speed: 0});

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
		: look({...state, mode: 'table'}, {kind: 'at', time});
};
