/** Enter, Space and Esc: commands that do something else in each mode. */
import {leaveSetup} from '../../setup/moving.js';
import type {State} from '../../state/state.js';

export const accept = {command: 'accept', inGeneral: 'Choose what the cursor stands at, go on; leave what is only read'} as const;
export const toggle = {command: 'toggle', inGeneral: 'On or off: in menus and in the setup'} as const;
export const cancel = {command: 'cancel', inGeneral: 'Leave what is open: menu, help, inspector, explanation, setup; Esc always does'} as const;

/** Back to what was there before. */
export const leave = (state: State): State => ({...state, mode: state.inspector === undefined ? 'table' : 'inspector'});

/** Ends the live view; what was changed in the setup is saved. */
export const quit = (state: State): State => ({...leaveSetup(state), outcome: state.outcome ?? {exitCode: 0}});
