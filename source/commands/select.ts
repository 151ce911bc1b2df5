import type {World} from '../fields/model/field.js';
import type {Lookups} from '../names/lookups.js';
import {createViewer} from '../query/window/viewer.js';
import type {ViewLine} from '../query/groups/view-line.js';
import type {Query} from '../query/query.js';

/** The sockets that match the settings, in order, and the heads of the groups that they are in. */
export const selectLines = (query: Query, world: World, lookups: Lookups): readonly ViewLine[] => createViewer(lookups).view(query, world).lines;
