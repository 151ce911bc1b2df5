import {moveExplanation, openExplanation} from '../../actions/explaining.js';
import type {BindingRecord} from '../../state/state.js';
import {accept, cancel, leave} from './general.js';
import {isBrowsing} from './where.js';

/** Keys of the explanation of columns and states. */
export const explanationBindings: readonly BindingRecord[] = [
	{
		keys: ['escape', 'q'], ...cancel, leaves: 'explain', description: 'Close the explanation', group: 'Watch', modes: ['explain'], run: leave, label: 'Back',
	},
	{
		keys: ['enter'], ...accept, description: 'Close the explanation', group: 'Watch', modes: ['explain'], run: leave,
	},
	{
		keys: ['left'],
		command: 'explainPrevious',
		description: 'Explain the column to the left',
		group: 'Watch',
		modes: ['explain'],
		run: state => moveExplanation(state, -1),
		label: 'Column',
	},
	{
		keys: ['right'],
		command: 'explainNext',
		description: 'Explain the column to the right',
		group: 'Watch',
		modes: ['explain'],
		run: state => moveExplanation(state, 1),
		label: 'Column',
	},
];

/** The key that opens the explanation. */
export const explainBindings: readonly BindingRecord[] = [
	{
		keys: ['x'],
		command: 'explain',
		description: 'Explain the columns and the state of the row under the cursor',
		group: 'Watch',
		modes: isBrowsing,
		run: openExplanation,
		label: 'Explain',
	},
];
