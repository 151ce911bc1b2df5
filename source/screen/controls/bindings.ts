/** All keys: adding a key is adding a record. */
import {openSearch, openFilter} from '../actions/narrowing.js';
import {openSortMenu} from '../actions/sorting.js';
import {toggleTree} from '../actions/grouping.js';
import {whyInJournal} from '../actions/journaling.js';
import type {BindingRecord} from '../state/state.js';
import {actingBindings, dialogBindings} from './bindings/acting.js';
import {explainBindings, explanationBindings} from './bindings/explain.js';
import {inspectorBindings} from './bindings/inspector.js';
import {journalBindings} from './bindings/journal.js';
import {editingBindings, lineBindings} from './bindings/lines.js';
import {menuBindings} from './bindings/menus.js';
import {movingBindings} from './bindings/moving.js';
import {
	kindBindings,
	matchBindings,
	portBindings,
	wideningBindings,
} from './bindings/narrowing.js';
import {orderBindings} from './bindings/ordering.js';
import {setupBindings, setupScreenBindings, viewBindings} from './bindings/setup.js';
import {markBindings, pauseBindings} from './bindings/watching.js';
import {quit} from './bindings/general.js';
import {
	isBrowsing,
	isAnywhere,
	sockets,
	isViewing,
} from './bindings/where.js';

const helpBindings: readonly BindingRecord[] = [
	{
		keys: ['f1', '?'],
		command: 'help',
		description: 'This help',
		group: 'Leave',
		modes: isViewing,
		run: state => ({...state, mode: 'help', helpOffset: 0}),
		label: 'Help',
		footerRank: 5,
	},
];

/** Function keys as htop has them. */
const functionKeyBindings: readonly BindingRecord[] = [
	{
		keys: ['f3', '/'],
		command: 'openSearch',
		description: 'Search: go to what matches, hide nothing',
		group: 'Find',
		modes: isBrowsing,
		run: openSearch,
		label: 'Search',
	},
	{
		keys: ['f4', '\\'], command: 'openFilter', description: 'Filter: hide what does not match', group: 'Narrow', modes: isBrowsing, run: openFilter, label: 'Filter', footerRank: 4,
	},
	{
		keys: ['f5'],
		command: 'toggleTree',
		description: 'Connections under the listeners that accepted them; a plain list again',
		group: 'Group',
		modes: sockets,
		run: toggleTree,
		label: 'Tree',
	},
	{
		keys: ['f6'],
		command: 'openSort',
		description: 'Choose the column to sort by; a letter jumps to it',
		group: 'Order',
		modes: isBrowsing,
		run: openSortMenu,
		label: 'Sort',
	},
	{
		keys: ['f10', 'ctrl+c', 'ctrl+\\'],
		command: 'quit',
		description: 'Quit, from everywhere',
		group: 'Leave',
		modes: mode => isAnywhere(mode) && mode.id !== 'setup',
		run: quit,
		label: 'Quit',
		isAlwaysShown: true,
		isUrgent: true,
	},
];

const quitBindings: readonly BindingRecord[] = [
	{
		keys: ['q'], command: 'quit', description: 'Quit', group: 'Leave', modes: isBrowsing, run: quit, isAlwaysShown: true, isUrgent: true,
	},
];

const meterBindings: readonly BindingRecord[] = [
	{
		keys: ['#'],
		command: 'toggleMeters',
		description: 'Hide the meters of the header, or show them',
		group: 'Watch',
		modes: sockets,
		run: state => ({...state, areMetersHidden: !state.areMetersHidden}),
	},
];

const terminalBindings: readonly BindingRecord[] = [
	{
		keys: ['ctrl+l'],
		command: 'redraw',
		description: 'Draw the screen anew',
		group: 'Watch',
		modes: isAnywhere,
		run: state => ({...state, redraws: state.redraws + 1}),
		isUrgent: true,
	},
	{
		keys: ['ctrl+z'],
		command: 'suspend',
		description: 'Leave for the shell; fg comes back',
		group: 'Leave',
		modes: isAnywhere,
		run: state => ({...state, suspensions: state.suspensions + 1}),
		isUrgent: true,
	},
];

/** The list of sockets has no other keys while digits narrow the journal. */
const ofSockets = (binding: BindingRecord): BindingRecord => ({...binding, whyDisabled: state => whyInJournal(state) ?? binding.whyDisabled?.(state)});

/** Where two bindings have the same key and mode, the first counts. Within a mode, the footer keeps the order. */
export const bindings: readonly BindingRecord[] = [
	...setupScreenBindings,
	...dialogBindings,
	...explanationBindings,
	...lineBindings,
	...matchBindings,
	...menuBindings,
	...helpBindings,
	...setupBindings,
	...functionKeyBindings,
	...inspectorBindings,
	...quitBindings,
	...portBindings,
	...journalBindings,
	...actingBindings,
	...pauseBindings,
	...kindBindings,
	...viewBindings,
	...markBindings,
	...explainBindings,
	...meterBindings,
	...wideningBindings,
	...orderBindings,
	...movingBindings,
	...editingBindings,
	...terminalBindings,
].map(binding => binding.modes === sockets ? ofSockets(binding) : binding);
