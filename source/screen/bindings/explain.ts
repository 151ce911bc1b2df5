import type {Binding} from '../keys.js';
import {browsing} from './modes.js';

/** Keys of the explanation of columns and states. */
export const explainBindings: readonly Binding[] = [
	{
		keys: ['escape', 'x', 'q', 'enter'], command: 'cancel', description: 'Leave the explanation', group: 'Watch', modes: ['explain'], label: 'Back',
	},
	{
		keys: ['left'], command: 'explainPrevious', description: 'Explain the column to the left', group: 'Watch', modes: ['explain'], label: 'Column',
	},
	{
		keys: ['right'], command: 'explainNext', description: 'Explain the column to the right', group: 'Watch', modes: ['explain'], label: 'Column',
	},
	{
		keys: ['x'], command: 'explain', description: 'Explain the columns, and the state of the row under the cursor', group: 'Watch', modes: browsing, label: 'Explain',
	},
];
