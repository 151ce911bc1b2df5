/** The journal in place of the sockets, and the way between an entry and its socket. Each function takes the state and gives the next one. */
import type {JournalRequest} from '../../query/query.js';
import {journalColumns} from '../../fields/records/journal.js';
import {noCursor} from '../state/cursor.js';
import type {ListSettings} from '../state/list-slice.js';
import type {State} from '../state/state.js';

const journalDefaults: ListSettings = {
	journal: {changes: false}, columns: journalColumns(false), sort: {field: 'time', descending: true}, sortBefore: undefined, groups: undefined, layoutBeforeDifference: undefined, scrolled: 0, cursor: noCursor,
};

const listSettingsOf = ({journal, columns, sort, sortBefore, groups, layoutBeforeDifference, scrolled, cursor}: State): ListSettings => ({
	journal, columns, sort, sortBefore, groups, layoutBeforeDifference, scrolled, cursor: {...cursor, waiting: [], frozen: 0},
});

/** The columns and the order of the difference are for the difference alone, which may have been left in the other list. */
const withoutDifference = (settings: ListSettings, mark: State['mark']): ListSettings =>
	settings.layoutBeforeDifference === undefined || mark?.shown === 'difference' ? settings : {...settings, ...settings.layoutBeforeDifference, layoutBeforeDifference: undefined};

/** Shows the other list as it was left. The rows in sight are not its own: nothing is shown until the engine has answered. */
const swap = (state: State): State => {
	const {view} = state;
	const shown = withoutDifference(state.otherList ?? journalDefaults, state.mark);
	const otherList = listSettingsOf(state);
	if (view === undefined) {
		return {...state, ...shown, otherList};
	}

	const {selected: _selected, socket: _socket, ...rest} = view;
	return {
		...state, ...shown, mode: 'table', otherList, cells: [], view: {
			...rest, rows: [], offset: 0, length: 0,
		},
	};
};

/** Shows the journal in place of the sockets, or the sockets again. */
export const toggleJournal = (state: State): State => swap(state);

/** Shows what happened to the socket under the cursor; without one, the whole journal; the sockets again where the journal is shown. */
export const openJournal = (state: State): State => {
	const socket = state.view?.selected?.id;
	if (state.journal !== undefined || socket === undefined || socket < 0) {
		return swap(state);
	}

	const shown = swap(state);
	return {...shown, cursor: noCursor, journal: {changes: shown.journal?.changes ?? false, socket}};
};

const change = (state: State, request: Partial<JournalRequest>): State => state.journal === undefined ? state : {...state, journal: {...state.journal, ...request}};

/** Shows every change of state, with both states, or of these only that a connection was made. */
export const toggleChanges = (state: State): State => {
	const isAll = state.journal?.changes !== true;
	return {...change(state, {changes: isAll}), columns: journalColumns(isAll)};
};

/** Shows the entries of all sockets again. */
export const showAllEntries = (state: State): State => state.journal === undefined ? state : {...state, journal: {changes: state.journal.changes}};

/** Goes from an entry to the row of its socket. */
export const goToSocket = (state: State): State => {
	const socket = state.view?.socket;
	return socket === undefined ? state : {...swap(state), cursor: {request: {kind: 'row', id: socket, by: 0}, waiting: [], frozen: 0}};
};

/** Why no socket can be meant. */
export const aboutMany = 'This is a group: {unfoldGroup} unfolds it, then you can go to the sockets of its entries';

/** Why there is no way from the entry under the cursor to a row. */
export const whyNoSocket = ({view}: State): string | undefined => {
	if (view?.selected === undefined) {
		return 'No entry is selected: arrow keys select one';
	}

	if (view.selected.id < 0) {
		return aboutMany;
	}

	return view.socket === undefined ? 'The socket has closed and is no longer in the list; only its journal entries are left' : undefined;
};

/** Keys that mean sockets say so while the journal is shown. */
export const whyInJournal = ({journal}: State): string | undefined => journal === undefined ? undefined : 'Not in the journal: {toggleJournal} shows the sockets';

/** Takes a key that is none in the journal: one that the list of sockets has says so. */
export const takeKeyOfSockets = (state: State, key: string): State =>
	state.keyTable.find('table', key) === undefined ? state : {...state, notice: whyInJournal(state)};

/** The list that the mode is about: without anything open, the keys of the journal are not those of the sockets. */
export const settleMode = (state: State): State => {
	const {mode, journal} = state;
	const base = journal === undefined ? 'table' : 'journal';
	return mode !== base && (mode === 'table' || mode === 'journal') ? {...state, mode: base} : state;
};
