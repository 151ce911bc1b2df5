/** Combines the settings file, a view and the command line. The command line takes precedence. */
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

/** `-r` turns names on, `-n` turns them off; undefined if neither is given. */
const namesChosen = ({resolve = false, numeric = false}: Options): boolean | undefined => resolve || numeric ? resolve : undefined;

/** Preferences given on the command line; undefined if not given. Columns and order are not among them: they belong to the list and are not saved. */
const givenIn = (options: Options): Partial<Record<PreferenceId, unknown>> => ({
	theme: options.theme,
	interval: options.interval === undefined ? undefined : Number(options.interval),
	mouse: options.mouse === false ? false : undefined,
	names: namesChosen(options),
	connections: options.connections,
	readOnly: options.readOnly,
	screenReader: options.screenReader,
});

/**
Returns the preferences of the settings file, overridden by those of the command line; defaults for the rest.

@throws UsageError for an invalid value on the command line.
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

/** Maximum number of views named in an error: a file may have thousands. */
const maxListed = 20;

/**
Returns a view by its name; without a name, the plain view.

@throws UsageError if there is no such view.
*/
export const chooseView = (name: string | undefined, views: ReadonlyMap<string, SavedView>): SavedView => {
	const found = name === undefined ? plainView : views.get(name);
	if (found === undefined) {
		const names = views.keys().toArray();
		const others = names.length - maxListed;
		const listed = names.slice(0, maxListed).map(each => shortened(each)).join(', ');
		throw new UsageError(`there is no view named ${quoted(name ?? '')}${meant(name ?? '', names)}; there are ${listed}${others > 0 ? ` and ${others} more` : ''}`);
	}

	return found;
};

/** Returns the preferences, with the rows that a view has. The command line takes precedence. */
export const withRowsOf = (preferences: Preferences, {rows}: SavedView, {connections}: Options): Preferences =>
	rows === 'default' || connections === true ? preferences : {...preferences, connections: rows === 'connections'};

/** Returns the options and filter words of the command line, completed by those of a view. */
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
