import {
	goToSocket,
	openJournal,
	toggleChanges,
	toggleJournal,
	whyNoSocket,
} from '../../actions/journaling.js';
import {widen} from '../../actions/widening.js';
import type {BindingRecord} from '../../state/state.js';
import {cancel} from './general.js';
import {sockets} from './where.js';

/** Keys of the journal. */
export const journalBindings: readonly BindingRecord[] = [
	{
		keys: ['o'],
		command: 'goToSocket',
		description: 'In the journal: to the row of the socket, as long as it has one',
		group: 'Journal',
		modes: ['journal'],
		run: goToSocket,
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
		run: toggleChanges,
		label: 'Changes',
	},
	{
		keys: ['tab'],
		command: 'toggleJournal',
		description: 'The journal: what opened and closed',
		inGeneral: 'The journal: what opened and closed; the sockets again',
		group: 'Journal',
		modes: ['table', 'port'],
		run: toggleJournal,
		label: 'Journal',
		footerRank: 3,
	},
	{
		keys: ['J'],
		command: 'openJournal',
		description: 'What happened to the socket under the cursor; the whole journal without one',
		group: 'Journal',
		modes: sockets,
		run: openJournal,
		isAboutRow: true,
	},
	{
		keys: ['tab'],
		command: 'toggleJournal',
		leaves: 'openJournal',
		description: 'In the journal: the sockets again',
		group: 'Journal',
		modes: ['journal'],
		run: toggleJournal,
		label: 'Sockets',
	},
	{
		keys: ['escape'],
		...cancel,
		description: 'In the journal: take back one thing: port, search, filter, toggles, the one socket, what the mark hides, then the order, cursor and mark',
		group: 'Journal',
		modes: ['journal'],
		run: widen,
	},
];
