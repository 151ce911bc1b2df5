/** Records what the live view samples. Each function takes the state and gives the next one. */
import type {State} from '../state/state.js';
import {isLive} from './looking.js';

/** Starts or stops recording. */
export const toggleRecording = (state: State): State => {
	const isOn = state.view?.status.recording === undefined;
	return {...state, recordRequest: {isOn}, notice: isOn ? undefined : 'No longer recording'};
};

/** Why nothing can be recorded. */
export const whyNotRecording = (state: State): string | undefined =>
	isLive(state) ? undefined : 'This was recorded already: only what is live can be recorded';
