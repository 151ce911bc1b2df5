/** Reads a settings file: preferences, keys, views, and problems. */
import {normalizeName, kebabCase} from '../text/spelling.js';
import {
	preferenceIds,
	registry,
	type PreferenceId,
	type Preferences,
} from './preferences.js';
import {
	meant,
	maxProblems,
	quoted,
	readValue,
	shortened,
} from './read-value.js';
import {
	plainView,
	viewPartNames,
	viewParts,
	type SavedView,
} from './saved-view.js';
import {emptyServeSection, readServeSection, type ServeSection} from './serve-section.js';
import {statementsOf} from './toml-statements.js';
import {isTable, readToml} from './toml-text.js';

/** Keys as the user writes them, by command. */
export type WrittenKeys = ReadonlyMap<string, readonly string[]>;

export type Configuration = {
	/** The preferences that the file sets. */
	readonly preferences: Partial<Preferences>;
	readonly keys: WrittenKeys;
	readonly views: ReadonlyMap<string, SavedView>;
	readonly serve: ServeSection;
	/** Whether an entry of `[serve]` is invalid. */
	readonly isServeBroken: boolean;
	/** One sentence for each invalid entry; if there are many, for the first ones, and the number of the others. */
	readonly problems: readonly string[];
};

/** Reports a problem of the value at a path. The message is made only if the problem is one of the first. */
type Complain = (path: readonly string[], message: () => string) => void;

type Problem = {readonly line: number; readonly message: () => string};

/** Returns a path as one text. */
const joined = (path: readonly string[]): string => JSON.stringify(path);

/** Makes a function that finds the line in which a path is written, or the longest part of it that is. */
const createLineFinder = (text: string): ((path: readonly string[]) => number) => {
	const lines = new Map(statementsOf(text).map(({path, line}) => [joined(path), line]));
	return path => {
		const lengths = path.map((_, index) => path.length - index);
		return lengths.map(length => lines.get(joined(path.slice(0, length)))).find(line => line !== undefined) ?? 1;
	};
};

/** Returns sentences for the first problems of the file. */
const sentencesOf = (problems: readonly Problem[], file: string): readonly string[] => {
	const first = problems.toSorted((a, b) => a.line - b.line).slice(0, maxProblems);
	const others = problems.length - first.length;
	return [
		...first.map(({line, message}) => `${file}, line ${line}: ${message()}`),
		...(others > 0 ? [`${file}: ${others} more entries are ignored`] : []),
	];
};

/**
Reads the text of a settings file. Never throws: what is broken or unknown is reported and ignored.

@param file Name of the file in messages.
*/
export const readConfiguration = (text: string, file: string): Configuration => {
	const {data, problems: broken} = readToml(text);
	const found: Problem[] = broken.map(({line, message}) => ({line, message: () => message}));
	const lineOf = createLineFinder(text);
	const complain: Complain = (path, message) => {
		found.push({line: lineOf(path), message});
	};

	const preferences: Record<string, unknown> = {};
	let keys: WrittenKeys = new Map();
	let views: ReadonlyMap<string, SavedView> = new Map();
	let serve = emptyServeSection;
	let isServeBroken = false;
	const complainOfServe: typeof complain = (...problem) => {
		isServeBroken = true;
		complain(...problem);
	};

	const readPreference = (id: PreferenceId, key: string, value: unknown): void => {
		const {value: read, problems} = readValue(registry[id], value, key);
		for (const problem of problems) {
			complain([key], () => problem);
		}

		if (read !== undefined) {
			preferences[id] = read;
		}
	};

	/** Reads a section. Returns false if the key does not name one. */
	const isSectionRead = (name: string, key: string, value: unknown): boolean => {
		switch (name) {
			case 'keys': {
				keys = readKeys(key, value, complain);
				return true;
			}

			case 'views': {
				views = readViews(key, value, complain);
				return true;
			}

			case 'serve': {
				serve = readServeSection(key, value, complainOfServe);
				return true;
			}

			default: {
				return false;
			}
		}
	};

	for (const [key, value] of Object.entries(data)) {
		const name = normalizeName(key);
		const id = preferenceIds.find(each => normalizeName(each) === name);
		if (id !== undefined) {
			readPreference(id, key, value);
		} else if (!isSectionRead(name, key, value)) {
			complain([key], () => `there is no preference ${quoted(key)}${meant(key, [...preferenceIds.map(each => kebabCase(each)), 'keys', 'views', 'serve'])}`);
		}
	}

	return {
		preferences,
		keys,
		views,
		serve,
		isServeBroken,
		problems: sentencesOf(found, file),
	};
};

const readKeys = (key: string, value: unknown, complain: Complain): WrittenKeys => {
	if (!isTable(value)) {
		complain([key], () => 'keys is a table: a line [keys], then lines such as open-filter = ["F4"]');
		return new Map();
	}

	const keys = new Map<string, readonly string[]>();
	for (const [command, written] of Object.entries(value)) {
		const names: readonly unknown[] = Array.isArray(written) ? written : [written];
		if (names.every(name => typeof name === 'string')) {
			keys.set(command, names);
		} else {
			complain([key, command], () => `${shortened(command)} takes a list of keys, such as ["F4", "Ctrl-F"]`);
		}
	}

	return keys;
};

const readViews = (key: string, value: unknown, complain: Complain): ReadonlyMap<string, SavedView> => {
	if (!isTable(value)) {
		complain([key], () => 'views is a table of tables: a line [views.NAME], then lines such as filter = "port 443"');
		return new Map();
	}

	const views = new Map<string, SavedView>();
	for (const [name, written] of Object.entries(value)) {
		if (isTable(written)) {
			views.set(name, readView([key, name], written, complain));
		} else {
			complain([key, name], () => `view ${quoted(name)} is a table: a line [views.NAME], then lines such as filter = "port 443"`);
		}
	}

	return views;
};

const readView = (path: readonly string[], written: Record<string, unknown>, complain: Complain): SavedView => {
	const parts: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(written)) {
		const part = viewPartNames.find(each => normalizeName(each) === normalizeName(key));
		if (part === undefined) {
			complain([...path, key], () => `a view has no ${quoted(key)}${meant(key, viewPartNames)}`);
			continue;
		}

		const {value: read, problems} = readValue(viewParts[part], value, key);
		for (const problem of problems) {
			complain([...path, key], () => problem);
		}

		if (read !== undefined) {
			parts[part] = read;
		}
	}

	return {...plainView, ...parts};
};
