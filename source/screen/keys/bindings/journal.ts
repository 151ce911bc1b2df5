import {whyNoSocket} from '../../actions/journaling.js';
import type {Binding} from '../keys.js';
import {sockets} from './modes.js';

/** Keys of the journal. */
export const journalBindings: readonly Binding[] = [
	{
		keys: ['enter', 'o'],
		command: 'goToSocket',
		description: 'In the journal: to the row of the socket, as long as it has one',
		group: 'Journal',
		modes: ['journal'],
		label: 'Socket',
		isAboutRow: true,
		whyDisabled: whyNoSocket,
	},
	{
		keys: ['c'],
		command: 'toggleChanges',
		description: 'In the journal: all changes of state, or only what opened, became ESTAB and closed',
		group: 'Journal',
		modes: ['journal'],
		label: 'Changes',
	},
	{
		keys: ['tab'], command: 'toggleJournal', description: 'The journal: what opened and closed', group: 'Journal', modes: ['table', 'port'], label: 'Journal',
	},
	{
		keys: ['J'], command: 'openJournal', description: 'What happened to the socket under the cursor; the whole journal without one', group: 'Journal', modes: sockets, isAboutRow: true,
	},
	{
		keys: ['tab'], command: 'toggleJournal', leaves: 'openJournal', description: 'In the journal: the sockets again', group: 'Journal', modes: ['journal'], label: 'Sockets',
	},
	{
		keys: ['escape'],
		command: 'cancel',
		description: 'In the journal: widen again: port, search, filter, the one socket, what the mark hides, then cursor and mark go',
		group: 'Journal',
		modes: ['journal'],
	},
];
