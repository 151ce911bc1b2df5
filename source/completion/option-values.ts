/** Values of options, for completion. */
import {fields} from '../fields/registry.js';
import {registry} from '../preferences/preferences.js';
import {groupingsOf} from '../query/groups/groupings.js';
import {sourceNames} from '../sampling/open-source.js';
import {families, ssTables} from '../commands/ss-options.js';

type Candidate = {readonly word: string; readonly description: string};

/** Sources of option values. */
export type ValueContext = {
	/** Returns the names of views; `config` is the settings file named on the command line. */
	readonly views: (config?: string) => Promise<readonly string[]>;
	/** Returns the names of network namespaces. */
	readonly namespaces: () => readonly string[];
	readonly config?: string;
};

/** One value, a comma-separated list, a file, or any text. */
export type OptionValues =
	| {readonly kind: 'one' | 'list'; readonly list: (context: ValueContext, typed: string) => readonly Candidate[] | Promise<readonly Candidate[]>}
	| {readonly kind: 'file'}
	| {readonly kind: 'free'};

const named = (words: Iterable<string>, description: string): readonly Candidate[] => [...words].map(word => ({word, description}));

const fieldNames: readonly Candidate[] = fields.map(({id, meaning}) => ({word: id, description: meaning}));

/** Fields, or after a colon the two directions. */
const orders = (typed: string): readonly Candidate[] => {
	const [field, direction] = typed.split(':', 2);
	return direction === undefined
		? fieldNames
		: [{word: `${field}:asc`, description: 'ascending'}, {word: `${field}:desc`, description: 'descending'}];
};

/** By long name of the option. A test checks that none is missing. */
export const optionValues: Readonly<Record<string, OptionValues>> = {
	'--query': {kind: 'list', list: () => named(ssTables.keys(), 'table of ss')},
	'--family': {kind: 'one', list: () => named(families.keys(), 'family of ss')},
	'--sort': {kind: 'list', list: (_, typed) => orders(typed)},
	'--columns': {kind: 'list', list: () => fieldNames},
	'--group': {kind: 'list', list: () => groupingsOf('socket').map(({id, meaning}) => ({word: id, description: meaning}))},
	'--source': {kind: 'one', list: () => named(sourceNames, 'source of sockets')},
	'--net': {kind: 'one', list: ({namespaces}) => named(namespaces(), 'network namespace')},
	'--view': {kind: 'one', list: async ({views, config}) => named(await views(config), 'view')},
	'--theme': {kind: 'one', list: () => registry.theme.options.map(({value, meaning}) => ({word: value, description: meaning}))},
	'--input': {kind: 'file'},
	'--config': {kind: 'file'},
	'--interval': {kind: 'free'},
	'--at': {kind: 'free'},
	'--from': {kind: 'free'},
	'--to': {kind: 'file'},
	'--keep': {kind: 'free'},
	'--max-size': {kind: 'free'},
	'--listen': {kind: 'free'},
	'--otlp': {kind: 'free'},
};
