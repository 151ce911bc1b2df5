/** What a settings file says: preferences, keys and views, and what of it cannot be understood. */
import {normalizeName, kebabCase} from '../text/spelling.js';
import {preferenceIds, registry, type Preferences} from './preferences.js';
import {
	meant,
	mostProblems,
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
import {statementsOf} from './toml-statements.js';
import {isTable, readToml} from './toml-text.js';

/** Keys as the person writes them, by what they are for. */
export type WrittenKeys = ReadonlyMap<string, readonly string[]>;

export type Configuration = {
	/** Those that the file sets. */
	readonly preferences: Partial<Preferences>;
	readonly keys: WrittenKeys;
	readonly views: ReadonlyMap<string, SavedView>;
	/** A sentence for each entry that does not count; of many, the first ones and how many there are besides. */
	readonly problems: readonly string[];
};

/** Takes what is wrong with what is at a path. The sentence is made only if it is one of the first. */
type Complain = (path: readonly string[], message: () => string) => void;

type Problem = {readonly line: number; readonly message: () => string};

/** Names of a path in one text. */
const joined = (path: readonly string[]): string => JSON.stringify(path);

/** Finds the line in which a path is written, or else the longest part of it that is. */
const createLineFinder = (text: string): ((path: readonly string[]) => number) => {
	const lines = new Map(statementsOf(text).map(({path, line}) => [joined(path), line]));
	return path => {
		const lengths = path.map((_, index) => path.length - index);
		return lengths.map(length => lines.get(joined(path.slice(0, length)))).find(line => line !== undefined) ?? 1;
	};
};

/** Sentences for the first problems in the file. */
const sentencesOf = (problems: readonly Problem[], file: string): readonly string[] => {
	const first = problems.toSorted((a, b) => a.line - b.line).slice(0, mostProblems);
	const others = problems.length - first.length;
	return [
		...first.map(({line, message}) => `${file}, line ${line}: ${message()}`),
		...(others > 0 ? [`${file}: ${others} more entries do not count`] : []),
	];
};

/**
Reads the text of a settings file. Never throws: what is broken or unknown is told and ignored.

@param text
@param file What to call it in sentences.
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
	for (const [key, value] of Object.entries(data)) {
		const name = normalizeName(key);
		const id = preferenceIds.find(each => normalizeName(each) === name);
		if (id !== undefined) {
			const {value: read, problems} = readValue(registry[id], value, key);
			for (const problem of problems) {
				complain([key], () => problem);
			}

			if (read !== undefined) {
				preferences[id] = read;
			}
		} else if (name === 'keys') {
			keys = readKeys(key, value, complain);
		} else if (name === 'views') {
			views = readViews(key, value, complain);
		} else {
			complain([key], () => `there is no preference ${quoted(key)}${meant(key, [...preferenceIds.map(each => kebabCase(each)), 'keys', 'views'])}`);
		}
	}

	return {
		preferences,
		keys,
		views,
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
			complain([key, command], () => `${shortened(command)} takes keys in brackets, as in ["F4", "Ctrl-F"]`);
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
