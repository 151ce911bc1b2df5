import {
	acceptView,
	acceptViewName,
	deleteView,
	openViewName,
	openViews,
} from '../../actions/views.js';
import {
	acceptInSetup,
	acceptSetupLine,
	resetInSetup,
	stepInSetup,
	toggleInSetup,
} from '../../setup/changing.js';
import {
	cancelSetup,
	eraseInSetup,
	openSetup,
	turnPage,
} from '../../setup/moving.js';
import type {BindingRecord, State} from '../../state/state.js';
import {
	accept,
	cancel,
	leave,
	quit,
	toggle,
} from './general.js';
import {sockets} from './where.js';

/** Keys of the setup screen and of views. */

/** Something is being typed to be found. */
const isFinding = ({setup}: State): boolean => setup.find !== '';

/** The key that opens the setup. */
export const setupBindings: readonly BindingRecord[] = [
	{
		keys: ['f2', 'S'],
		command: 'openSetup',
		description: 'Setup: columns, meters, look, times, behaviour, keys and views',
		group: 'Setup',
		modes: sockets,
		run: openSetup,
		label: 'Setup',
	},
];

/** Keys about views, while the list is shown. */
export const viewBindings: readonly BindingRecord[] = [
	{
		keys: ['v'], command: 'openViews', description: 'Choose a view', group: 'Setup', modes: sockets, run: openViews, label: 'Views',
	},
	{
		keys: ['V'],
		command: 'saveView',
		description: 'Save what is shown as a view: filter, toggles, groups, columns and order',
		group: 'Setup',
		modes: sockets,
		run: openViewName,
	},
];

/** Keys while one of them is open. */
export const setupScreenBindings: readonly BindingRecord[] = [
	{
		keys: ['enter'], ...accept, description: 'In the menu of views: open it', group: 'Setup', modes: ['views'], run: acceptView, label: 'Open',
	},
	{
		keys: ['delete'], command: 'deleteView', description: 'In the menu of views: delete it', group: 'Setup', modes: ['views'], run: deleteView, label: 'Delete',
	},
	{
		keys: ['escape', 'q'],
		...cancel,
		leaves: 'openViews',
		description: 'In the menu of views: leave it',
		group: 'Setup',
		modes: ['views'],
		run: leave,
		label: 'Back',
	},
	{
		keys: ['enter'], ...accept, description: 'Save the view under this name', group: 'Setup', modes: ['viewName'], run: acceptViewName, label: 'Save',
	},
	{
		keys: ['escape'], ...cancel, description: 'Save no view', group: 'Setup', modes: ['viewName'], run: leave, label: 'Cancel',
	},
	{
		keys: ['space'],
		...toggle,
		description: 'In the setup: on or off; the next choice; a blank in what is to be found',
		group: 'Setup',
		modes: ['setup'],
		run: toggleInSetup,
		label: 'Next',
		isTyped: isFinding,
	},
	{
		keys: ['enter'],
		...accept,
		description: 'In the setup: choose from a list, type a number, press a key',
		group: 'Setup',
		modes: ['setup'],
		run: acceptInSetup,
		label: 'Change',
	},
	{
		keys: ['escape', 'f10', 'q'],
		...cancel,
		leaves: 'openSetup',
		description: 'In the setup: back, and save what was changed',
		group: 'Setup',
		modes: ['setup'],
		run: cancelSetup,
		label: 'Done',
		isTyped: isFinding,
	},
	{
		keys: ['+', ']', 'shift+down'],
		command: 'setupMore',
		description: 'In the setup: more, further to the right; one more key',
		group: 'Setup',
		modes: ['setup'],
		run: state => stepInSetup(state, 1),
		label: 'More, move',
	},
	{
		keys: ['-', '[', 'shift+up'],
		command: 'setupLess',
		description: 'In the setup: less, further to the left; the keys from before',
		group: 'Setup',
		modes: ['setup'],
		run: state => stepInSetup(state, -1),
		label: 'Less, move',
		isTyped: isFinding,
	},
	{
		keys: ['right', 'tab'],
		command: 'setupNext',
		description: 'In the setup: the next page',
		group: 'Setup',
		modes: ['setup'],
		run: state => turnPage(state, 1),
		label: 'Page',
	},
	{
		keys: ['left', 'shift+tab'],
		command: 'setupPrevious',
		description: 'In the setup: the page before',
		group: 'Setup',
		modes: ['setup'],
		run: state => turnPage(state, -1),
	},
	{
		keys: ['delete'],
		command: 'setupReset',
		description: 'In the setup: as it is unless told; deletes a view',
		group: 'Setup',
		modes: ['setup'],
		run: resetInSetup,
		label: 'Default',
	},
	{
		keys: ['backspace'],
		command: 'setupErase',
		description: 'In the setup: take back a letter of what is to be found; letters find',
		group: 'Setup',
		modes: ['setup'],
		run: eraseInSetup,
		isFixed: true,
	},
	{
		keys: ['enter'], ...accept, description: 'In the setup: take what was typed', group: 'Setup', modes: ['setupLine'], run: acceptSetupLine, label: 'Take',
	},
	{
		keys: ['escape'],
		...cancel,
		description: 'In the setup: leave it as it was',
		group: 'Setup',
		modes: ['setupLine'],
		run: state => ({...state, mode: 'setup'}),
		label: 'Cancel',
	},
	{
		keys: ['ctrl+c', 'ctrl+\\'],
		command: 'quit',
		description: 'Quit; what was changed in the setup is saved',
		group: 'Setup',
		modes: ['setup', 'setupKey'],
		run: quit,
		isAlwaysShown: true,
		isUrgent: true,
	},
];
