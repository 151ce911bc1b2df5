/** Navigation of the setup screen: open, close, cursor, pages, search. */
import type {Change} from '../../preferences/changes.js';
import {preferenceIds, type PreferenceId} from '../../preferences/preferences.js';
import {keyLabel} from '../keys/key-names.js';
import type {State} from '../state/state.js';
import {noSetup, pagesOf, type Setup} from '../state/setup-slice.js';
import {save} from '../actions/saving.js';
import {itemsOf} from './items.js';

/** Returns the state with changes to its setup slice. */
export const withSetup = (state: State, change: Partial<Setup>): State => ({...state, setup: {...state.setup, ...change}});

/** Opens the setup screen. */
export const openSetup = (state: State): State => ({
	...state, mode: 'setup', setup: {...noSetup, before: {preferences: state.preferences, keys: state.keyTable.changes}},
});

/** Opens the page to the left (-1) or right (1), and wraps around. */
export const turnPage = (state: State, direction: -1 | 1): State => {
	const pages = pagesOf(state.settingsProblems);
	const at = pages.findIndex(({id}) => id === state.setup.page);
	const next = pages.at((at + direction) % pages.length);
	return next === undefined
		? state
		: withSetup(state, {
			page: next.id, itemIndex: 0, find: '', choosing: undefined,
		});
};

/** Moves the cursor by a number of items, within the list. */
export const moveInSetup = (state: State, by: number): State => {
	const last = itemsOf(state).length - 1;
	return withSetup(state, {itemIndex: Math.max(0, Math.min(last, state.setup.itemIndex + by))});
};

/** Appends text to the search. */
export const findInSetup = (state: State, text: string): State => withSetup(state, {find: state.setup.find + text, itemIndex: 0});

/** Deletes the last character of the search. */
export const eraseInSetup = (state: State): State => withSetup(state, {find: [...state.setup.find].slice(0, -1).join(''), itemIndex: 0});

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The changes since the setup was opened. */
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

/** Closes the setup and saves the changes. */
export const leaveSetup = (state: State): State => save({...state, mode: 'table', setup: noSetup}, changesOf(state));

/** Esc and other closing keys: clears the search, else closes the list of values, else closes the setup. */
export const cancelSetup = (state: State): State => {
	if (state.setup.find !== '') {
		return withSetup(state, {find: '', itemIndex: 0});
	}

	return state.setup.choosing === undefined ? leaveSetup(state) : leaveChoice(state, state.setup.choosing);
};

/** Shows the values of a preference instead of the page, with the cursor at the current value. */
export const openChoice = (state: State, id: PreferenceId): State => {
	const open = withSetup(state, {choosing: id, find: '', itemIndex: 0});
	const index = itemsOf(open).findIndex(({about}) => about.kind === 'typed' || (about.kind === 'option' && about.isChosen));
	return withSetup(open, {itemIndex: Math.max(0, index)});
};

/** Returns to the preference whose values were shown. */
export const leaveChoice = (state: State, id: PreferenceId): State => {
	const closed = withSetup(state, {choosing: undefined, find: '', itemIndex: 0});
	return withSetup(closed, {itemIndex: Math.max(0, itemsOf(closed).findIndex(({about}) => about.kind === 'preference' && about.id === id))});
};
