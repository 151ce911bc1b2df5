import type {World} from '../fields/field.js';
import type {Lookups} from '../query/lookups.js';
import {createViewer} from '../query/viewer.js';
import type {ViewLine} from '../query/view-line.js';
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

/** The sockets that match the settings, in order, and the heads of the groups that they are in. */
export const selectLines = (query: Query, world: World, lookups: Lookups): readonly ViewLine[] => createViewer(lookups).view(query, world).lines;
