import {readCell, readTone} from '../fields/cell.js';
import type {Field, World} from '../fields/field.js';
import {Life} from '../table/columns.js';
import {freshMilliseconds, isFresh} from '../table/freshness.js';
import {State} from '../table/states.js';
import type {Row} from './messages.js';

/** Makes the rows of a window: the only place where sockets become objects. */
export const readRow = (fields: readonly Field[], world: World, slot: number, isFound: boolean): Row => {
	const {core, now} = world.table;
	const life = core.life[slot];
	return {
		id: core.id[slot],
		values: fields.map(field => readCell(field, world, slot)),
		tones: fields.map(field => readTone(field, world, slot)),
		marks: {
			fresh: isFresh(world.table, slot),
			established: (life & Life.established) !== 0 && core.state[slot] === State.established
				&& now - core.stateSince[slot] < freshMilliseconds,
			closed: (life & Life.closed) !== 0,
			found: isFound,
		},
	};
};
