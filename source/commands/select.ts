import type {FieldContext} from '../fields/model/field.js';
import type {Lookups} from '../names/lookups.js';
import {createViewer} from '../query/window/viewer.js';
import type {ViewLine} from '../query/groups/view-line.js';
import type {Query} from '../query/query.js';

/** Returns the sockets that match the query, in order, with the head lines of their groups. */
export const selectLines = (query: Query, context: FieldContext, lookups: Lookups): readonly ViewLine[] => createViewer(lookups).view(query, context).lines;
