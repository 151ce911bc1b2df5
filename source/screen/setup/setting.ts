/** Gives preferences and keys other values. Each function takes the state and gives the next one. */
import type {Preference, Value} from '../../preferences/preference.js';
import {registry, type PreferenceId} from '../../preferences/preferences.js';
import {readSort} from '../../preferences/sort-text.js';
import {checkKeys} from '../keys/key-changes.js';
import {createKeyTable} from '../keys/key-table.js';
import {narrow} from '../actions/narrowing.js';
import type {Command, State} from '../state/state.js';
import {itemsOf, listOf} from './items.js';
import {withSetup} from './moving.js';

/** Sets a preference; the list follows at once. What was switched for the moment is over. */
export const setPreference = (state: State, id: PreferenceId, value: Value): State => {
	if (id === 'readOnly' && state.isReadOnly) {
		return {...state, notice: 'Off: conntop was started with --read-only'};
	}

	const next: State = {
		...state,
		preferences: {...state.preferences, [id]: value},
		...(id === 'names' && {areNamesSwitched: false}),
		...(id === 'screenReader' && {isReaderSwitched: false}),
	};
	const columns = id === 'columns' && typeof value === 'object' ? {columns: value} : {};
	const sort = id === 'sort' ? readSort(String(value), 'the order') : 'unchanged';
	const change = {...columns, ...(typeof sort === 'object' && {sort, sortBefore: undefined})};
	if (Object.keys(change).length === 0) {
		return next;
	}

	// The difference has its own columns and order, for as long as it is shown.
	return next.layoutBeforeDifference === undefined ? narrow(next, change) : {...next, layoutBeforeDifference: {...next.layoutBeforeDifference, ...change}};
};

/** Puts an entry of a list elsewhere among those that are shown; the cursor goes with it. */
export const moveEntry = (state: State, of: PreferenceId, id: string, by: number): State => {
	const ids = listOf(state, of);
	const from = ids.indexOf(id);
	const to = from + by;
	return from === -1 || to < 0 || to >= ids.length
		? state
		: follow(setPreference(state, of, ids.with(from, ids[to]).with(to, id)), id);
};

/** Puts the cursor on an entry of a list. */
export const follow = (state: State, id: string): State => {
	const place = itemsOf(state).findIndex(({about}) => about.kind === 'entry' && about.id === id);
	return withSetup(state, {itemIndex: Math.max(0, place)});
};

/** Shows an entry of a list, or hides it. */
export const toggleEntry = (state: State, of: PreferenceId, id: string): State => {
	const ids = listOf(state, of);
	const next = ids.includes(id) ? ids.filter(each => each !== id) : [...ids, id];
	const preference: Preference = registry[of];
	return next.length === 0 && preference.kind === 'list' && !preference.mayBeEmpty
		? {...state, notice: 'One must stay'}
		: follow(setPreference(state, of, next), id);
};

/** The number one step up or down, without the dust of fractions. */
const stepped = (value: number, direction: number, {step, least, most}: Extract<Preference, {kind: 'number'}>): number => {
	const size = step < 1 && value >= 5 + (direction < 0 ? step : 0) ? 1 : step;
	const next = Number((value + direction * size).toFixed(3));
	return Math.max(least, Math.min(most, next));
};

/** The order by the column to the left (-1) or right (1) of the one that decides, around the ends. */
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

/** Gives a command other keys, or its own again; keys that something else has are said and not taken. */
export const setKeys = (state: State, command: Command, keys: readonly string[] | undefined): State => {
	const others = new Map([...state.keyTable.changes].filter(([each]) => each !== command));
	const wanted = keys === undefined ? others : new Map([...others, [command, keys] as const]);
	const {changes, problems} = checkKeys(state.keyTable, wanted);
	return problems.length === 0 ? {...state, keyTable: createKeyTable(state.keyTable.controls, changes)} : {...state, notice: problems[0]};
};
