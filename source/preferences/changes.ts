/** The user's changes, and the settings file with them. */
import {kebabCase, normalizeName} from '../text/spelling.js';
import type {PreferenceId} from './preferences.js';
import {viewEntries, type SavedView} from './saved-view.js';
import type {Value} from './preference.js';
import {
	editToml,
	isTable,
	readToml,
	type Edit,
	type EditedToml,
} from './toml-text.js';

/** One change. Undefined `keys` restore the default keys; an undefined `view` deletes the view. */
export type Change =
	| {readonly kind: 'preference'; readonly id: PreferenceId; readonly value: Value}
	| {readonly kind: 'keys'; readonly command: string; readonly keys: readonly string[] | undefined}
	| {readonly kind: 'view'; readonly name: string; readonly view: SavedView | undefined};

const mutable = (value: Value): Exclude<Edit['value'], undefined> => typeof value === 'object' ? [...value] : value;

const editOf = (change: Change): Edit => {
	switch (change.kind) {
		case 'preference': {
			return {path: [kebabCase(change.id)], value: mutable(change.value)};
		}

		case 'keys': {
			return {path: ['keys', kebabCase(change.command)], value: change.keys === undefined ? undefined : [...change.keys]};
		}

		case 'view': {
			const {name, view} = change;
			return {
				path: ['views', name],
				value: view === undefined ? undefined : Object.fromEntries(Object.entries(viewEntries(view)).map(([key, value]) => [key, mutable(value)])),
			};
		}
	}
};

/** Returns a path with its names spelledPath as in the file, so that nothing is defined twice. Names of views are not normalized. */
const spelledPath = (data: unknown, [name, ...rest]: readonly string[], isName = false): readonly string[] => {
	const names = isTable(data) ? Object.keys(data) : [];
	const found = isName ? name : names.findLast(each => normalizeName(each) === normalizeName(name)) ?? name;
	const inner: unknown = isTable(data) && Object.hasOwn(data, found) ? data[found] : undefined;
	return [found, ...(rest.length === 0 ? [] : spelledPath(inner, rest, normalizeName(name) === 'views'))];
};

/** Returns the text of a settings file with changes applied. */
export const writeChanges = (text: string, changes: readonly Change[]): EditedToml => {
	const {data} = readToml(text);
	return editToml(text, changes.map(change => {
		const edit = editOf(change);
		return {...edit, path: spelledPath(data, edit.path)};
	}));
};
