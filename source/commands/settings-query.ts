import type {Query} from '../query/query.js';
import type {Settings} from './options.js';

/** Converts settings to a query for all rows, for output without a screen. */
export const queryOf = ({filter, classes, sort, groups, connections, names}: Settings, columns: readonly string[]): Query => ({
	filter,
	search: '',
	classes,
	...(connections && {connections}),
	sort,
	...(groups.length > 0 && {groups: {by: groups.map(({id}) => id), folded: {all: false, except: []}}}),
	columns,
	...(names !== undefined && {names}),
	window: {height: Number.MAX_SAFE_INTEGER, cursor: {kind: 'none'}, frozen: false},
});
