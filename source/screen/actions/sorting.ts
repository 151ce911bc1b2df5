/** The order of the table, and the sort menu. Each function takes the state and returns the next one. */
import type {Sort} from '../../query/query.js';
import {findField} from '../../fields/registry.js';
import type {State} from '../state/state.js';
import {sortMarkOf, tableFit} from '../state/table-fit.js';
import {narrow} from './narrowing.js';

const isSameSort = (a: Sort | undefined, b: Sort | undefined): boolean =>
	a === b || (a?.field === b?.field && a?.descending === b?.descending && isSameSort(a?.finer, b?.finer));

/** Changes the order, and keeps the original one for Esc. */
const changeSort = (state: State, sort: Sort): State => {
	const before = state.sortBefore ?? state.sort;
	return narrow(state, {sort, sortBefore: isSameSort(sort, before) ? undefined : before});
};

/** Sorts by a column in its default direction, then by the previous one. Does nothing if the table is sorted by that column already. */
export const sortBy = (state: State, id: string): State => {
	const {field, descending} = state.sort;
	return id === field
		? state
		: changeSort(state, {field: id, descending: findField(id)?.descending ?? false, finer: {field, descending}});
};

/** Sorts by the visible column to the left (-1) or right (1), wrapping around. */
export const moveSort = (state: State, direction: -1 | 1): State => {
	const shown = tableFit(state).columns.map(({field}) => field.id);
	const at = shown.indexOf(state.sort.field);
	const start = at === -1 && direction === -1 ? 0 : at;
	const next = shown.at((start + direction) % shown.length);
	return next === undefined ? state : sortBy(state, next);
};

/** Reverses the order. */
export const invertSort = (state: State): State => changeSort(state, {...state.sort, descending: !state.sort.descending});

/** Ids of the fields in the menu: the columns, and for groups the number of sockets. */
const sortable = ({columns, groups}: State): readonly string[] => groups === undefined || columns.includes('sockets') ? columns : [...columns, 'sockets'];

/** Opens the menu at the sorted column. */
export const openSortMenu = (state: State): State => ({...state, mode: 'sort', menuIndex: Math.max(0, sortable(state).indexOf(state.sort.field))});

/** Entries of the menu. */
export const sortEntries = (state: State): readonly string[] =>
	sortable(state).map(id => `${findField(id)?.title ?? id} ${sortMarkOf(state.sort, id)}`.trimEnd());

/** Moves to the next entry whose heading begins with a letter. */
export const jumpInMenu = (state: State, letter: string): State => {
	const {menuIndex} = state;
	const columns = sortable(state);
	const start = letter.toLowerCase();
	const order = columns.map((_, offset) => (menuIndex + 1 + offset) % columns.length);
	const found = order.find(index => findField(columns[index])?.title.toLowerCase().startsWith(start));
	return found === undefined ? state : {...state, menuIndex: found};
};

/** Sorts by the selected column and closes the menu. */
export const acceptSort = (state: State): State => {
	const closed: State = {...state, mode: 'table'};
	const id = sortable(state).at(state.menuIndex);
	return id === undefined ? closed : sortBy(closed, id);
};
