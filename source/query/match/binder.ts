import type {World} from '../../fields/model/field.js';
import type {SelectionFilter} from './selection-filter.js';

/** Binds a filter to the current columns. The result is valid until the table changes. */
export type Binder = (world: World) => SelectionFilter;
