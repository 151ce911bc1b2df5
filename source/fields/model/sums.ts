import {Event} from '../../table/journal-table.js';
import type {Field, World} from './field.js';

/**
What rows add to the sums of their group, by a field; undefined for a field that does not add up.

Of the entries of the journal only those of closed sockets add something: so a connection counts once, with its last counters, however many entries it has.
Rates of different moments add up to nothing.
*/
export const addendOf = (field: Field | undefined): ((world: World, slot: number) => number | undefined) | undefined => {
	if (field?.kind !== 'number' || field.sum === undefined) {
		return undefined;
	}

	const {sum, unit} = field;
	return (world, slot) => world.entries === undefined || (world.entries.event[slot] === Event.closed && unit !== 'bytesPerSecond')
		? sum(world, slot)
		: undefined;
};
