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
		description: 'In the journal: go to the row of the socket, if it is still in the list',
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
		description: 'In the journal: show all state changes, or only sockets that opened, became ESTAB or closed',
		group: 'Journal',
		modes: ['journal'],
		run: toggleChanges,
		label: 'Changes',
	},
	{
		keys: ['tab'],
		command: 'toggleJournal',
		description: 'Journal: sockets that opened and closed',
		inGeneral: 'Switch between the sockets and the journal of what opened and closed',
		group: 'Journal',
		modes: ['table', 'port'],
		run: toggleJournal,
		label: 'Journal',
		footerRank: 3,
	},
	{
		keys: ['J'],
		command: 'openJournal',
		description: 'Journal of the socket under the cursor; without a cursor, the whole journal',
		group: 'Journal',
		modes: sockets,
		run: openJournal,
		isAboutRow: true,
	},
	{
		keys: ['tab'],
		command: 'toggleJournal',
		leaves: 'openJournal',
		description: 'In the journal: return to the sockets',
		group: 'Journal',
		modes: ['journal'],
		run: toggleJournal,
		label: 'Sockets',
	},
	{
		keys: ['escape'],
		...cancel,
		description: 'In the journal: clear one thing at a time: port, search, filter, toggles, the single socket, limit to the mark, then order, cursor, mark',
		group: 'Journal',
		modes: ['journal'],
		run: widen,
	},
];
