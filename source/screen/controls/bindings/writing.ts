import {
	acceptFileName,
	keepFile,
	openWriting,
	replaceFile,
} from '../../actions/writing.js';
import type {BindingRecord} from '../../state/state.js';
import {accept, cancel, leave} from './general.js';
import {isBrowsing} from './where.js';

/** Keys that write the list to a file. */
export const writingBindings: readonly BindingRecord[] = [
	{
		keys: ['w'],
		command: 'write',
		description: 'Write all rows of the list to a file, CSV or JSON by its name, with the columns shown',
		group: 'Watch',
		modes: isBrowsing,
		run: state => openWriting(state),
		label: 'Write',
	},
];

/** Keys of the line for the name, and of the question. */
export const fileNameBindings: readonly BindingRecord[] = [
	{
		keys: ['enter'], ...accept, description: 'Write the file', group: 'Watch', modes: ['fileName'], run: acceptFileName, label: 'Write',
	},
	{
		keys: ['escape'], ...cancel, description: 'Write no file', group: 'Watch', modes: ['fileName'], run: leave, label: 'Cancel',
	},
	{
		keys: ['y'], command: 'replaceFile', description: 'Replace the file that exists', group: 'Watch', modes: ['replaceFile'], run: replaceFile, label: 'Replace',
	},
	{
		keys: ['n'], command: 'keepFile', description: 'Leave the file that exists as it is', group: 'Watch', modes: ['replaceFile'], run: keepFile, label: 'Keep',
	},
	{
		keys: ['escape', 'q'], ...cancel, description: 'Leave the file that exists as it is', group: 'Watch', modes: ['replaceFile'], run: keepFile,
	},
];
