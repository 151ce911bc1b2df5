/** What completion is made of. */
import type {DescribedCommand, DescribedOption} from '../commands/described-command.js';

/** A candidate: the whole word and its meaning. */
export type Candidate = {readonly word: string; readonly description: string};

/** A command as completion needs it. */
export type CommandWords = Pick<DescribedCommand, 'name' | 'description'> & {
	readonly options: ReadonlyArray<Pick<DescribedOption, 'names' | 'takesValue' | 'description'>>;
};

/**
The commands and the values of their options, in plain data. `scripts/build.ts` writes it to a file, because a shell waits for each answer: to create all commands and fields, only
to name them, takes longer than all the rest.
*/
export type Tables = {
	readonly commands: readonly CommandWords[];
	readonly values: {
		readonly fields: readonly Candidate[];
		readonly groupings: readonly Candidate[];
		readonly themes: readonly Candidate[];
		readonly sources: readonly string[];
		readonly ssTables: readonly string[];
		readonly families: readonly string[];
	};
};

/** What is looked up when it is asked for: on the machine, or in a part of the program that takes time to load. */
export type Lookups = {
	/** Returns the names of views; `config` is the settings file named on the command line. */
	readonly views: (config?: string) => Promise<readonly string[]>;
	/** Returns the names of network namespaces. */
	readonly namespaces: () => readonly string[];
	/** Completes the last word of a filter. */
	readonly filter: (before: readonly string[], typed: string) => readonly Candidate[];
};
