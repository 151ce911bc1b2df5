import {complete} from '../../actions/completing.js';
import {
	acceptFilter,
	acceptPort,
	acceptSearch,
	cancelLine,
	clearPort,
	findMatch,
	whyNothingToFind,
} from '../../actions/narrowing.js';
import {noteFilter, recallFilter} from '../../actions/recalling.js';
import {answerOf, problemOf} from '../../state/answer-slice.js';
import {editLine, type LineCommand} from '../../state/line.js';
import {type BindingRecord, modeOf, type State} from '../../state/state.js';
import {accept, cancel} from './general.js';
import {isTyping} from './where.js';

const editing = (command: LineCommand) => (state: State): State => modeOf(state).changeLine?.(state, editLine(state.line, command)) ?? state;

/** Keys of the port, filter and search lines. */
export const lineBindings: readonly BindingRecord[] = [
	{
		keys: ['enter'],
		...accept,
		description: 'While typing a port: match exactly this port',
		group: 'Narrow',
		modes: ['port'],
		run: acceptPort,
		label: 'Exact port',
	},
	{
		keys: ['escape'], ...cancel, description: 'While typing a port: match any port', group: 'Narrow', modes: ['port'], run: clearPort, label: 'Any port',
	},
	{
		keys: ['enter'],
		...accept,
		description: 'Apply the filter',
		group: 'Edit a line',
		modes: ['filter'],
		run: state => noteFilter(acceptFilter(state)),
		label: 'Keep',
		whyDisabled: state => answerOf(state).isCurrent && problemOf(state) !== undefined ? 'The filter has an error: Esc restores the previous one' : undefined,
	},
	{
		keys: ['enter'], ...accept, description: 'Keep the search and return to the list', group: 'Edit a line', modes: ['search'], run: acceptSearch, label: 'Keep',
	},
	{
		keys: ['up'], command: 'recallOlder', description: 'Recall the previous filter of the history', group: 'Edit a line', modes: ['filter'], run: state => recallFilter(state, -1), label: 'Older',
	},
	{
		keys: ['down'], command: 'recallNewer', description: 'Recall the next filter of the history; after the newest, the typed text', group: 'Edit a line', modes: ['filter'], run: state => recallFilter(state, 1),
	},
	{
		keys: ['tab'],
		command: 'complete',
		description: 'Complete a field, an operator, or a value from the screen; again for the next one',
		group: 'Edit a line',
		modes: ['filter'],
		run: state => complete(state, 1),
		label: 'Complete',
	},
	{
		keys: ['shift+tab'], command: 'completeBack', description: 'Previous completion', group: 'Edit a line', modes: ['filter'], run: state => complete(state, -1),
	},
	{
		keys: ['escape'],
		...cancel,
		description: 'Close the completions, or restore the previous filter or search',
		group: 'Edit a line',
		modes: ['filter', 'search'],
		run: cancelLine,
		label: 'Restore',
	},
	{
		keys: ['f3', 'down'],
		command: 'nextMatch',
		description: 'Next match',
		group: 'Find',
		modes: ['search'],
		run: state => findMatch(state, 1),
		label: 'Next',
		whyDisabled: whyNothingToFind,
	},
	{
		// With Shift, rxvt numbers function keys from 11 and the Linux console from 13: Shift-F3 arrives as F13 or F15.
		keys: ['shift+f3', 'f13', 'f15', 'up'],
		shown: 'Shift-F3 Up',
		command: 'previousMatch',
		description: 'Previous match',
		group: 'Find',
		modes: ['search'],
		run: state => findMatch(state, -1),
		whyDisabled: whyNothingToFind,
	},
];

/** Keys that edit any line of text. */
export const editingBindings: readonly BindingRecord[] = [
	{
		keys: ['left', 'ctrl+b'], command: 'lineLeft', description: 'Move one character left', group: 'Edit a line', modes: isTyping, run: editing('lineLeft'),
	},
	{
		keys: ['right', 'ctrl+f'], command: 'lineRight', description: 'Move one character right', group: 'Edit a line', modes: isTyping, run: editing('lineRight'),
	},
	{
		keys: ['home', 'ctrl+a'], command: 'lineStart', description: 'Go to the start of the line', group: 'Edit a line', modes: isTyping, run: editing('lineStart'),
	},
	{
		keys: ['end', 'ctrl+e'], command: 'lineEnd', description: 'Go to the end of the line', group: 'Edit a line', modes: isTyping, run: editing('lineEnd'),
	},
	{
		keys: ['backspace'], command: 'deleteLeft', description: 'Delete the character to the left', group: 'Edit a line', modes: isTyping, run: editing('deleteLeft'),
	},
	{
		keys: ['delete', 'ctrl+d'],
		command: 'deleteRight',
		description: 'Delete the character under the cursor',
		group: 'Edit a line',
		modes: isTyping,
		run: editing('deleteRight'),
	},
	{
		keys: ['ctrl+w', 'alt+backspace'],
		command: 'deleteWord',
		description: 'Delete the word to the left',
		group: 'Edit a line',
		modes: isTyping,
		run: editing('deleteWord'),
	},
	{
		keys: ['ctrl+u'],
		command: 'deleteToStart',
		description: 'Delete to the start of the line',
		group: 'Edit a line',
		modes: isTyping,
		run: editing('deleteToStart'),
		label: 'Clear',
	},
	{
		keys: ['ctrl+k'], command: 'deleteToEnd', description: 'Delete to the end of the line', group: 'Edit a line', modes: isTyping, run: editing('deleteToEnd'),
	},
];
