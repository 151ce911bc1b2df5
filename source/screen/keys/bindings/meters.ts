import type {Binding} from '../keys.js';

/** The key of the header's meters. */
export const meterBindings: readonly Binding[] = [
	{
		keys: ['#'], command: 'toggleMeters', description: 'Hide the meters of the header, or show them', group: 'Watch', modes: ['table', 'port'],
	},
];
