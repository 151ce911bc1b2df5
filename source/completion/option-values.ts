/** What the options that take a value can be given. */
import {fields} from '../fields/registry.js';
import {registry} from '../preferences/preferences.js';
import {groupingsOf} from '../query/groups/groupings.js';
import {sourceNames} from '../sampling/open-source.js';
import {families, ssTables} from '../commands/ss-options.js';

type Candidate = {readonly word: string; readonly description: string};

/** What some values are looked up in. */
export type ValueContext = {
	/** Names of views; `config` is a settings file that was named. */
	readonly views: (config?: string) => Promise<readonly string[]>;
	/** Names of network namespaces. */
	readonly namespaces: () => readonly string[];
	readonly config?: string;
};

/** One value, several with commas between them, the path of a file, or whatever. */
export type OptionValues =
	| {readonly kind: 'one' | 'list'; readonly list: (context: ValueContext, typed: string) => readonly Candidate[] | Promise<readonly Candidate[]>}
	| {readonly kind: 'file'}
	| {readonly kind: 'free'};

const named = (words: Iterable<string>, description: string): readonly Candidate[] => [...words].map(word => ({word, description}));

const fieldNames: readonly Candidate[] = fields.map(({id, meaning}) => ({word: id, description: meaning}));

/** Fields, and after a colon the directions of one. */
const orders = (typed: string): readonly Candidate[] => {
	const [field, direction] = typed.split(':', 2);
	return direction === undefined
		? fieldNames
		: [{word: `${field}:asc`, description: 'the least first'}, {word: `${field}:desc`, description: 'the greatest first'}];
};

/** By the long name of the option. A test says if one is missing. */
export const optionValues: Readonly<Record<string, OptionValues>> = {
	'--query': {kind: 'list', list: () => named(ssTables.keys(), 'a table of ss')},
	'--family': {kind: 'one', list: () => named(families.keys(), 'a family of ss')},
	'--sort': {kind: 'list', list: (_, typed) => orders(typed)},
	'--columns': {kind: 'list', list: () => fieldNames},
	'--group': {kind: 'list', list: () => groupingsOf('socket').map(({id, meaning}) => ({word: id, description: meaning}))},
	'--source': {kind: 'one', list: () => named(sourceNames, 'a source of sockets')},
	'--net': {kind: 'one', list: ({namespaces}) => named(namespaces(), 'a network namespace')},
	'--view': {kind: 'one', list: async ({views, config}) => named(await views(config), 'a view')},
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
