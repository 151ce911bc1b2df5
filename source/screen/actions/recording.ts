/** Recording in the live view. Each function takes the state and returns the next one. */
import type {State} from '../state/state.js';
import {isLive} from './looking.js';

/** Starts or stops recording. */
export const toggleRecording = (state: State): State => {
	const isOn = state.view?.status.recording === undefined;
	return {...state, recordRequest: {isOn}, notice: isOn ? undefined : 'No longer recording'};
};

/** Why recording is not possible. */
export const whyNotRecording = (state: State): string | undefined =>
	isLive(state) ? undefined : 'This is a recording: only live samples can be recorded';
