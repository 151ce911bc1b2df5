/** Switching between the journal and the sockets, and from an entry to its socket. Each function takes the state and returns the next one. */
import type {JournalRequest} from '../../query/query.js';
import {journalColumns} from '../../fields/records/journal.js';
import {noCursor} from '../state/cursor.js';
import type {ListSettings} from '../state/list-slice.js';
import {baseModeOf, type State} from '../state/state.js';

const journalDefaults: ListSettings = {
	journal: {changes: false}, columns: journalColumns(false), sort: {field: 'time', descending: true}, sortBefore: undefined, groups: undefined, layoutBeforeDifference: undefined, scrolled: 0, cursor: noCursor,
};

const listSettingsOf = ({journal, columns, sort, sortBefore, groups, layoutBeforeDifference, scrolled, cursor}: State): ListSettings => ({
	journal, columns, sort, sortBefore, groups, layoutBeforeDifference, scrolled, cursor: {...cursor, waiting: [], frozen: 0},
});

/** Restores the columns and the order that the difference replaced, if it was closed while the other list was shown. */
const withoutDifference = (settings: ListSettings, mark: State['mark']): ListSettings =>
	settings.layoutBeforeDifference === undefined || mark?.shown === 'difference' ? settings : {...settings, ...settings.layoutBeforeDifference, layoutBeforeDifference: undefined};

/** Shows the other list with its own settings. Its rows are empty until the engine answers. */
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

/** Switches between the journal and the sockets. */
export const toggleJournal = (state: State): State => swap(state);

/** Shows the journal entries of the socket under the cursor, or all entries if no socket is selected. In the journal, returns to the sockets. */
export const openJournal = (state: State): State => {
	const socket = state.view?.selected?.id;
	if (state.journal !== undefined || socket === undefined || socket < 0) {
		return swap(state);
	}

	const shown = swap(state);
	return {...shown, cursor: noCursor, journal: {changes: shown.journal?.changes ?? false, socket}};
};

const change = (state: State, request: Partial<JournalRequest>): State => state.journal === undefined ? state : {...state, journal: {...state.journal, ...request}};

/** Shows all state changes, with old and new state, or only those to ESTAB. */
export const toggleChanges = (state: State): State => {
	const isAll = state.journal?.changes !== true;
	return {...change(state, {changes: isAll}), columns: journalColumns(isAll)};
};

/** Shows the entries of all sockets. */
export const showAllEntries = (state: State): State => state.journal === undefined ? state : {...state, journal: {changes: state.journal.changes}};

/** Moves from a journal entry to the row of its socket. */
export const goToSocket = (state: State): State => {
	const socket = state.view?.socket;
	return socket === undefined ? state : {...swap(state), cursor: {request: {kind: 'row', id: socket, by: 0}, waiting: [], frozen: 0}};
};

/** Why a group of entries has no single socket. */
export const aboutMany = 'This is a group: {unfoldGroup} unfolds it, then you can go to the sockets of its entries';

/** Why the entry under the cursor has no row in the list of sockets. */
export const whyNoSocket = ({view}: State): string | undefined => {
	if (view?.selected === undefined) {
		return 'No entry is selected: arrow keys select one';
	}

	if (view.selected.id < 0) {
		return aboutMany;
	}

	return view.socket === undefined ? 'The socket has closed and is no longer in the list; only its journal entries are left' : undefined;
};

/** Why commands for sockets are disabled in the journal. */
export const whyInJournal = ({journal}: State): string | undefined => journal === undefined ? undefined : 'Not in the journal: {toggleJournal} shows the sockets';

/** Handles a key without binding in the journal: says so if the list of sockets has one. */
export const takeKeyOfSockets = (state: State, key: string): State =>
	state.keyTable.find('table', key) === undefined ? state : {...state, notice: whyInJournal(state)};

/** Makes the mode match the list, because the journal and the sockets have different keys. */
export const settleMode = (state: State): State => {
	const {mode, journal} = state;
	const base = baseModeOf({inspector: undefined, journal});
	return mode !== base && (mode === 'table' || mode === 'journal') ? {...state, mode: base} : state;
};
