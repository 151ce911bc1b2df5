/** Completes the last word of a command line: commands, options, their values, and filters. */
import type {DescribedCommand} from '../commands/described-command.js';
import {topics} from '../help/pages.js';
import {completeFilter} from '../query/completion/completion.js';
import {shells} from '../commands/shells.js';
import {optionValues, type OptionValues, type ValueContext} from './option-values.js';

/** A candidate: the whole word and its meaning. */
export type Candidate = {readonly word: string; readonly description: string};

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

const valueCompletion = async (values: OptionValues, typed: string, prefix: string, context: ValueContext): Promise<Completion> => {
	if (values.kind === 'file') {
		return {candidates: [], isFile: true};
	}

	if (values.kind === 'free') {
		return nothing;
	}

	// In a list, the part after the last comma is completed.
	const before = values.kind === 'list' ? typed.slice(0, typed.lastIndexOf(',') + 1) : '';
	const candidates = matching(typed.slice(before.length), await values.list(context, typed.slice(before.length)));
	return {candidates: candidates.map(({word, description}) => ({word: prefix + before + word, description})), isOpen: values.kind === 'list'};
};

const filterCompletion = (before: readonly string[], typed: string): readonly Candidate[] => {
	const start = before.map(word => `${word} `).join('');
	const text = start + typed;
	const found = completeFilter(text, text.length, new Map());
	return found === undefined || found.start < start.length
		? []
		: found.candidates.map(({insert, description}) => ({word: text.slice(start.length, found.start) + insert, description}));
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
const readWords = (words: readonly string[], {options}: DescribedCommand): ParsedWords => {
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
const namesAfter = (command: string, commands: readonly DescribedCommand[]): readonly Candidate[] => {
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
@param commands All commands.
@param context Sources of option values.
*/
export const completeWords = async (words: readonly string[], commands: readonly DescribedCommand[], context: Omit<ValueContext, 'config'>): Promise<Completion> => {
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
	const inContext: ValueContext = {...context, ...(read.config !== undefined && {config: read.config})};
	if (read.waiting !== undefined) {
		return valueCompletion(optionValues[read.waiting] ?? {kind: 'free'}, typed, '', inContext);
	}

	if (typed.startsWith('-') && !read.isAfterOptions) {
		const {name, value} = /^(?<name>--[^=]+)=(?<value>.*)$/sv.exec(typed)?.groups ?? {};
		return name !== undefined && value !== undefined ? valueCompletion(optionValues[name] ?? {kind: 'free'}, value, `${name}=`, inContext) : {candidates: matching(typed, command.options.map(({names, description}) => ({word: names.at(-1) ?? '', description})))};
	}

	const ofCommands = before.length === 0 ? matching(typed, commands.filter(({name}) => name !== 'live').map(({name, description}) => ({word: name, description}))) : [];
	return {candidates: [...ofCommands, ...filterCompletion(read.filter, typed)]};
};
