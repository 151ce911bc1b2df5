/** Actions on the item under the cursor of the setup screen. Each function takes the state and returns the next one. */
import type {Preference} from '../../preferences/preference.js';
import {defaultPreferences, registry, type PreferenceId} from '../../preferences/preferences.js';
import {readValue} from '../../preferences/read-value.js';
import {readSort, writeSort} from '../../preferences/sort-text.js';
import {currentKeysOf} from '../keys/key-table.js';
import {lineOf} from '../state/line.js';
import type {State} from '../state/state.js';
import {deleteNamedView, openNamedView} from '../actions/views.js';
import {itemAtCursor, type Item} from './items.js';
import {
	leaveChoice,
	leaveSetup,
	moveInSetup,
	openChoice,
	withSetup,
} from './moving.js';
import {
	follow,
	moveEntry,
	setKeys,
	setPreference,
	stepPreference,
	toggleEntry,
} from './setting.js';

/** Sets the preference to a value of the list. Choosing the current sort field again reverses the order. */
const takeOption = (state: State, {of, value, isChosen}: Extract<Item['about'], {kind: 'option'}>): State => {
	const sort = of === 'sort' && isChosen ? readSort(state.preferences.sort, 'the order') : undefined;
	return leaveChoice(setPreference(state, of, typeof sort === 'object' ? writeSort({...sort, descending: !sort.descending}) : value), of);
};

/** Steps the item under the cursor: a number or choice to the next or previous value, a list entry to the next or previous position; adds a key or restores the default keys. */
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

/** Space: toggles, or steps to the next number or choice; for other items the same as Enter. */
export const toggleInSetup = (state: State): State => {
	const about = itemAtCursor(state)?.about;
	return about?.kind === 'preference' && registry[about.id].kind !== 'order' ? stepPreference(state, about.id, 1) : acceptInSetup(state);
};

/** Opens a line to type the value of a preference. */
const typeValue = (state: State, id: PreferenceId): State => ({...state, mode: 'setupLine', line: lineOf(String(state.preferences[id]))});

/** Enter on a preference: opens the list of values, opens a line for a number, or toggles a switch. */
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

/** Enter: chooses from a list, opens a line, toggles, or waits for a key. */
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

/** Restores the default of a preference or of the keys of a command; deletes a view. */
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

/** Sets the preference to the typed value, or shows why it is invalid. */
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

/** Assigns the pressed key to the command; Esc cancels. */
export const takeSetupKey = (state: State, key: string): State => {
	const closed: State = {...state, mode: 'setup'};
	const about = itemAtCursor(state)?.about;
	if (key === 'escape' || about?.kind !== 'command') {
		return closed;
	}

	const before = state.setup.isOneMore ? currentKeysOf(state.keyTable, about.command) : [];
	return setKeys(closed, about.command, [...before, key]);
};
