/** Enter, Space and Esc: commands whose action depends on the mode. */
import {leaveSetup} from '../../setup/moving.js';
import {baseModeOf, type State} from '../../state/state.js';

export const accept = {command: 'accept', inGeneral: 'Accept: choose the item under the cursor, continue, or close a page'} as const;
export const toggle = {command: 'toggle', inGeneral: 'Toggle the item under the cursor, in menus and in the setup'} as const;
export const cancel = {command: 'cancel', inGeneral: 'Close what is open: menu, help, inspector, explanation, setup; Esc always works'} as const;

/** Returns to where the menu, line or page was opened. */
export const leave = (state: State): State => ({...state, mode: baseModeOf(state)});

/** Ends the live view and saves the changes made in the setup. */
export const quit = (state: State): State => ({...leaveSetup(state), outcome: state.outcome ?? {exitCode: 0}});
