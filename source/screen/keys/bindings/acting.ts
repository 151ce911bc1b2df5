import {
	whyNeverActing,
	whyNoOwner,
	whyNotActing,
} from '../../actions/acting.js';
import type {Binding} from '../keys.js';
import {whyNoTag, whyNoTags} from '../../actions/tagging.js';
import {sockets} from './modes.js';

/** Keys that act on sockets and processes, and those that pick what is acted on. */
export const actingBindings: readonly Binding[] = [
	{
		keys: ['space'], command: 'toggleTag', description: 'Tag the row, or take its tag away', group: 'Act', modes: sockets, isAboutRow: true, whyDisabled: whyNoTag,
	},
	{
		keys: ['T'], command: 'untagAll', description: 'Take all tags away', group: 'Act', modes: sockets, whyDisabled: whyNoTags,
	},
	{
		keys: ['f9'],
		command: 'openSignals',
		description: 'Signal the processes that hold the tagged sockets, or the one under the cursor: a menu, then a confirmation',
		group: 'Act',
		modes: sockets,
		label: 'Signal',
		isAboutRow: true,
		whyDisabled: whyNotActing,
		whyNever: whyNeverActing,
	},
	{
		keys: ['K'],
		command: 'openClose',
		description: 'Close the tagged sockets, or the one under the cursor, in the kernel: a confirmation first',
		group: 'Act',
		modes: sockets,
		label: 'Close',
		isAboutRow: true,
		whyDisabled: whyNotActing,
		whyNever: whyNeverActing,
	},
];

/** Keys of the menus and the dialogs on the way. */
export const dialogBindings: readonly Binding[] = [
	{
		keys: ['space'], command: 'toggle', description: 'In the menu of processes: this one, or not', group: 'Act', modes: ['owners'], label: 'On or off',
	},
	{
		keys: ['enter'],
		command: 'accept',
		description: 'In the menus of processes and signals: go on',
		group: 'Act',
		modes: ['owners', 'signals'],
		label: 'Go on',
		whyDisabled: state => state.mode === 'owners' ? whyNoOwner(state) : undefined,
	},
	{
		keys: ['y'], command: 'confirm', description: 'In the confirmation: do it', group: 'Act', modes: ['confirm'], label: 'Yes',
	},
	{
		keys: ['n'], command: 'decline', description: 'In the confirmation: do nothing', group: 'Act', modes: ['confirm'], label: 'No',
	},
	{
		keys: ['escape', 'q'], command: 'cancel', description: 'In the confirmation: do nothing', group: 'Act', modes: ['confirm'],
	},
	{
		keys: ['escape', 'q'],
		command: 'cancel',
		leaves: 'openSignals',
		description: 'In the menus of processes and signals: leave them, with nothing done',
		group: 'Act',
		modes: ['owners', 'signals'],
		label: 'Cancel',
	},
	{
		keys: ['escape', 'q'], command: 'cancel', description: 'Leave the list of what was done', group: 'Act', modes: ['outcomes'], label: 'Back',
	},
	{
		keys: ['enter'], command: 'accept', description: 'Leave the list of what was done', group: 'Act', modes: ['outcomes'],
	},
];
