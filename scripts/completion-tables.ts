/** Makes the tables of completion from those of the program, when conntop is built. */
import type {DescribedCommand} from '../source/commands/described-command.js';
import {families, ssTables} from '../source/commands/ss-options.js';
import {fields} from '../source/fields/registry.js';
import {registry} from '../source/preferences/preferences.js';
import {groupingsOf} from '../source/query/groups/groupings.js';
import {sourceNames} from '../source/sampling/open-source.js';
import type {Candidate, Tables} from '../source/completion/tables.js';

const withMeanings = (all: ReadonlyArray<{readonly id: string; readonly meaning: string}>): readonly Candidate[] => all.map(({id, meaning}) => ({word: id, description: meaning}));

/** Returns the tables of completion for these commands. */
export const makeTables = (commands: readonly DescribedCommand[]): Tables => ({
	commands: commands.map(({name, description, options}) => ({
		name, description, options: options.map(({names, takesValue, description: meaning}) => ({names, takesValue, description: meaning})),
	})),
	values: {
		fields: withMeanings(fields),
		groupings: withMeanings(groupingsOf('socket')),
		themes: registry.theme.options.map(({value, meaning}) => ({word: value, description: meaning})),
		sources: sourceNames,
		ssTables: ssTables.keys().toArray(),
		families: families.keys().toArray(),
	},
});
