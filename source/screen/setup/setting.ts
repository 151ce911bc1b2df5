/** Changes preferences and keys. Each function takes the state and returns the next one. */
import type {Preference, Value} from '../../preferences/preference.js';
import {registry, type PreferenceId} from '../../preferences/preferences.js';
import {readSort} from '../../preferences/sort-text.js';
import {checkKeys} from '../keys/key-changes.js';
import {createKeyTable} from '../keys/key-table.js';
import {narrow} from '../actions/narrowing.js';
import type {Command, State} from '../state/state.js';
import {itemsOf, listOf} from './items.js';
import {withSetup} from './moving.js';

/** Sets a preference and applies it immediately. Temporary switches of the same setting end. */
export const setPreference = (state: State, id: PreferenceId, value: Value): State => {
	if (id === 'readOnly' && state.isReadOnly) {
		return {...state, notice: 'Off: conntop was started with --read-only'};
	}

	const next: State = {
		...state,
		preferences: {...state.preferences, [id]: value},
		...(id === 'names' && {areNamesSwitched: false}),
		...(id === 'connections' && {areConnectionsSwitched: false}),
		...(id === 'screenReader' && {isReaderSwitched: false}),
	};
	const columns = id === 'columns' && typeof value === 'object' ? {columns: value} : {};
	const sort = id === 'sort' ? readSort(String(value), 'the order') : 'unchanged';
	const change = {...columns, ...(typeof sort === 'object' && {sort, sortBefore: undefined})};
	if (Object.keys(change).length === 0) {
		return next;
	}

	// The difference view has its own columns and order; the change takes effect when it closes.
	return next.layoutBeforeDifference === undefined ? narrow(next, change) : {...next, layoutBeforeDifference: {...next.layoutBeforeDifference, ...change}};
};

/** Moves an entry of a list by a number of positions; the cursor follows. */
export const moveEntry = (state: State, of: PreferenceId, id: string, by: number): State => {
	const ids = listOf(state, of);
	const from = ids.indexOf(id);
	const to = from + by;
	return from === -1 || to < 0 || to >= ids.length
		? state
		: follow(setPreference(state, of, ids.with(from, ids[to]).with(to, id)), id);
};

/** Moves the cursor to an entry of a list. */
export const follow = (state: State, id: string): State => {
	const index = itemsOf(state).findIndex(({about}) => about.kind === 'entry' && about.id === id);
	return withSetup(state, {itemIndex: Math.max(0, index)});
};

/** Shows or hides an entry of a list. */
export const toggleEntry = (state: State, of: PreferenceId, id: string): State => {
	const ids = listOf(state, of);
	const next = ids.includes(id) ? ids.filter(each => each !== id) : [...ids, id];
	const preference: Preference = registry[of];
	return next.length === 0 && preference.kind === 'list' && !preference.mayBeEmpty
		? {...state, notice: 'The list needs at least one entry'}
		: follow(setPreference(state, of, next), id);
};

/** The number one step up or down, rounded to avoid floating-point errors. */
const stepped = (value: number, direction: number, {step, min, max}: Extract<Preference, {kind: 'number'}>): number => {
	const size = step < 1 && value >= 5 + (direction < 0 ? step : 0) ? 1 : step;
	const next = Number((value + direction * size).toFixed(3));
	return Math.max(min, Math.min(max, next));
};

/** The order by the column to the left (-1) or right (1) of the sort column, wrapping around. */
const orderBeside = (state: State, written: string, direction: -1 | 1): string => {
	const columns = listOf(state, 'columns');
	const sort = readSort(written, 'the order');
	const at = columns.indexOf(typeof sort === 'object' ? sort.field : '');
	const start = at === -1 && direction === -1 ? 0 : at;
	return columns.at((start + direction) % columns.length) ?? written;
};

/** The next value of a preference (1), or the one before (-1). */
export const stepPreference = (state: State, id: PreferenceId, direction: -1 | 1): State => {
	const preference: Preference = registry[id];
	const value = state.preferences[id];
	switch (preference.kind) {
		case 'switch': {
			return setPreference(state, id, value !== true);
		}

		case 'number': {
			return setPreference(state, id, stepped(Number(value), direction, preference));
		}

		case 'choice': {
			const at = preference.options.findIndex(option => option.value === value);
			const next = preference.options.at((at + direction) % preference.options.length);
			return next === undefined ? state : setPreference(state, id, next.value);
		}

		case 'order': {
			return setPreference(state, id, orderBeside(state, String(value), direction));
		}

		case 'list': {
			return state;
		}
	}
};

/** Sets the keys of a command, or restores its defaults if `keys` is undefined. If a key is invalid or in use, shows why and changes nothing. */
export const setKeys = (state: State, command: Command, keys: readonly string[] | undefined): State => {
	const others = new Map([...state.keyTable.changes].filter(([each]) => each !== command));
	const requested = keys === undefined ? others : new Map([...others, [command, keys] as const]);
	const {changes, problems} = checkKeys(state.keyTable, requested);
	return problems.length === 0 ? {...state, keyTable: createKeyTable(state.keyTable.controls, changes)} : {...state, notice: problems[0]};
};
