/** Values of options, for completion. */
import type {Candidate, Lookups, Tables} from './tables.js';

/** One value, a comma-separated list, a value that only the machine knows, a file, or any text. */
export type OptionValues =
	| {readonly kind: 'one' | 'list'; readonly list: (values: Tables['values'], typed: string) => readonly Candidate[]}
	| {readonly kind: 'looked up'; readonly list: (lookups: Lookups, config?: string) => Promise<readonly Candidate[]>}
	| {readonly kind: 'file'}
	| {readonly kind: 'free'};

const named = (words: readonly string[], description: string): readonly Candidate[] => words.map(word => ({word, description}));

/** Fields, or after a colon the two directions. */
const orders = (fields: readonly Candidate[], typed: string): readonly Candidate[] => {
	const [field, direction] = typed.split(':', 2);
	return direction === undefined
		? fields
		: [{word: `${field}:asc`, description: 'ascending'}, {word: `${field}:desc`, description: 'descending'}];
};

/** By long name of the option. A test checks that none is missing. */
export const optionValues: Readonly<Record<string, OptionValues>> = {
	'--query': {kind: 'list', list: ({ssTables}) => named(ssTables, 'table of ss')},
	'--family': {kind: 'one', list: ({families}) => named(families, 'family of ss')},
	'--sort': {kind: 'list', list: ({fields}, typed) => orders(fields, typed)},
	'--columns': {kind: 'list', list: ({fields}) => fields},
	'--group': {kind: 'list', list: ({groupings}) => groupings},
	'--source': {kind: 'one', list: ({sources}) => named(sources, 'source of sockets')},
	'--net': {kind: 'looked up', list: async ({namespaces}) => named(namespaces(), 'network namespace')},
	'--view': {kind: 'looked up', list: async ({views}, config) => named(await views(config), 'view')},
	'--theme': {kind: 'one', list: ({themes}) => themes},
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
