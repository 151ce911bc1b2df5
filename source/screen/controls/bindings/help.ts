/** Keys of the help and of its search. */
import {
	acceptHelpSearch,
	cancelHelpSearch,
	closeHelp,
	leaveHelp,
	openHelp,
	openHelpSearch,
} from '../../actions/reading-help.js';
import type {BindingRecord} from '../../state/state.js';
import {accept, cancel} from './general.js';
import {isViewing} from './where.js';

export const helpBindings: readonly BindingRecord[] = [
	{
		keys: ['f1', '?'],
		command: 'help',
		description: 'Show this help',
		group: 'Leave',
		modes: isViewing,
		run: openHelp,
		label: 'Help',
		footerRank: 5,
	},
	{
		keys: ['escape', 'q'], ...cancel, leaves: 'help', description: 'Close the help, or first its search', group: 'Leave', modes: ['help'], run: leaveHelp, label: 'Back',
	},
	{
		keys: ['enter'], ...accept, description: 'Close the help', group: 'Leave', modes: ['help'], run: closeHelp,
	},
	{
		keys: ['f3', 'f4', '/', '\\'], command: 'searchHelp', description: 'In the help: show only what contains a text', group: 'Find', modes: ['help'], run: openHelpSearch, label: 'Search',
	},
	{
		keys: ['enter'], ...accept, description: 'In the help: keep what was found', group: 'Find', modes: ['helpSearch'], run: acceptHelpSearch, label: 'Keep',
	},
	{
		keys: ['escape'], ...cancel, description: 'In the help: show everything again', group: 'Find', modes: ['helpSearch'], run: cancelHelpSearch, label: 'Show all',
	},
];
