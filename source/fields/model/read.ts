import {absentIn, type OptionalColumn} from '../../table/columns/columns.js';
import {State} from '../../table/columns/states.js';
import type {World} from './field.js';

/** What an optional column holds for a socket; undefined where the column is not wanted or the kernel told nothing. */
export const readOptional = (world: World, slot: number, column: OptionalColumn): number | undefined => {
	const value = world.table.optional(column)?.[slot];
	return value === undefined || value === absentIn(column) || Number.isNaN(value) ? undefined : value;
};

/** Whether a socket listens: the kernel fills most of a listener's `tcp_info` with numbers that mean nothing. */
export const isListening = (world: World, slot: number): boolean => world.table.core.state[slot] === State.listen;
