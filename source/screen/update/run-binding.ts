import {runCommand} from './commands.js';
import type {Binding} from '../keys/keys.js';
import type {State} from '../state/state.js';

/** Does what a key says, or tells why it does nothing now. */
export const runBinding = (state: State, binding: Binding, key: string): State => {
	const reason = binding.whyDisabled?.(state);
	return reason === undefined ? runCommand(state, binding.command, key) : {...state, notice: reason};
};
