/** Completes the last word of a command line: commands, options, their values, and filters. */
import {topics} from '../help/pages.js';
import {shells} from '../commands/shells.js';
import {optionValues, type OptionValues} from './option-values.js';
import type {
	Candidate,
	CommandWords,
	Lookups,
	Tables,
} from './tables.js';

export type Completion = {
	readonly candidates: readonly Candidate[];
	/** Whether the shell should complete file names. */
	readonly isFile?: boolean;
	/** Whether the word can continue, so that no space follows. */
	readonly isOpen?: boolean;
};

const nothing: Completion = {candidates: []};

const matching = (typed: string, candidates: readonly Candidate[]): readonly Candidate[] =>
	candidates.filter(({word}) => word.toLowerCase().startsWith(typed.toLowerCase()));

const withPrefix = (prefix: string, candidates: readonly Candidate[]): readonly Candidate[] => candidates.map(({word, description}) => ({word: prefix + word, description}));

/** The completion of a value; undefined if it must be looked up. */
const valueCompletion = async (
	values: OptionValues, typed: string, prefix: string, {tables, lookups, config}: {readonly tables: Tables; readonly lookups?: Lookups; readonly config?: string},
): Promise<Completion | undefined> => {
	switch (values.kind) {
		case 'file': {
			return {candidates: [], isFile: true};
		}

		case 'free': {
			return nothing;
		}

		case 'looked up': {
			return lookups && {candidates: withPrefix(prefix, matching(typed, await values.list(lookups, config)))};
		}

		case 'one': {
			return {candidates: withPrefix(prefix, matching(typed, values.list(tables.values, typed)))};
		}

		case 'list': {
			// The part after the last comma is completed.
			const before = typed.slice(0, typed.lastIndexOf(',') + 1);
			const last = typed.slice(before.length);
			return {candidates: withPrefix(prefix + before, matching(last, values.list(tables.values, last))), isOpen: true};
		}
	}
};

type ParsedWords = {
	/** The option whose value is the last word. */
	readonly waiting?: string;
	/** Words that are neither options nor their values. */
	readonly filter: readonly string[];
	readonly isAfterOptions: boolean;
	readonly config?: string;
};

/** Parses the words before the last one. */
const readWords = (words: readonly string[], {options}: CommandWords): ParsedWords => {
	const filter: string[] = [];
	let waiting: string | undefined;
	let config: string | undefined;
	let isAfterOptions = false;
	for (const word of words) {
		if (waiting !== undefined) {
			config = waiting === '--config' ? word : config;
			waiting = undefined;
		} else if (word === '--' && !isAfterOptions) {
			isAfterOptions = true;
		} else if (word.startsWith('-') && word.length > 1 && !isAfterOptions) {
			// Short options can be combined (`-tlN`); the last one may take a value.
			const last = word.startsWith('--') ? word : `-${word.at(-1) ?? ''}`;
			waiting = options.find(({names, takesValue}) => takesValue && names.includes(last))?.names.at(-1);
		} else {
			filter.push(word);
		}
	}

	return {
		filter, isAfterOptions, ...(waiting !== undefined && {waiting}), ...(config !== undefined && {config}),
	};
};

/** Arguments of `help` and `completion`. */
const namesAfter = (command: string, commands: readonly CommandWords[]): readonly Candidate[] => {
	switch (command) {
		case 'help': {
			const ofCommands = commands.filter(({name}) => name !== 'live').map(({name, description}) => ({word: name, description}));
			return [...topics.map(word => ({word, description: 'help page'})), ...ofCommands];
		}

		case 'completion': {
			return shells.map(word => ({word, description: 'shell'}));
		}

		default: {
			return [];
		}
	}
};

/**
Completes the last word of a command line.

@param words All words, beginning with the name of the program.
@param tables The commands and the values of their options.
@param lookups Looks up what is not in the tables.
@returns Undefined if something must be looked up and there are no lookups.
*/
export const completeWords = async (words: readonly string[], tables: Tables, lookups?: Lookups): Promise<Completion | undefined> => {
	const {commands} = tables;
	const [, ...typedWords] = words;
	const typed = typedWords.at(-1) ?? '';
	const before = typedWords.slice(0, -1);
	const named = commands.find(({name}) => name === before[0] && name !== 'live');
	const command = named ?? commands.find(({name}) => name === 'live');
	if (command === undefined) {
		return nothing;
	}

	if (['help', 'completion'].includes(command.name)) {
		return before.length === 1 ? {candidates: matching(typed, namesAfter(command.name, commands))} : nothing;
	}

	const read = readWords(named === undefined ? before : before.slice(1), command);
	const context = {tables, ...(lookups && {lookups}), ...(read.config !== undefined && {config: read.config})};
	if (read.waiting !== undefined) {
		return valueCompletion(optionValues[read.waiting] ?? {kind: 'free'}, typed, '', context);
	}

	if (typed.startsWith('-') && !read.isAfterOptions) {
		const {name, value} = /^(?<name>--[^=]+)=(?<value>.*)$/sv.exec(typed)?.groups ?? {};
		return name !== undefined && value !== undefined ? valueCompletion(optionValues[name] ?? {kind: 'free'}, value, `${name}=`, context) : {candidates: matching(typed, command.options.map(({names, description}) => ({word: names.at(-1) ?? '', description})))};
	}

	if (lookups === undefined) {
		return undefined;
	}

	const ofCommands = before.length === 0 ? matching(typed, commands.filter(({name}) => name !== 'live').map(({name, description}) => ({word: name, description}))) : [];
	return {candidates: [...ofCommands, ...lookups.filter(read.filter, typed)]};
};
