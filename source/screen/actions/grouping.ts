/** Groups: what rows are grouped by, and which groups are folded. Each function takes the state and returns the next one. */
import type {Row} from '../../contract/messages.js';
import {groupingsOf, type RowKind} from '../../query/groups/groupings.js';
import type {Folded, GroupingId} from '../../query/query.js';
import type {State} from '../state/state.js';
import {narrow} from './narrowing.js';

/** The kind of the rows in the list. */
export const rowKindOf = ({journal}: State): RowKind => journal === undefined ? 'socket' : 'entry';

/** Maximum number of nested groupings. */
const maxLevels = 2;

const nothingFolded: Folded = {all: false, except: []};

const groupBy = (state: State, by: readonly GroupingId[]): State =>
	narrow(state, {groups: by.length === 0 ? undefined : {by, folded: nothingFolded}});

export const openGroups = (state: State): State => ({...state, mode: 'groups', menuIndex: 0});

/** Entries of the menu; numbers are levels of the tree. */
export const groupEntries = (state: State): readonly string[] => groupingsOf(rowKindOf(state)).map(({id, title}) => {
	const level = state.groups?.by.indexOf(id) ?? -1;
	return `[${level === -1 ? ' ' : level + 1}] ${title}`;
});

/** Adds or removes the grouping at the current menu entry, as the innermost level. At the maximum number of levels it replaces the last one. */
export const toggleGrouping = (state: State): State => {
	const chosen = groupingsOf(rowKindOf(state)).at(state.menuIndex);
	const by = state.groups?.by ?? [];
	return chosen === undefined
		? state
		: groupBy(state, by.includes(chosen.id) ? by.filter(id => id !== chosen.id) : [...by.slice(0, maxLevels - 1), chosen.id]);
};

/** Groups connections by listener, or removes all groupings if there are any. */
export const toggleTree = (state: State): State => groupBy(state, state.groups === undefined ? ['listener'] : []);

const selectedRow = ({view}: State): Row | undefined => view?.rows.find(({id}) => id === view.selected?.id);

/** Folds or unfolds one group. */
export const setFolded = (state: State, group: number, isFolded: boolean): State => {
	const {groups} = state;
	if (groups === undefined) {
		return state;
	}

	const {folded: {all, except}} = groups;
	const others = except.filter(id => id !== group);
	return narrow(state, {groups: {...groups, folded: {all, except: isFolded === all ? others : [...others, group]}}});
};

/** Folds the group under the cursor, or the innermost group of the row under the cursor; the cursor moves to its heading. */
export const foldGroup = (state: State): State => {
	const row = selectedRow(state);
	const group = row?.group?.isFolded === false ? row.id : row?.groups?.at(-1);
	return group === undefined ? state : setFolded(state, group, true);
};

/** Unfolds the group under the cursor. */
export const unfoldGroup = (state: State): State => {
	const row = selectedRow(state);
	return row?.group === undefined ? state : setFolded(state, row.id, false);
};

/** Whether the cursor is on the heading of a group that is folded, or unfolded. */
export const isAtHead = (state: State, isFolded: boolean): boolean => selectedRow(state)?.group?.isFolded === isFolded;

/** Folds or unfolds the group under the cursor; undefined if the cursor is not on a group heading. */
export const turnGroup = (state: State): State | undefined => {
	const row = selectedRow(state);
	return row?.group === undefined ? undefined : setFolded(state, row.id, !row.group.isFolded);
};

/** Folds all groups, or unfolds all if any is folded. */
export const foldAll = (state: State): State => {
	const {groups} = state;
	if (groups === undefined) {
		return state;
	}

	const isAnyFolded = groups.folded.all || groups.folded.except.length > 0;
	return narrow(state, {groups: {...groups, folded: {all: !isAnyFolded, except: []}}});
};

/** Why there is nothing to fold. */
export const whyNoGroups = (state: State): string | undefined => {
	if (state.groups !== undefined) {
		return undefined;
	}

	return rowKindOf(state) === 'socket' ? 'Nothing is grouped: {openGroups} or {toggleTree} groups' : 'Nothing is grouped: {openGroups} groups';
};

/** Why no group can be folded or unfolded. */
export const whyNoGroup = (state: State): string | undefined =>
	whyNoGroups(state) ?? (state.view?.selected === undefined ? 'No group is selected: arrow keys select one, {foldAll} folds or unfolds all' : undefined);
