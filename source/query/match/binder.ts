import type {World} from '../../fields/model/field.js';
import type {SelectionFilter} from './selection-filter.js';

/** Binds a filter to the columns as they are now. What it gives is good until the table changes. */
export type Binder = (world: World) => SelectionFilter;
