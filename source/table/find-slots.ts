import type {SocketTable} from './socket-table.js';

/** The slots of the living sockets among those with these ids. */
export const findSlots = (table: SocketTable, ids: readonly number[]): readonly number[] => {
	const wanted = new Set(ids);
	const {core: {id}, used} = table;
	const slots: number[] = [];
	for (let slot = 0; wanted.size > 0 && slot < used; slot++) {
		if (wanted.has(id[slot]) && table.isUsed(slot) && !table.isClosed(slot)) {
			slots.push(slot);
			wanted.delete(id[slot]);
		}
	}

	return slots;
};
