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

/** Whether a search is being typed in the setup. */
const isFinding = ({setup}: State): boolean => setup.find !== '';

/** The key that opens the setup. */
export const setupBindings: readonly BindingRecord[] = [
	{
		keys: ['f2', 'S'],
		command: 'openSetup',
		description: 'Setup: columns, meters, appearance, timing, behaviour, keys and views',
		group: 'Setup',
		modes: sockets,
		run: openSetup,
		label: 'Setup',
	},
];

/** Keys for views in the list. */
export const viewBindings: readonly BindingRecord[] = [
	{
		keys: ['v'], command: 'openViews', description: 'Choose a view', group: 'Setup', modes: sockets, run: openViews, label: 'Views',
	},
	{
		keys: ['V'],
		command: 'saveView',
		description: 'Save a view: the current filter, toggles, groups, columns and order',
		group: 'Setup',
		modes: sockets,
		run: openViewName,
	},
];

/** Keys of the setup screen, the view menu and their lines. */
export const setupScreenBindings: readonly BindingRecord[] = [
	{
		keys: ['enter'], ...accept, description: 'In the view menu: open the view', group: 'Setup', modes: ['views'], run: acceptView, label: 'Open',
	},
	{
		keys: ['delete'], command: 'deleteView', description: 'In the view menu: delete the view', group: 'Setup', modes: ['views'], run: deleteView, label: 'Delete',
	},
	{
		keys: ['escape', 'q'],
		...cancel,
		leaves: 'openViews',
		description: 'In the view menu: close it',
		group: 'Setup',
		modes: ['views'],
		run: leave,
		label: 'Back',
	},
	{
		keys: ['enter'], ...accept, description: 'Save the view under this name', group: 'Setup', modes: ['viewName'], run: acceptViewName, label: 'Save',
	},
	{
		keys: ['escape'], ...cancel, description: 'Cancel saving the view', group: 'Setup', modes: ['viewName'], run: leave, label: 'Cancel',
	},
	{
		keys: ['space'],
		...toggle,
		description: 'In the setup: toggle, or the next choice; while searching, a space',
		group: 'Setup',
		modes: ['setup'],
		run: toggleInSetup,
		label: 'Next',
		isTyped: isFinding,
	},
	{
		keys: ['enter'],
		...accept,
		description: 'In the setup: change the value: choose from a list, type a number, press a key',
		group: 'Setup',
		modes: ['setup'],
		run: acceptInSetup,
		label: 'Change',
	},
	{
		keys: ['escape', 'f10', 'q'],
		...cancel,
		leaves: 'openSetup',
		description: 'In the setup: save the changes and close',
		group: 'Setup',
		modes: ['setup'],
		run: cancelSetup,
		label: 'Done',
		isTyped: isFinding,
	},
	{
		keys: ['+', ']', 'shift+down'],
		command: 'setupMore',
		description: 'In the setup: increase, move to the right, or add a key',
		group: 'Setup',
		modes: ['setup'],
		run: state => stepInSetup(state, 1),
		label: 'More, move',
	},
	{
		keys: ['-', '[', 'shift+up'],
		command: 'setupLess',
		description: 'In the setup: decrease, move to the left, or restore the previous keys',
		group: 'Setup',
		modes: ['setup'],
		run: state => stepInSetup(state, -1),
		label: 'Less, move',
		isTyped: isFinding,
	},
	{
		keys: ['right', 'tab'],
		command: 'setupNext',
		description: 'In the setup: next page',
		group: 'Setup',
		modes: ['setup'],
		run: state => turnPage(state, 1),
		label: 'Page',
	},
	{
		keys: ['left', 'shift+tab'],
		command: 'setupPrevious',
		description: 'In the setup: previous page',
		group: 'Setup',
		modes: ['setup'],
		run: state => turnPage(state, -1),
	},
	{
		keys: ['delete'],
		command: 'setupReset',
		description: 'In the setup: restore the default, or delete a view',
		group: 'Setup',
		modes: ['setup'],
		run: resetInSetup,
		label: 'Default',
	},
	{
		keys: ['backspace'],
		command: 'setupErase',
		description: 'In the setup: delete a letter of the search; letters search',
		group: 'Setup',
		modes: ['setup'],
		run: eraseInSetup,
		isFixed: true,
	},
	{
		keys: ['enter'], ...accept, description: 'In the setup: accept the value', group: 'Setup', modes: ['setupLine'], run: acceptSetupLine, label: 'Accept',
	},
	{
		keys: ['escape'],
		...cancel,
		description: 'In the setup: cancel the change',
		group: 'Setup',
		modes: ['setupLine'],
		run: state => ({...state, mode: 'setup'}),
		label: 'Cancel',
	},
	{
		keys: ['ctrl+c', 'ctrl+\\'],
		command: 'quit',
		description: 'Quit, and save the changes made in the setup',
		group: 'Setup',
		modes: ['setup', 'setupKey'],
		run: quit,
		isAlwaysShown: true,
		isUrgent: true,
	},
];
