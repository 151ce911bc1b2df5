import type {Binding, Command, State} from '../state/state.js';

/** Does what a key does, or shows why it does nothing now. */
export const runBinding = (state: State, binding: Binding, key: string): State => {
	const reason = binding.whyDisabled?.(state);
	return reason === undefined ? binding.run(state, key) : {...state, notice: reason};
};

/** Does what a command does, if the mode has it; whether a person has left it without a key or not. */
export const runCommand = (state: State, command: Command): State => {
	const binding = state.keyTable.defaults.find(({command: each, modes}) => each === command && modes.includes(state.mode));
	return binding === undefined ? state : runBinding(state, binding, binding.keys[0]);
};
