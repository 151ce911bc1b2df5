import type {Change} from '../../preferences/changes.js';
import type {State} from '../state/state.js';

/** Asks for changes to be written to the settings file; a notice follows with the result. */
export const save = (state: State, changes: readonly Change[]): State =>
	changes.length === 0 ? state : {...state, saving: {number: state.saving.number + 1, changes}};
