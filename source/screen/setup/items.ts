/** Items on the pages of the setup screen, generated from the registries of preferences and keys, and from the views. */
import {fields, findField} from '../../fields/registry.js';
import type {List, Preference} from '../../preferences/preference.js';
import {preferenceIds, registry, type PreferenceId} from '../../preferences/preferences.js';
import {builtInViews} from '../../preferences/saved-view.js';
import {readSort} from '../../preferences/sort-text.js';
import {kebabCase} from '../../text/spelling.js';
import {keysLabel} from '../keys/key-names.js';
import {viewText} from '../actions/views.js';
import {currentKeysOf, modeNames} from '../keys/key-table.js';
import type {Command, State} from '../state/state.js';

/** One line of a page. */
export type Item = {
	readonly title: string;
	/** The current value. */
	readonly value: string;
	readonly meaning: string;
	/** Text beside the value, if there is room. */
	readonly beside: string;
	readonly about:
		| {readonly kind: 'preference'; readonly id: PreferenceId}
		/** A possible entry of a list. */
		| {readonly kind: 'entry'; readonly of: PreferenceId; readonly id: string; readonly isOn: boolean}
		/** A value that a preference can have. */
		| {readonly kind: 'option'; readonly of: PreferenceId; readonly value: string; readonly isChosen: boolean}
		/** A value that must be typed because it is not in the list. */
		| {readonly kind: 'typed'; readonly of: PreferenceId}
		| {readonly kind: 'command'; readonly command: Command}
		| {readonly kind: 'view'; readonly name: string}
		/** An error in the settings file; read only. */
		| {readonly kind: 'mistake'};
};

/** The current entries of a list preference, including columns from the command line. */
export const listOf = (state: State, id: PreferenceId): readonly string[] => {
	const value = id === 'columns' ? state.layoutBeforeDifference?.columns ?? state.columns : state.preferences[id];
	return typeof value === 'object' ? value : [];
};

const shownValue = ({preferences, isReadOnly}: State, id: PreferenceId): string => {
	const preference: Preference = registry[id];
	const value = preferences[id];
	switch (preference.kind) {
		case 'switch': {
			const isFixed = id === 'readOnly' && isReadOnly;
			return `${value === true || isFixed ? '[x]' : '[ ]'}${isFixed ? ' --read-only' : ''}`;
		}

		case 'number': {
			return `${String(value)} ${preference.unit === 'seconds' ? 's' : preference.unit}`;
		}

		case 'choice':
		case 'order':
		case 'list': {
			return String(value);
		}
	}
};

/** The meaning of a preference, followed by the meaning of its current choice. */
const meaningOf = ({preferences}: State, id: PreferenceId): string => {
	const preference: Preference = registry[id];
	const chosen = preference.kind === 'choice' ? preference.options.find(({value}) => value === preferences[id]) : undefined;
	return chosen === undefined ? preference.meaning : `${preference.meaning} ${chosen.value}: ${chosen.meaning}.`;
};

/** The possible values, or else the meaning of the preference. */
const besideOf = (preference: Preference): string => {
	switch (preference.kind) {
		case 'choice': {
			return preference.options.map(({value}) => value).join(' · ');
		}

		case 'number': {
			return `${preference.min} to ${preference.max} ${preference.unit}`;
		}

		case 'switch':
		case 'order':
		case 'text':
		case 'list': {
			return preference.meaning;
		}
	}
};

/** The entries of a list in order, then all possible entries that are not in it. */
const entryItems = (state: State, of: PreferenceId, list: List): readonly Item[] => {
	const on = listOf(state, of);
	const entries = list.entries();
	const item = (id: string, isOn: boolean): Item => {
		const {title = id, meaning = ''} = entries.find(entry => entry.id === id) ?? {};
		return {
			title: `[${isOn ? 'x' : ' '}] ${title}`, value: id, meaning, beside: meaning, about: {
				kind: 'entry', of, id, isOn,
			},
		};
	};

	return [...on.map(id => item(id, true)), ...entries.filter(({id}) => !on.includes(id)).map(({id}) => item(id, false))];
};

/** One of several values; the current one is marked with `*`. */
const optionItem = (of: PreferenceId, option: {readonly value: string; readonly title: string; readonly meaning: string}, isChosen: boolean, value = ''): Item => ({
	title: `(${isChosen ? '*' : ' '}) ${option.title}`, value, meaning: option.meaning, beside: option.meaning, about: {
		kind: 'option', of, value: option.value, isChosen,
	},
});

/** Fields to sort by, shown columns first. Sorting by several fields must be typed. */
const orderItems = (state: State, of: PreferenceId): readonly Item[] => {
	const written = String(state.preferences[of]);
	const sort = readSort(written, '');
	const isOne = typeof sort === 'object' && sort.finer === undefined;
	const columns = listOf(state, 'columns');
	const inTable = columns.flatMap(id => findField(id) ?? []);
	const others = fields.filter(({id}) => !columns.includes(id));
	return [
		...[...inTable, ...others].map(({id, title, meaning, descending}) => {
			const isChosen = isOne && sort.field === id;
			const direction = (isChosen ? sort.descending : descending) ? 'descending' : 'ascending';
			return optionItem(of, {value: id, title, meaning: isChosen ? `${meaning} Choose it again to reverse the order.` : meaning}, isChosen, `${id}, ${direction}`);
		}),
		{
			title: `(${isOne ? ' ' : '*'}) Several fields`, value: isOne ? '' : written, meaning: registry.sort.meaning, beside: 'Type them, separated by commas.', about: {kind: 'typed', of},
		},
	];
};

/** The possible values of a preference. */
const optionItems = (state: State, of: PreferenceId): readonly Item[] => {
	const preference: Preference = registry[of];
	return preference.kind === 'choice'
		? preference.options.map(({value, meaning}) => optionItem(of, {value, title: value, meaning}, state.preferences[of] === value))
		: orderItems(state, of);
};

const preferenceItems = (state: State): readonly Item[] => preferenceIds.flatMap((id): readonly Item[] => {
	const preference: Preference = registry[id];
	if (preference.section !== state.setup.page) {
		return [];
	}

	return preference.kind === 'list'
		? entryItems(state, id, preference)
		: [{
			title: preference.title, value: shownValue(state, id), meaning: meaningOf(state, id), beside: besideOf(preference), about: {kind: 'preference', id},
		}];
});

const commandItems = ({keyTable}: State): readonly Item[] => [...keyTable.changeable].map(([command, {description, modes}]) => ({
	title: kebabCase(command),
	value: keysLabel({keys: currentKeysOf(keyTable, command)}),
	meaning: `${description}. Works in: ${modeNames(keyTable, modes).join(', ')}.`,
	beside: description,
	about: {kind: 'command', command},
}));

const viewItems = ({savedViews}: State): readonly Item[] => [...savedViews].map(([name, view]) => ({
	title: name,
	value: viewText(view),
	meaning: builtInViews.get(name) === view ? 'Built-in view; a view saved under this name replaces it.' : 'Saved view; Del deletes it.',
	beside: '',
	about: {kind: 'view', name},
}));

/** Errors in the settings file: where, and what is wrong. */
const mistakeItems = ({settingsProblems}: State): readonly Item[] => settingsProblems.map(complaint => {
	const [location, ...rest] = complaint.split(': ');
	return {
		title: location, value: rest.join(': '), meaning: `${complaint}.`, beside: '', about: {kind: 'mistake'},
	};
});

/** All items of the open page, or of the list of values that replaces it. */
const allItems = (state: State): readonly Item[] => {
	if (state.setup.choosing !== undefined) {
		return optionItems(state, state.setup.choosing);
	}

	switch (state.setup.page) {
		case 'keys': {
			return commandItems(state);
		}

		case 'views': {
			return viewItems(state);
		}

		case 'mistakes': {
			return mistakeItems(state);
		}

		case 'columns':
		case 'meters':
		case 'look':
		case 'times':
		case 'behaviour': {
			return preferenceItems(state);
		}
	}
};

/** The items of the open page that contain all words of the search. Items with matching names come before those with matching meanings. */
export const itemsOf = (state: State): readonly Item[] => {
	const items = allItems(state);
	const words = state.setup.find.toLowerCase().split(' ').filter(word => word !== '');
	if (words.length === 0) {
		return items;
	}

	const hasAll = (text: string): boolean => words.every(word => text.toLowerCase().includes(word));
	const isNamed = ({title, value}: Item): boolean => hasAll(`${title}\n${value}`);
	const named = items.filter(item => isNamed(item));
	return [...named, ...items.filter(item => !isNamed(item) && hasAll(`${item.title}\n${item.value}\n${item.meaning}`))];
};

/** The item under the cursor. */
export const itemAtCursor = (state: State): Item | undefined => itemsOf(state).at(state.setup.itemIndex);
