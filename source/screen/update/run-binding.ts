import type {Binding, Command, State} from '../state/state.js';

/** Runs a binding, or shows why it is disabled. */
export const runBinding = (state: State, binding: Binding, key: string): State => {
	const reason = binding.whyDisabled?.(state);
	return reason === undefined ? binding.run(state, key) : {...state, notice: reason};
};

/** Runs a command if the mode has it, even if the user has removed its keys. */
export const runCommand = (state: State, command: Command): State => {
	const binding = state.keyTable.defaults.find(({command: each, modes}) => each === command && modes.includes(state.mode));
	return binding === undefined ? state : runBinding(state, binding, binding.keys[0]);
};
