import type {World} from '../fields/field.js';
import type {Lookups} from '../query/lookups.js';
import {createViewer} from '../query/viewer.js';
import type {Query} from '../query/query.js';
import type {Settings} from './options.js';

/** The query of settings without a screen: all rows. */
export const queryOf = ({filter, classes, sort}: Settings, columns: readonly string[]): Query => ({
	filter,
	search: '',
	classes,
	sort,
	columns,
	window: {height: Number.MAX_SAFE_INTEGER, cursor: {kind: 'none'}, frozen: false},
});

/** The slots that match the settings, in order. */
export const selectSlots = (query: Query, world: World, lookups: Lookups): readonly number[] => createViewer(lookups).view(query, world).slots;
