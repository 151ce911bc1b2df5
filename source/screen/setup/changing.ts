/** What keys do on the setup screen. Each function takes the state and gives the next one. */
import type {Change} from '../../preferences/changes.js';
import type {Preference, Value} from '../../preferences/preference.js';
import {
	defaultPreferences,
	preferenceIds,
	registry,
	type PreferenceId,
} from '../../preferences/preferences.js';
import {readValue} from '../../preferences/read-value.js';
import {readSort, writeSort} from '../../preferences/sort-text.js';
import {keyLabel} from '../key-names.js';
import {checkKeys} from '../key-changes.js';
import {createKeyTable, isTypedIn, keysInForce} from '../key-table.js';
import type {Command} from '../keys.js';
import {lineOf} from '../line.js';
import {narrow} from '../narrowing.js';
import {save} from '../saving.js';
import type {State} from '../state.js';
import {deleteNamedView, openNamedView} from '../views.js';
import {
	itemAtCursor,
	itemsOf,
	listOf,
	type Item,
} from './items.js';
import {noSetup, pagesOf, type Setup} from './setup.js';

const withSetup = (state: State, change: Partial<Setup>): State => ({...state, setup: {...state.setup, ...change}});

/** Opens the screen. */
export const openSetup = (state: State): State => ({
	...state, mode: 'setup', setup: {...noSetup, before: {preferences: state.preferences, keys: state.keyTable.changes}},
});

/** Opens the page to the left (-1) or right (1), around the ends. */
export const turnPage = (state: State, direction: -1 | 1): State => {
	const pages = pagesOf(state.complaints);
	const at = pages.findIndex(({id}) => id === state.setup.page);
	const next = pages.at((at + direction) % pages.length);
	return next === undefined
		? state
		: withSetup(state, {
			page: next.id, place: 0, find: '', choosing: undefined,
		});
};

/** The number that is nearest to another one within bounds. */
const within = (number: number, least: number, most: number): number => Math.max(least, Math.min(most, number));

/** Moves the cursor, not beyond the ends. */
export const moveInSetup = (state: State, by: number): State =>
	withSetup(state, {place: within(state.setup.place + by, 0, itemsOf(state).length - 1)});

/** Adds to what is typed to find an item. */
export const findInSetup = (state: State, text: string): State => withSetup(state, {find: state.setup.find + text, place: 0});

/** Takes back the last character of it. */
export const eraseInSetup = (state: State): State => withSetup(state, {find: [...state.setup.find].slice(0, -1).join(''), place: 0});

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What was changed since the screen was opened. */
const changesOf = ({setup: {before}, preferences, keyTable}: State): readonly Change[] => {
	if (before === undefined) {
		return [];
	}

	const commands = new Set([...before.keys.keys(), ...keyTable.changes.keys()]);
	return [
		...preferenceIds
			.filter(id => !isSame(before.preferences[id], preferences[id]))
			.map((id): Change => ({kind: 'preference', id, value: preferences[id]})),
		...[...commands]
			.filter(command => !isSame(before.keys.get(command), keyTable.changes.get(command)))
			.map((command): Change => ({kind: 'keys', command, keys: keyTable.changes.get(command)?.map(key => keyLabel(key))})),
	];
};

/** Leaves the screen; what was changed is saved. */
export const leaveSetup = (state: State): State => save({...state, mode: 'table', setup: noSetup}, changesOf(state));

/** Esc, and keys that leave: first what is typed goes, then the list of values, then the screen. A letter that is typed while something is to be found belongs to that. */
export const cancelSetup = (state: State, key: string): State => {
	if (state.setup.find === '') {
		return state.setup.choosing === undefined ? leaveSetup(state) : leaveChoice(state, state.setup.choosing);
	}

	return isTypedIn('setup', key) ? findInSetup(state, key) : withSetup(state, {find: '', place: 0});
};

/** Opens the values of a preference in the place of the page, at the one that it has. */
const openChoice = (state: State, id: PreferenceId): State => {
	const open = withSetup(state, {choosing: id, find: '', place: 0});
	const place = itemsOf(open).findIndex(({about}) => about.kind === 'typed' || (about.kind === 'option' && about.isChosen));
	return withSetup(open, {place: Math.max(0, place)});
};

/** Goes back to the preference whose values were shown. */
const leaveChoice = (state: State, id: PreferenceId): State => {
	const left = withSetup(state, {choosing: undefined, find: '', place: 0});
	return withSetup(left, {place: Math.max(0, itemsOf(left).findIndex(({about}) => about.kind === 'preference' && about.id === id))});
};

/** Takes a value of the list. What the table is sorted by already is turned round. */
const takeOption = (state: State, {of, value, isChosen}: Extract<Item['about'], {kind: 'option'}>): State => {
	const sort = of === 'sort' && isChosen ? readSort(state.preferences.sort, 'the order') : undefined;
	return leaveChoice(setPreference(state, of, typeof sort === 'object' ? writeSort({...sort, descending: !sort.descending}) : value), of);
};

/** Sets a preference; the list follows at once. What was switched for the moment is over. */
const setPreference = (state: State, id: PreferenceId, value: Value): State => {
	if (id === 'readOnly' && state.isReadOnly) {
		return {...state, notice: 'conntop was started with --read-only: nothing acts until it ends'};
	}

	const next: State = {...state, preferences: {...state.preferences, [id]: value}, ...(id === 'names' && {areNamesTurned: false})};
	const columns = id === 'columns' && typeof value === 'object' ? {columns: value} : {};
	const sort = id === 'sort' ? readSort(String(value), 'the order') : 'unchanged';
	const change = {...columns, ...(typeof sort === 'object' && {sort})};
	if (Object.keys(change).length === 0) {
		return next;
	}

	// The difference has its own columns and order, for as long as it is shown.
	return next.besides === undefined ? narrow(next, change) : {...next, besides: {...next.besides, ...change}};
};

/** Puts an entry of a list elsewhere among those that are shown; the cursor goes with it. */
const moveEntry = (state: State, of: PreferenceId, id: string, by: number): State => {
	const ids = listOf(state, of);
	const from = ids.indexOf(id);
	const to = from + by;
	return from === -1 || to < 0 || to >= ids.length
		? state
		: follow(setPreference(state, of, ids.with(from, ids[to]).with(to, id)), id);
};

/** Puts the cursor on an entry of a list. */
const follow = (state: State, id: string): State => {
	const place = itemsOf(state).findIndex(({about}) => about.kind === 'entry' && about.id === id);
	return withSetup(state, {place: Math.max(0, place)});
};

const toggleEntry = (state: State, of: PreferenceId, id: string): State => {
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
	return within(Number((value + direction * size).toFixed(3)), least, most);
};

/** The order by the column to the left (-1) or right (1) of the one that decides, around the ends. */
const orderBeside = (state: State, written: string, direction: -1 | 1): string => {
	const columns = listOf(state, 'columns');
	const sort = readSort(written, 'the order');
	const at = columns.indexOf(typeof sort === 'object' ? sort.field : '');
	const start = at === -1 && direction === -1 ? 0 : at;
	return columns.at((start + direction) % columns.length) ?? written;
};

const stepPreference = (state: State, id: PreferenceId, direction: -1 | 1): State => {
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

/** More or less of what the cursor stands at: a number, the next choice, a place further down or up, one more key or the keys from before. */
export const stepInSetup = (state: State, direction: -1 | 1): State => {
	const about = itemAtCursor(state)?.about;
	switch (about?.kind) {
		case 'preference': {
			return stepPreference(state, about.id, direction);
		}

		case 'entry': {
			return about.isOn ? moveEntry(state, about.of, about.id, direction) : state;
		}

		case 'command': {
			return direction === 1 ? {...withSetup(state, {isOneMore: true}), mode: 'setupKey'} : resetInSetup(state);
		}

		case 'option':
		case 'typed':
		case 'view':
		case 'mistake':
		case undefined: {
			return state;
		}
	}
};

/** Space: on or off, the next number or choice; what is but typed or pressed is asked for. */
export const toggleInSetup = (state: State): State => {
	const about = itemAtCursor(state)?.about;
	return about?.kind === 'preference' && registry[about.id].kind !== 'order' ? stepPreference(state, about.id, 1) : acceptInSetup(state);
};

/** Opens the line in which the value of a preference is typed. */
const typeValue = (state: State, id: PreferenceId): State => ({...state, mode: 'setupLine', line: lineOf(String(state.preferences[id]))});

/** What Enter does with a preference: its values open, a number is typed, a switch turns. */
const acceptPreference = (state: State, id: PreferenceId): State => {
	const {kind}: Preference = registry[id];
	switch (kind) {
		case 'choice':
		case 'order': {
			return openChoice(state, id);
		}

		case 'number': {
			return typeValue(state, id);
		}

		case 'switch':
		case 'list': {
			return stepPreference(state, id, 1);
		}
	}
};

/** Enter: chooses from a list, types, turns on or off, waits for a key. */
export const acceptInSetup = (state: State): State => {
	const about = itemAtCursor(state)?.about;
	switch (about?.kind) {
		case 'preference': {
			return acceptPreference(state, about.id);
		}

		case 'option': {
			return takeOption(state, about);
		}

		case 'typed': {
			return typeValue(state, about.of);
		}

		case 'entry': {
			return toggleEntry(state, about.of, about.id);
		}

		case 'command': {
			return {...withSetup(state, {isOneMore: false}), mode: 'setupKey'};
		}

		case 'view': {
			return openNamedView(leaveSetup(state), about.name);
		}

		case 'mistake':
		case undefined: {
			return state;
		}
	}
};

/** Back to how it is unless told: a preference, the keys of a command; deletes a view. */
export const resetInSetup = (state: State): State => {
	const about = itemAtCursor(state)?.about;
	switch (about?.kind) {
		case 'preference': {
			return setPreference(state, about.id, defaultPreferences[about.id]);
		}

		case 'option':
		case 'typed': {
			return openChoice(setPreference(state, about.of, defaultPreferences[about.of]), about.of);
		}

		case 'entry': {
			return follow(setPreference(state, about.of, defaultPreferences[about.of]), about.id);
		}

		case 'command': {
			return setKeys(state, about.command, undefined);
		}

		case 'view': {
			return moveInSetup(deleteNamedView(state, about.name), 0);
		}

		case 'mistake':
		case undefined: {
			return state;
		}
	}
};

/** Takes what was typed, or says what is wrong with it. */
export const acceptSetupLine = (state: State): State => {
	const about = itemAtCursor(state)?.about;
	const id = about?.kind === 'preference' ? about.id : (about?.kind === 'typed' ? about.of : undefined);
	if (id === undefined) {
		return {...state, mode: 'setup'};
	}

	const preference: Preference = registry[id];
	const text = state.line.text.trim();
	const {value, problems} = readValue(preference, preference.kind === 'number' && text !== '' ? Number(text) : text, preference.title.toLowerCase());
	return value === undefined ? {...state, notice: problems[0]} : setPreference(about?.kind === 'typed' ? leaveChoice({...state, mode: 'setup'}, id) : {...state, mode: 'setup'}, id, value);
};

/** Gives a command other keys, or its own again; keys that something else has are said and not taken. */
const setKeys = (state: State, command: Command, keys: readonly string[] | undefined): State => {
	const others = new Map([...state.keyTable.changes].filter(([each]) => each !== command));
	const wanted = keys === undefined ? others : new Map([...others, [command, keys] as const]);
	const {changes, problems} = checkKeys(wanted);
	return problems.length === 0 ? {...state, keyTable: createKeyTable(changes)} : {...state, notice: problems[0]};
};

/** The key that was waited for. */
export const takeSetupKey = (state: State, key: string): State => {
	const left: State = {...state, mode: 'setup'};
	const about = itemAtCursor(state)?.about;
	if (key === 'escape' || about?.kind !== 'command') {
		return left;
	}

	const before = state.setup.isOneMore ? keysInForce(state.keyTable, about.command) : [];
	return setKeys(left, about.command, [...before, key]);
};

