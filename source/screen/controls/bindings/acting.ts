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

/** Keys that act on sockets and processes, and keys that select the targets. */
export const actingBindings: readonly BindingRecord[] = [
	{
		keys: ['space'],
		command: 'toggleTag',
		description: 'Tag or untag the row; on a group heading, its sockets',
		group: 'Act',
		modes: sockets,
		run: toggleTag,
		isAboutRow: true,
		whyDisabled: whyNoTag,
	},
	{
		keys: ['T'], command: 'untagAll', description: 'Remove all tags', group: 'Act', modes: sockets, run: untagAll, whyDisabled: whyNoTags,
	},
	{
		keys: ['f9'],
		command: 'openSignals',
		description: 'Signal the processes that hold the tagged sockets, or those under the cursor; asks first',
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
		description: 'Close the tagged sockets, or those under the cursor, in the kernel; asks first',
		group: 'Act',
		modes: sockets,
		run: openClose,
		label: 'Close',
		isAboutRow: true,
		whyDisabled: whyNotActing,
		whyNever: whyNeverActing,
	},
];

/** Keys of the menus and dialogs that lead to an action. */
export const dialogBindings: readonly BindingRecord[] = [
	{
		keys: ['space'],
		...toggle,
		description: 'In the process menu: select or deselect the process',
		group: 'Act',
		modes: ['owners'],
		run: toggleOwner,
		label: 'Toggle',
	},
	{
		keys: ['enter'],
		...accept,
		description: 'In the process menu: continue to the signals',
		group: 'Act',
		modes: ['owners'],
		run: acceptOwners,
		label: 'Continue',
		whyDisabled: whyNoOwner,
	},
	{
		keys: ['enter'], ...accept, description: 'In the signal menu: continue to the confirmation', group: 'Act', modes: ['signals'], run: acceptSignal, label: 'Continue',
	},
	{
		keys: ['y'], command: 'confirm', description: 'In the confirmation: confirm', group: 'Act', modes: ['confirm'], run: confirm, label: 'Yes',
	},
	{
		keys: ['n'], command: 'decline', description: 'In the confirmation: cancel', group: 'Act', modes: ['confirm'], run: leaveActing, label: 'No',
	},
	{
		keys: ['escape', 'q'], ...cancel, description: 'In the confirmation: cancel', group: 'Act', modes: ['confirm'], run: leaveActing,
	},
	{
		keys: ['escape', 'q'],
		...cancel,
		leaves: 'openSignals',
		description: 'In the process and signal menus: cancel',
		group: 'Act',
		modes: ['owners', 'signals'],
		run: leaveActing,
		label: 'Cancel',
	},
	{
		keys: ['escape', 'q'], ...cancel, description: 'Close the list of results', group: 'Act', modes: ['outcomes'], run: leaveActing, label: 'Back',
	},
	{
		keys: ['enter'], ...accept, description: 'Close the list of results', group: 'Act', modes: ['outcomes'], run: leaveActing,
	},
];
