/** What stands on the pages of the setup screen: made from the registries of preferences and keys, and from the views. */
import {fields, findField} from '../../fields/registry.js';
import type {List, Preference} from '../../preferences/preference.js';
import {preferenceIds, registry, type PreferenceId} from '../../preferences/preferences.js';
import {builtInViews} from '../../preferences/saved-view.js';
import {readSort} from '../../preferences/sort-text.js';
import {kebabCase} from '../../text/spelling.js';
import {keysLabel} from '../keys/key-names.js';
import {viewText} from '../actions/views.js';
import {keysInForce, modeNames} from '../keys/key-table.js';
import type {Command, State} from '../state/state.js';

/** One line of a page. */
export type Item = {
	readonly title: string;
	/** How it is now. */
	readonly value: string;
	readonly meaning: string;
	/** What stands beside it while there is room. */
	readonly beside: string;
	readonly about:
		| {readonly kind: 'preference'; readonly id: PreferenceId}
		/** Something that a list has in it or not. */
		| {readonly kind: 'entry'; readonly of: PreferenceId; readonly id: string; readonly isOn: boolean}
		/** A value that a preference can have. */
		| {readonly kind: 'option'; readonly of: PreferenceId; readonly value: string; readonly isChosen: boolean}
		/** The line in which a value is typed that is in no list. */
		| {readonly kind: 'typed'; readonly of: PreferenceId}
		| {readonly kind: 'command'; readonly command: Command}
		| {readonly kind: 'view'; readonly name: string}
		/** Something to read. */
		| {readonly kind: 'mistake'};
};

/** The names in a list as it is in force: columns that were given on the command line count. */
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

/** What the value of a choice means, behind what the preference means. */
const meaningOf = ({preferences}: State, id: PreferenceId): string => {
	const preference: Preference = registry[id];
	const chosen = preference.kind === 'choice' ? preference.options.find(({value}) => value === preferences[id]) : undefined;
	return chosen === undefined ? preference.meaning : `${preference.meaning} ${chosen.value}: ${chosen.meaning}.`;
};

/** What else there is to choose. */
const besideOf = (preference: Preference): string => {
	switch (preference.kind) {
		case 'choice': {
			return preference.options.map(({value}) => value).join(' · ');
		}

		case 'number': {
			return `${preference.least} to ${preference.most} ${preference.unit}`;
		}

		case 'switch':
		case 'order':
		case 'text':
		case 'list': {
			return preference.meaning;
		}
	}
};

/** Those that are in the list in its order, then all others. */
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

/** One of several: the chosen one has a mark. */
const optionItem = (of: PreferenceId, option: {readonly value: string; readonly title: string; readonly meaning: string}, isChosen: boolean, value = ''): Item => ({
	title: `(${isChosen ? '*' : ' '}) ${option.title}`, value, meaning: option.meaning, beside: option.meaning, about: {
		kind: 'option', of, value: option.value, isChosen,
	},
});

/** Fields to sort by, the columns that are shown first; what is in no list is typed. */
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
			return optionItem(of, {value: id, title, meaning: isChosen ? `${meaning} Once more turns the order round.` : meaning}, isChosen, `${id}, ${direction}`);
		}),
		{
			title: `(${isOne ? ' ' : '*'}) Several fields`, value: isOne ? '' : written, meaning: registry.sort.meaning, beside: 'Typed, with commas between them.', about: {kind: 'typed', of},
		},
	];
};

/** The values among which one is being chosen. */
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
	value: keysLabel({keys: keysInForce(keyTable, command)}),
	meaning: `${description}. Counts in: ${modeNames(keyTable, modes).join(', ')}.`,
	beside: description,
	about: {kind: 'command', command},
}));

const viewItems = ({savedViews}: State): readonly Item[] => [...savedViews].map(([name, view]) => ({
	title: name,
	value: viewText(view),
	meaning: builtInViews.get(name) === view ? 'A view that is built in; one that is saved under its name takes its place.' : 'A view of yours; Del deletes it.',
	beside: '',
	about: {kind: 'view', name},
}));

/** Where a mistake stands, and what it is. */
const mistakeItems = ({settingsProblems}: State): readonly Item[] => settingsProblems.map(complaint => {
	const [place, ...rest] = complaint.split(': ');
	return {
		title: place, value: rest.join(': '), meaning: `${complaint}.`, beside: '', about: {kind: 'mistake'},
	};
});

/** All items of the page that is open, or of the list in its place. */
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

/** The items of the page that is open, those only that hold all words that are typed. Names come before meanings. */
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
