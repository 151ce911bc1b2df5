/** Which columns the table has room for in principle: those that were chosen, and more where the terminal is wide. */
import {defaultColumns} from '../../fields/registry.js';
import type {State} from './state.js';

/** From so many columns of the terminal on, the command line follows. */
export const wideTerminal = 180;

/** What follows on a wide terminal. */
export const wideColumns: readonly string[] = ['command'];

const usual = new Set(defaultColumns);

/** The difference has other columns in place of so many. */
const mostReplaced = 2;

/** Whether a list has the usual columns, which nobody has chosen: those of them that have nothing to say are not shown, and more follow on a wide terminal. */
export const hasUsualColumns = (columns: readonly string[]): boolean => columns.filter(id => usual.has(id)).length >= usual.size - mostReplaced;

/** Ids of the fields that the engine is asked for, from left to right. */
export const askedColumns = ({columns, size}: Pick<State, 'columns' | 'size'>): readonly string[] =>
	size.columns >= wideTerminal && hasUsualColumns(columns) ? [...columns, ...wideColumns.filter(id => !columns.includes(id))] : columns;
