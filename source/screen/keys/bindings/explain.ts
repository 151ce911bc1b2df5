import type {Binding} from '../keys.js';
import {browsing} from './modes.js';

/** Keys of the explanation of columns and states. */
export const explanationBindings: readonly Binding[] = [
	{
		keys: ['escape', 'q'], command: 'cancel', leaves: 'explain', description: 'Leave the explanation', group: 'Watch', modes: ['explain'], label: 'Back',
	},
	{
		keys: ['enter'], command: 'accept', description: 'Leave the explanation', group: 'Watch', modes: ['explain'],
	},
	{
		keys: ['left'], command: 'explainPrevious', description: 'Explain the column to the left', group: 'Watch', modes: ['explain'], label: 'Column',
	},
	{
		keys: ['right'], command: 'explainNext', description: 'Explain the column to the right', group: 'Watch', modes: ['explain'], label: 'Column',
	},
];

/** The key that opens it. */
export const explainBindings: readonly Binding[] = [
	{
		keys: ['x'], command: 'explain', description: 'Explain the columns, and the state of the row under the cursor', group: 'Watch', modes: browsing, label: 'Explain',
	},
];
