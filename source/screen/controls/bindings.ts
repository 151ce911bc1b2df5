/** The registry of key bindings. To add a key, add a record. */
import {openSearch, openFilter} from '../actions/narrowing.js';
import {openSortMenu} from '../actions/sorting.js';
import {toggleTree} from '../actions/grouping.js';
import {whyInJournal} from '../actions/journaling.js';
import type {BindingRecord} from '../state/state.js';
import {actingBindings, dialogBindings} from './bindings/acting.js';
import {explainBindings, explanationBindings} from './bindings/explain.js';
import {helpBindings} from './bindings/help.js';
import {inspectorBindings} from './bindings/inspector.js';
import {journalBindings} from './bindings/journal.js';
import {editingBindings, lineBindings} from './bindings/lines.js';
import {lookingBindings, momentLineBindings, playingBindings} from './bindings/looking.js';
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
import {fileNameBindings, writingBindings} from './bindings/writing.js';
import {quit} from './bindings/general.js';
import {
	isBrowsing,
	isAnywhere,
	sockets,
} from './bindings/where.js';

/** Function keys as in htop. */
const functionKeyBindings: readonly BindingRecord[] = [
	{
		keys: ['f3', '/'],
		command: 'openSearch',
		description: 'Search: jump to matching rows without hiding others',
		group: 'Find',
		modes: isBrowsing,
		run: openSearch,
		label: 'Search',
	},
	{
		keys: ['f4', '\\'], command: 'openFilter', description: 'Filter: hide rows that do not match', group: 'Narrow', modes: isBrowsing, run: openFilter, label: 'Filter', footerRank: 4,
	},
	{
		keys: ['f5'],
		command: 'toggleTree',
		description: 'Tree: connections under the listeners that accepted them, or a flat list',
		group: 'Group',
		modes: sockets,
		run: toggleTree,
		label: 'Tree',
	},
	{
		keys: ['f6'],
		command: 'openSort',
		description: 'Choose the sort column; a letter jumps to it',
		group: 'Order',
		modes: isBrowsing,
		run: openSortMenu,
		label: 'Sort',
	},
	{
		keys: ['f10', 'ctrl+c', 'ctrl+\\'],
		command: 'quit',
		description: 'Quit, from anywhere',
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
		description: 'Show or hide the meters in the header',
		group: 'Watch',
		modes: sockets,
		run: state => ({...state, areMetersHidden: !state.areMetersHidden}),
	},
];

const terminalBindings: readonly BindingRecord[] = [
	{
		keys: ['ctrl+l'],
		command: 'redraw',
		description: 'Redraw the screen',
		group: 'Watch',
		modes: isAnywhere,
		run: state => ({...state, redraws: state.redraws + 1}),
		isUrgent: true,
	},
	{
		keys: ['ctrl+z'],
		command: 'suspend',
		description: 'Suspend to the shell; fg resumes',
		group: 'Leave',
		modes: isAnywhere,
		run: state => ({...state, suspensions: state.suspensions + 1}),
		isUrgent: true,
	},
];

/** Disables keys of the socket list while digits narrow the journal. */
const ofSockets = (binding: BindingRecord): BindingRecord => ({...binding, whyDisabled: state => whyInJournal(state) ?? binding.whyDisabled?.(state)});

/** If two bindings have the same key in the same mode, the first wins. The footer shows the bindings of a mode in this order. */
export const bindings: readonly BindingRecord[] = [
	...setupScreenBindings,
	...dialogBindings,
	...explanationBindings,
	...lineBindings,
	...momentLineBindings,
	...fileNameBindings,
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
	...playingBindings,
	...pauseBindings,
	...kindBindings,
	...viewBindings,
	...markBindings,
	...writingBindings,
	...lookingBindings,
	...explainBindings,
	...meterBindings,
	...wideningBindings,
	...orderBindings,
	...movingBindings,
	...editingBindings,
	...terminalBindings,
].map(binding => binding.modes === sockets ? ofSockets(binding) : binding);
