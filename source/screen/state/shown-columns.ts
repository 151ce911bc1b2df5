/** The columns that the table asks for: the chosen ones, and more on a wide terminal. */
import {defaultColumns} from '../../fields/registry.js';
import type {State} from './state.js';

/** Terminal columns from which on `wideColumns` are added. */
export const wideTerminal = 180;

/** Fields added on a wide terminal. */
export const wideColumns: readonly string[] = ['command'];

const usual = new Set(defaultColumns);

/** Number of default columns that the difference replaces. */
const maxReplaced = 2;

/** Whether a list has the default columns. Of these, columns without signal are hidden, and more are added on a wide terminal. */
export const hasUsualColumns = (columns: readonly string[]): boolean => columns.filter(id => usual.has(id)).length >= usual.size - maxReplaced;

/** Ids of the fields in the query, from left to right. */
export const askedColumns = ({columns, size}: Pick<State, 'columns' | 'size'>): readonly string[] =>
	size.columns >= wideTerminal && hasUsualColumns(columns) ? [...columns, ...wideColumns.filter(id => !columns.includes(id))] : columns;
