import {absentIn, type OptionalColumn} from '../../table/columns/columns.js';
import {State} from '../../table/columns/states.js';
import type {FieldContext} from './field.js';

/** Reads an optional column; undefined if the column is not filled or the kernel did not report the value. */
export const readOptional = (context: FieldContext, slot: number, column: OptionalColumn): number | undefined => {
	const value = context.table.optional(column)?.[slot];
	return value === undefined || value === absentIn(column) || Number.isNaN(value) ? undefined : value;
};

/** Whether a socket listens. The kernel fills most of a listener's `tcp_info` with meaningless numbers. */
export const isListening = (context: FieldContext, slot: number): boolean => context.table.core.state[slot] === State.listen;
