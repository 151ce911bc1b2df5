/** What is to be written into the settings file. */
import type {Change} from '../../preferences/changes.js';
import type {State} from './state.js';

/** Asks for changes to be written; the program around the screen does it and says what came of it. */
export const save = (state: State, changes: readonly Change[]): State =>
	changes.length === 0 ? state : {...state, saving: {number: state.saving.number + 1, changes}};

/** What a person reads first about a settings file with mistakes; undefined for none. */
export const complaintNotice = (complaints: readonly string[]): string | undefined => {
	const [first, ...others] = complaints;
	return first === undefined || others.length === 0 ? first : [complaints.length, 'mistakes in the settings, {openSetup} shows them;', first].join(' ');
};
