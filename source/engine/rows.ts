import {readCell, readTone} from '../fields/cell.js';
import type {Field, World} from '../fields/field.js';
import {Life} from '../table/columns.js';
import {State} from '../table/states.js';
import type {Row} from './messages.js';

/** How long a new socket, and a new ESTABLISHED session, stand out. */
const freshMilliseconds = 5000;

/** Makes the rows of a window: the only place where sockets become objects. */
export const readRow = (fields: readonly Field[], world: World, slot: number, isFound: boolean): Row => {
	const {core, now} = world.table;
	const life = core.life[slot];
	const isWatched = (life & Life.initial) === 0;
	return {
		id: core.id[slot],
		values: fields.map(field => readCell(field, world, slot)),
		tones: fields.map(field => readTone(field, world, slot)),
		marks: {
			fresh: isWatched && now - core.openedAt[slot] < freshMilliseconds,
			established: (life & Life.established) !== 0 && core.state[slot] === State.established
				&& now - core.stateSince[slot] < freshMilliseconds,
			closed: (life & Life.closed) !== 0,
			found: isFound,
		},
	};
};
