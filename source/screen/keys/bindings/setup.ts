/** Keys of the setup screen and of views. */
import type {Binding} from '../keys.js';
import type {State} from '../../state/state.js';
import {sockets} from './modes.js';

/** Something is being typed to be found. */
const isFinding = ({setup}: State): boolean => setup.find !== '';

/** The key that opens the setup. */
export const setupBindings: readonly Binding[] = [
	{
		keys: ['f2', 'S'], command: 'openSetup', description: 'Setup: columns, meters, look, times, behaviour, keys and views', group: 'Setup', modes: sockets, label: 'Setup',
	},
];

/** Keys about views, while the list is shown. */
export const viewBindings: readonly Binding[] = [
	{
		keys: ['v'], command: 'openViews', description: 'Choose a view', group: 'Setup', modes: sockets, label: 'Views',
	},
	{
		keys: ['V'], command: 'saveView', description: 'Save what is shown as a view: filter, toggles, groups, columns and order', group: 'Setup', modes: sockets,
	},
];

/** Keys while one of them is open. */
export const setupScreenBindings: readonly Binding[] = [
	{
		keys: ['enter'], command: 'accept', description: 'In the menu of views: open it', group: 'Setup', modes: ['views'], label: 'Open',
	},
	{
		keys: ['delete'], command: 'deleteView', description: 'In the menu of views: delete it', group: 'Setup', modes: ['views'], label: 'Delete',
	},
	{
		keys: ['escape', 'q'], command: 'cancel', leaves: 'openViews', description: 'In the menu of views: leave it', group: 'Setup', modes: ['views'], label: 'Back',
	},
	{
		keys: ['enter'], command: 'accept', description: 'Save the view under this name', group: 'Setup', modes: ['viewName'], label: 'Save',
	},
	{
		keys: ['escape'], command: 'cancel', description: 'Save no view', group: 'Setup', modes: ['viewName'], label: 'Cancel',
	},
	{
		keys: ['space'],
		command: 'toggle',
		description: 'In the setup: on or off; the next choice; a blank in what is to be found',
		group: 'Setup',
		modes: ['setup'],
		label: 'Next',
		isTyped: isFinding,
	},
	{
		keys: ['enter'], command: 'accept', description: 'In the setup: choose from a list, type a number, press a key', group: 'Setup', modes: ['setup'], label: 'Change',
	},
	{
		keys: ['escape', 'f10', 'q'],
		command: 'cancel',
		leaves: 'openSetup',
		description: 'In the setup: back, and save what was changed',
		group: 'Setup',
		modes: ['setup'],
		label: 'Done',
		isTyped: isFinding,
	},
	{
		keys: ['+', ']', 'shift+down'], command: 'setupMore', description: 'In the setup: more, further to the right; one more key', group: 'Setup', modes: ['setup'], label: 'More, move',
	},
	{
		keys: ['-', '[', 'shift+up'],
		command: 'setupLess',
		description: 'In the setup: less, further to the left; the keys from before',
		group: 'Setup',
		modes: ['setup'],
		label: 'Less, move',
		isTyped: isFinding,
	},
	{
		keys: ['right', 'tab'], command: 'setupNext', description: 'In the setup: the next page', group: 'Setup', modes: ['setup'], label: 'Page',
	},
	{
		keys: ['left', 'shift+tab'], command: 'setupPrevious', description: 'In the setup: the page before', group: 'Setup', modes: ['setup'],
	},
	{
		keys: ['delete'], command: 'setupReset', description: 'In the setup: as it is unless told; deletes a view', group: 'Setup', modes: ['setup'], label: 'Default',
	},
	{
		keys: ['backspace'], command: 'setupErase', description: 'In the setup: take back a letter of what is to be found; letters find', group: 'Setup', modes: ['setup'],
	},
	{
		keys: ['enter'], command: 'accept', description: 'In the setup: take what was typed', group: 'Setup', modes: ['setupLine'], label: 'Take',
	},
	{
		keys: ['escape'], command: 'cancel', description: 'In the setup: leave it as it was', group: 'Setup', modes: ['setupLine'], label: 'Cancel',
	},
	{
		keys: ['ctrl+c', 'ctrl+\\'], command: 'quit', description: 'Quit; what was changed in the setup is saved', group: 'Setup', modes: ['setup', 'setupKey'],
	},
];
