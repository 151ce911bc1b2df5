/** What the person has chosen, in the settings file and on the command line, which wins. */
import {
	meant,
	quoted,
	readValue,
	shortened,
} from '../preferences/read-value.js';
import {
	defaultPreferences,
	registry,
	type PreferenceId,
	type Preferences,
} from '../preferences/preferences.js';
import {plainView, type SavedView} from '../preferences/saved-view.js';
import {namedProtocols, type Options} from './options.js';
import {UsageError} from './usage-error.js';

/** `-r` wants names, `-n` none. */
const namesChosen = ({resolve = false, numeric = false}: Options): boolean | undefined => resolve || numeric ? resolve : undefined;

/** What the command line says of preferences, undefined where it says nothing. Columns and order are the list's, and are not kept. */
const givenIn = (options: Options): Partial<Record<PreferenceId, unknown>> => ({
	theme: options.theme,
	interval: options.interval === undefined ? undefined : Number(options.interval),
	mouse: options.mouse === false ? false : undefined,
	names: namesChosen(options),
	readOnly: options.readOnly,
	screenReader: options.screenReader,
});

/**
The preferences of the file, with those of the command line in their place.

@throws UsageError
*/
export const choosePreferences = (options: Options, ofFile: Partial<Preferences>): Preferences => {
	const given: Record<string, unknown> = {};
	for (const [id, value] of Object.entries(givenIn(options)) as ReadonlyArray<readonly [PreferenceId, unknown]>) {
		if (value !== undefined) {
			const {value: read, problems} = readValue(registry[id], value, `--${id}`);
			const problem = problems.at(0);
			if (problem !== undefined) {
				throw new UsageError(problem);
			}

			given[id] = read;
		}
	}

	return {...defaultPreferences, ...ofFile, ...given as Partial<Preferences>};
};

/** A file may have thousands of views. */
const mostListed = 20;

/**
A view by its name.

@throws UsageError where there is none.
*/
export const chooseView = (name: string | undefined, views: ReadonlyMap<string, SavedView>): SavedView => {
	const found = name === undefined ? plainView : views.get(name);
	if (found === undefined) {
		const names = views.keys().toArray();
		const others = names.length - mostListed;
		const listed = names.slice(0, mostListed).map(each => shortened(each)).join(', ');
		throw new UsageError(`there is no view named ${quoted(name ?? '')}${meant(name ?? '', names)}; there are ${listed}${others > 0 ? ` and ${others} more` : ''}`);
	}

	return found;
};

/** The options and filter words of the command line, with those of a view where it has none of its own. */
export const withView = (options: Options, words: readonly string[], view: SavedView, {sort}: Preferences): {readonly options: Options; readonly words: readonly string[]} => {
	const isOfAnyState = view.state === 'all' || options.listening === true || options.all === true;
	const tables = view === plainView || namedProtocols(options).length > 0 ? {} : Object.fromEntries(view.show.map(table => [table, true]));
	const group = options.group ?? (view.group.length === 0 ? undefined : view.group.join(','));
	const columns = options.columns ?? (view.columns.length === 0 ? undefined : view.columns.join(','));
	return {
		options: {
			...options,
			...tables,
			...(!isOfAnyState && {[view.state]: true}),
			...(options.ipv4 !== true && options.ipv6 !== true && view.version !== 'both' && {[view.version]: true}),
			...(group !== undefined && {group}),
			...(columns !== undefined && {columns}),
			sort: options.sort ?? (view.sort === '' ? sort : view.sort),
		},
		words: words.length > 0 || view.filter === '' ? words : [view.filter],
	};
};
