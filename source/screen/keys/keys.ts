import {setupBindings, setupScreenBindings, viewBindings} from './bindings/setup.js';
import {explainBindings, explanationBindings} from './bindings/explain.js';
import {meterBindings} from './bindings/meters.js';
import {inspectorBindings} from './bindings/inspector.js';
import {actingBindings, dialogBindings} from './bindings/acting.js';
import {journalBindings} from './bindings/journal.js';
import {
	browsing,
	everywhere,
	letters,
	lines,
	lists,
	sockets,
	typing,
	viewing,
} from './bindings/modes.js';
import {whyNoFarEnd} from '../actions/far-end.js';
import {whyNoGroup, whyNoGroups} from '../actions/grouping.js';
import {whyInJournal} from '../actions/journaling.js';
import type {LineCommand} from '../state/line.js';
import {
	answerOf,
	problemOf,
	type Mode,
	type State,
} from '../state/state.js';

/** What a key does. */
export type Command =
	| LineCommand
	| 'toggleNames' | 'toggleReader'
	| 'openSetup' | 'setupMore' | 'setupLess' | 'setupNext' | 'setupPrevious' | 'setupReset' | 'setupErase'
	| 'openViews' | 'saveView' | 'deleteView'
	| 'toggleMeters'
	| 'explain' | 'explainPrevious' | 'explainNext'
	| 'up' | 'down' | 'pageUp' | 'pageDown' | 'first' | 'last'
	| 'farEnd'
	| 'complete' | 'completeBack'
	| 'portDigit' | 'openFilter' | 'openSearch' | 'nextMatch' | 'previousMatch'
	| 'toggleListening' | 'toggleEstablished' | 'toggleTcp' | 'toggleUdp' | 'toggleUnix' | 'openFamilies'
	| 'openGroups' | 'toggleTree' | 'foldGroup' | 'unfoldGroup' | 'foldAll'
	| 'inspect' | 'inspectEntry' | 'copyValue' | 'inspectPrevious' | 'inspectNext' | 'inspectFarEnd' | 'nextSection' | 'previousSection'
	| 'openSort' | 'sortPrevious' | 'sortNext' | 'invert'
	| 'mark' | 'toggleNew' | 'toggleDifference'
	| 'toggleJournal' | 'openJournal' | 'toggleChanges' | 'goToSocket'
	| 'toggleTag' | 'untagAll' | 'openSignals' | 'openClose' | 'confirm' | 'decline'
	| 'pause' | 'redraw' | 'help' | 'suspend' | 'quit'
	/** Enter, Space, Esc and Backspace: what they do depends on the mode. */
	| 'accept' | 'toggle' | 'cancel' | 'erase';

/** Headings of the help. */
export type Group = 'Move' | 'Narrow' | 'Find' | 'Order' | 'Group' | 'Inspect' | 'Watch' | 'Journal' | 'Act' | 'Setup' | 'Edit a line' | 'Leave';

/** One line of the key table, from which come dispatch (`key-table.ts`), footer, help and documentation. */
export type Binding = {
	/** Names of keys, as `createInputDecoder` gives them. The first is the one that the footer shows. */
	readonly keys: readonly string[];
	/** The command that has opened what this one leaves: its keys leave it, too. */
	readonly leaves?: Command;
	/** How the keys are written where there are too many to list. */
	readonly shown?: string;
	readonly command: Command;
	/** What it does, as help and documentation say it. */
	readonly description: string;
	readonly group: Group;
	/** Where it applies. */
	readonly modes: readonly Mode[];
	/** Its word in the footer; without one it is not there. */
	readonly label?: string;
	/** It is about the row under the cursor, and so waits for the answer that tells which one that is. */
	readonly isAboutRow?: true;
	/** Whether those of its keys that are characters are typed now, whatever they do otherwise. */
	readonly isTyped?: (state: State) => boolean;
	/** Why it does nothing as long as the program runs; the help says so. */
	readonly whyNever?: (state: State) => string | undefined;
	/** Why it does nothing now. */
	readonly whyDisabled?: (state: State) => string | undefined;
};

const needsSearch = ({search}: State): string | undefined => search === '' ? 'Nothing to find: {openSearch} starts a search' : undefined;

const showFamily = 'In the menu of families: show these sockets or not';
const groupByThis = 'In the menu of groups: group by this, within the groups that there are; or no longer';

const table: readonly Binding[] = [
	...setupScreenBindings,
	...dialogBindings,
	...explanationBindings,
	{
		keys: ['enter'], command: 'accept', description: 'While a port is typed: exactly this port', group: 'Narrow', modes: ['port'], label: 'Exact port',
	},
	{
		keys: ['escape'], command: 'cancel', description: 'While a port is typed: any port again', group: 'Narrow', modes: ['port'], label: 'Any port',
	},
	{
		keys: ['enter'],
		command: 'accept',
		description: 'Keep the filter',
		group: 'Edit a line',
		modes: ['filter'],
		label: 'Keep',
		whyDisabled: state => answerOf(state).isCurrent && problemOf(state) !== undefined ? 'The filter has an error: Esc brings back the one before' : undefined,
	},
	{
		keys: ['enter'], command: 'accept', description: 'Keep the search', group: 'Edit a line', modes: ['search'], label: 'Keep',
	},
	{
		keys: ['tab'],
		command: 'complete',
		description: 'Complete a field, operator or value on the screen; again: the next one',
		group: 'Edit a line',
		modes: ['filter'],
		label: 'Complete',
	},
	{
		keys: ['shift+tab'], command: 'completeBack', description: 'The completion before', group: 'Edit a line', modes: ['filter'],
	},
	{
		keys: ['escape'],
		command: 'cancel',
		description: 'Close the completions; else bring back the filter or search from before',
		group: 'Edit a line',
		modes: lines,
		label: 'Restore',
	},
	{
		keys: [']'], command: 'nextMatch', description: 'Next match', group: 'Find', modes: browsing, whyDisabled: needsSearch,
	},
	{
		keys: ['['], command: 'previousMatch', description: 'Previous match', group: 'Find', modes: browsing, whyDisabled: needsSearch,
	},
	{
		keys: ['f3', 'down'], command: 'nextMatch', description: 'Next match', group: 'Find', modes: ['search'], label: 'Next', whyDisabled: needsSearch,
	},
	{
		// With Shift, rxvt counts function keys on from 11, the Linux console from 13.
		keys: ['shift+f3', 'f13', 'f15', 'up'],
		shown: 'Shift-F3 Up',
		command: 'previousMatch',
		description: 'Previous match',
		group: 'Find',
		modes: ['search'],
		whyDisabled: needsSearch,
	},
	{
		keys: ['enter'], command: 'accept', description: 'In the menu: sort by this column', group: 'Order', modes: ['sort'], label: 'Sort',
	},
	{
		keys: ['escape', 'q'], command: 'cancel', leaves: 'openSort', description: 'In the menu: leave it', group: 'Order', modes: ['sort'], label: 'Cancel',
	},
	{
		keys: ['space'], command: 'toggle', description: showFamily, group: 'Narrow', modes: ['families'], label: 'On or off',
	},
	{
		keys: ['enter'], command: 'accept', description: showFamily, group: 'Narrow', modes: ['families'],
	},
	{
		keys: ['escape', 'q'], command: 'cancel', leaves: 'openFamilies', description: 'In the menu of families: leave it', group: 'Narrow', modes: ['families'], label: 'Back',
	},
	{
		keys: ['space'], command: 'toggle', description: groupByThis, group: 'Group', modes: ['groups'], label: 'On or off',
	},
	{
		keys: ['enter'], command: 'accept', description: groupByThis, group: 'Group', modes: ['groups'],
	},
	{
		keys: ['escape', 'q'], command: 'cancel', leaves: 'openGroups', description: 'In the menu of groups: leave it', group: 'Group', modes: ['groups'], label: 'Back',
	},
	{
		keys: ['escape', 'q'], command: 'cancel', leaves: 'help', description: 'Leave the help', group: 'Leave', modes: ['help'], label: 'Back',
	},
	{
		keys: ['enter'], command: 'accept', description: 'Leave the help', group: 'Leave', modes: ['help'],
	},
	{
		keys: ['f1', '?'], command: 'help', description: 'This help', group: 'Leave', modes: viewing, label: 'Help',
	},
	...setupBindings,
	{
		keys: ['f3', '/'], command: 'openSearch', description: 'Search: go to what matches, hide nothing', group: 'Find', modes: browsing, label: 'Search',
	},
	{
		keys: ['f4', '\\'], command: 'openFilter', description: 'Filter: hide what does not match', group: 'Narrow', modes: browsing, label: 'Filter',
	},
	{
		keys: ['f5'],
		command: 'toggleTree',
		description: 'Connections under the listeners that accepted them; a plain list again',
		group: 'Group',
		modes: sockets,
		label: 'Tree',
	},
	{
		keys: ['f6'], command: 'openSort', description: 'Choose the column to sort by; a letter jumps to it', group: 'Order', modes: browsing, label: 'Sort',
	},
	{
		keys: ['f10', 'ctrl+c', 'ctrl+\\'], command: 'quit', description: 'Quit, from everywhere', group: 'Leave', modes: everywhere.filter(mode => mode !== 'setup'), label: 'Quit',
	},
	...inspectorBindings,
	{
		keys: ['q'], command: 'quit', description: 'Quit', group: 'Leave', modes: browsing,
	},
	{
		keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
		shown: '0-9',
		command: 'portDigit',
		description: 'Only ports that begin with these digits, local or remote',
		group: 'Narrow',
		modes: browsing,
		label: 'Port',
	},
	...journalBindings,
	...actingBindings,
	{
		keys: ['p', 'Z'], command: 'pause', description: 'Pause, and go on', group: 'Watch', modes: viewing, label: 'Pause',
	},
	{
		keys: ['l'], command: 'toggleListening', description: 'Only what listens (LISTEN, UNCONN), or all states', group: 'Narrow', modes: browsing, label: 'Listen',
	},
	{
		keys: ['e'], command: 'toggleEstablished', description: 'Only what is established (ESTAB), or all states', group: 'Narrow', modes: browsing, label: 'Estab',
	},
	{
		keys: ['t'], command: 'toggleTcp', description: 'TCP on or off; if nothing is left, UDP comes on', group: 'Narrow', modes: browsing, label: 'TCP',
	},
	{
		keys: ['u'], command: 'toggleUdp', description: 'UDP on or off; if nothing is left, TCP comes on', group: 'Narrow', modes: browsing, label: 'UDP',
	},
	{
		keys: ['U'], command: 'toggleUnix', description: 'UNIX sockets on or off', group: 'Narrow', modes: browsing, label: 'UNIX',
	},
	{
		keys: ['f'],
		command: 'openFamilies',
		description: 'Choose what is shown: UNIX, raw, packet, netlink, MPTCP and other sockets',
		group: 'Narrow',
		modes: browsing,
		label: 'Families',
	},
	...viewBindings,
	{
		keys: ['m'], command: 'mark', description: 'Mark this moment: “new” in a filter then means since', group: 'Watch', modes: browsing, label: 'Mark',
	},
	{
		keys: ['M'], command: 'toggleNew', description: 'Only what is new since the mark, or all; marks where nothing is', group: 'Watch', modes: browsing,
	},
	{
		keys: ['d'],
		command: 'toggleDifference',
		description: 'Only what was opened, closed or has grown since the mark, or all; marks where nothing is',
		group: 'Watch',
		modes: sockets,
		label: 'Difference',
	},
	{
		keys: ['n'], command: 'toggleNames', description: 'Names of hosts and services in place of numbers, or numbers again', group: 'Watch', modes: browsing, label: 'Names',
	},
	{
		keys: ['L'], command: 'toggleReader', description: 'Lines of text in place of the screen, for screen readers, or the screen again', group: 'Watch', modes: viewing,
	},
	...explainBindings,
	...meterBindings,
	{
		keys: ['backspace'],
		command: 'erase',
		description: 'Take back the last digit of the port',
		group: 'Narrow',
		modes: browsing,
		whyDisabled: ({port}) => port === undefined ? 'No port to take back: digits give one' : undefined,
	},
	{
		keys: ['escape'], command: 'cancel', description: 'Widen again: port, search, filter, what the mark hides, then cursor and mark go', group: 'Narrow', modes: ['table'],
	},
	{
		keys: ['<', ','], command: 'sortPrevious', description: 'Sort by the column to the left', group: 'Order', modes: browsing,
	},
	{
		keys: ['>', '.'], command: 'sortNext', description: 'Sort by the column to the right', group: 'Order', modes: browsing,
	},
	{
		keys: ['I'], command: 'invert', description: 'Reverse the order', group: 'Order', modes: browsing,
	},
	{
		keys: ['b'],
		command: 'openGroups',
		description: 'Choose what to group by: listener, process, local port, remote host, …; two levels at most',
		group: 'Group',
		modes: browsing,
		label: 'Group',
	},
	{
		keys: ['-'], command: 'foldGroup', description: 'Fold the group under the cursor', group: 'Group', modes: browsing, isAboutRow: true, whyDisabled: whyNoGroup,
	},
	{
		keys: ['+'], command: 'unfoldGroup', description: 'Unfold the group under the cursor', group: 'Group', modes: browsing, isAboutRow: true, whyDisabled: whyNoGroup,
	},
	{
		keys: ['*'], command: 'foldAll', description: 'Fold all groups, or unfold all', group: 'Group', modes: browsing, whyDisabled: whyNoGroups,
	},
	{
		keys: ['up'], command: 'up', description: 'One row up', group: 'Move', modes: lists,
	},
	{
		keys: ['k'], command: 'up', description: 'One row up', group: 'Move', modes: letters,
	},
	{
		keys: ['down'], command: 'down', description: 'One row down', group: 'Move', modes: lists,
	},
	{
		keys: ['j'], command: 'down', description: 'One row down', group: 'Move', modes: letters,
	},
	{
		keys: ['pageup'], command: 'pageUp', description: 'One page up', group: 'Move', modes: lists,
	},
	{
		keys: ['pagedown'], command: 'pageDown', description: 'One page down', group: 'Move', modes: lists,
	},
	{
		keys: ['home'], command: 'first', description: 'To the first row', group: 'Move', modes: lists,
	},
	{
		keys: ['g'], command: 'first', description: 'To the first row', group: 'Move', modes: letters,
	},
	{
		keys: ['end'], command: 'last', description: 'To the last row', group: 'Move', modes: lists,
	},
	{
		keys: ['G'], command: 'last', description: 'To the last row', group: 'Move', modes: letters,
	},
	{
		keys: ['o'],
		command: 'farEnd',
		description: 'To the other end of the connection, if it is on this machine',
		group: 'Move',
		modes: sockets,
		label: 'Other end',
		isAboutRow: true,
		whyDisabled: whyNoFarEnd,
	},
	{
		keys: ['left', 'ctrl+b'], command: 'lineLeft', description: 'One character to the left', group: 'Edit a line', modes: typing,
	},
	{
		keys: ['right', 'ctrl+f'], command: 'lineRight', description: 'One character to the right', group: 'Edit a line', modes: typing,
	},
	{
		keys: ['home', 'ctrl+a'], command: 'lineStart', description: 'To the start of the line', group: 'Edit a line', modes: typing,
	},
	{
		keys: ['end', 'ctrl+e'], command: 'lineEnd', description: 'To the end of the line', group: 'Edit a line', modes: typing,
	},
	{
		keys: ['backspace'], command: 'deleteLeft', description: 'Delete the character to the left', group: 'Edit a line', modes: typing,
	},
	{
		keys: ['delete', 'ctrl+d'], command: 'deleteRight', description: 'Delete the character under the cursor', group: 'Edit a line', modes: typing,
	},
	{
		keys: ['ctrl+w', 'alt+backspace'], command: 'deleteWord', description: 'Delete the word to the left', group: 'Edit a line', modes: typing,
	},
	{
		keys: ['ctrl+u'], command: 'deleteToStart', description: 'Delete to the start of the line', group: 'Edit a line', modes: typing, label: 'Clear',
	},
	{
		keys: ['ctrl+k'], command: 'deleteToEnd', description: 'Delete to the end of the line', group: 'Edit a line', modes: typing,
	},
	{
		keys: ['ctrl+l'], command: 'redraw', description: 'Draw the screen anew', group: 'Watch', modes: everywhere,
	},
	{
		keys: ['ctrl+z'], command: 'suspend', description: 'Leave for the shell; fg comes back', group: 'Leave', modes: everywhere,
	},
];

/** The list of sockets has no other keys while digits narrow the journal. */
const ofSockets = (binding: Binding): Binding => ({...binding, whyDisabled: state => whyInJournal(state) ?? binding.whyDisabled?.(state)});

/** All keys. Where two bindings have the same key and mode, the first counts. Within a mode, the footer keeps the order. */
export const bindings: readonly Binding[] = table.map(binding => binding.modes === sockets ? ofSockets(binding) : binding);
