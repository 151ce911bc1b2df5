import type {FieldContext} from '../../fields/model/field.js';
import type {SelectionFilter} from './selection-filter.js';

/** Binds a filter to the current columns. The result is valid until the table changes. */
export type Binder = (context: FieldContext) => SelectionFilter;
