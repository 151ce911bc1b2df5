import type {Query} from '../query/query.js';
import type {Settings} from './options.js';

/** The query of settings without a screen: all rows. */
export const queryOf = ({filter, classes, sort, groups, names}: Settings, columns: readonly string[]): Query => ({
	filter,
	search: '',
	classes,
	sort,
	...(groups.length > 0 && {groups: {by: groups.map(({id}) => id), folded: {all: false, except: []}}}),
	columns,
	...(names !== undefined && {names}),
	window: {height: Number.MAX_SAFE_INTEGER, cursor: {kind: 'none'}, frozen: false},
});
