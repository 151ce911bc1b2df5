import {Event, type JournalTable} from '../../table/journal-table.js';
import {State} from '../../table/columns/states.js';
import type {JournalRequest} from '../query.js';
import type {SlotPredicate} from './selection-filter.js';

/** Tests which journal entries are shown; undefined for all. */
export const bindJournal = ({changes, socket}: JournalRequest, entries: JournalTable | undefined): SlotPredicate | undefined => {
	if (entries === undefined || (changes && socket === undefined)) {
		return undefined;
	}

	const {event, socket: sockets, core: {state}} = entries;
	const isKind: SlotPredicate = slot => changes || event[slot] !== Event.changed || state[slot] === State.established;
	return socket === undefined ? isKind : slot => sockets[slot] === socket && isKind(slot);
};
