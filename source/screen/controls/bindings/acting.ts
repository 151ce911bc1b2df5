import {
	acceptOwners,
	acceptSignal,
	confirm,
	leaveActing,
	openClose,
	openSignals,
	toggleOwner,
	whyNeverActing,
	whyNoOwner,
	whyNotActing,
} from '../../actions/acting.js';
import {
	toggleTag,
	untagAll,
	whyNoTag,
	whyNoTags,
} from '../../actions/tagging.js';
import type {BindingRecord} from '../../state/state.js';
import {accept, cancel, toggle} from './general.js';
import {sockets} from './where.js';

/** Keys that act on sockets and processes, and those that pick what is acted on. */
export const actingBindings: readonly BindingRecord[] = [
	{
		keys: ['space'],
		command: 'toggleTag',
		description: 'Tag the row, or take its tag away; at the head of a group, tag its sockets',
		group: 'Act',
		modes: sockets,
		run: toggleTag,
		isAboutRow: true,
		whyDisabled: whyNoTag,
	},
	{
		keys: ['T'], command: 'untagAll', description: 'Take all tags away', group: 'Act', modes: sockets, run: untagAll, whyDisabled: whyNoTags,
	},
	{
		keys: ['f9'],
		command: 'openSignals',
		description: 'Signal the processes that hold the tagged sockets, or those under the cursor: a menu, then a confirmation',
		group: 'Act',
		modes: sockets,
		run: openSignals,
		label: 'Signal',
		isAboutRow: true,
		whyDisabled: whyNotActing,
		whyNever: whyNeverActing,
	},
	{
		keys: ['K'],
		command: 'openClose',
		description: 'Close the tagged sockets, or those under the cursor, in the kernel: a confirmation first',
		group: 'Act',
		modes: sockets,
		run: openClose,
		label: 'Close',
		isAboutRow: true,
		whyDisabled: whyNotActing,
		whyNever: whyNeverActing,
	},
];

/** Keys of the menus and the dialogs on the way. */
export const dialogBindings: readonly BindingRecord[] = [
	{
		keys: ['space'],
		...toggle,
		description: 'In the menu of processes: this one, or not',
		group: 'Act',
		modes: ['owners'],
		run: toggleOwner,
		label: 'On or off',
	},
	{
		keys: ['enter'],
		...accept,
		description: 'In the menu of processes: go on to the signals',
		group: 'Act',
		modes: ['owners'],
		run: acceptOwners,
		label: 'Go on',
		whyDisabled: whyNoOwner,
	},
	{
		keys: ['enter'], ...accept, description: 'In the menu of signals: go on to the confirmation', group: 'Act', modes: ['signals'], run: acceptSignal, label: 'Go on',
	},
	{
		keys: ['y'], command: 'confirm', description: 'In the confirmation: do it', group: 'Act', modes: ['confirm'], run: confirm, label: 'Yes',
	},
	{
		keys: ['n'], command: 'decline', description: 'In the confirmation: do nothing', group: 'Act', modes: ['confirm'], run: leaveActing, label: 'No',
	},
	{
		keys: ['escape', 'q'], ...cancel, description: 'In the confirmation: do nothing', group: 'Act', modes: ['confirm'], run: leaveActing,
	},
	{
		keys: ['escape', 'q'],
		...cancel,
		leaves: 'openSignals',
		description: 'In the menus of processes and signals: leave them, with nothing done',
		group: 'Act',
		modes: ['owners', 'signals'],
		run: leaveActing,
		label: 'Cancel',
	},
	{
		keys: ['escape', 'q'], ...cancel, description: 'Leave the list of what was done', group: 'Act', modes: ['outcomes'], run: leaveActing, label: 'Back',
	},
	{
		keys: ['enter'], ...accept, description: 'Leave the list of what was done', group: 'Act', modes: ['outcomes'], run: leaveActing,
	},
];
