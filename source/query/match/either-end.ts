import type {ConnectionColumns} from '../../table/connections.js';
import {keepAll, type SelectionFilter} from './selection-filter.js';

/**
Makes a selection filter for one row per connection: drops the sockets whose row is that of the other end, and keeps the others where a filter keeps them or their
other ends.

@param columns Which sockets are ends of one connection; valid until the table changes.
*/
export const filterConnections = ({otherEnds, hidden}: ConnectionColumns, filter: SelectionFilter): SelectionFilter => {
	const dropHidden: SelectionFilter = (slots, count) => {
		let rows = 0;
		for (let index = 0; index < count; index++) {
			const slot = slots[index];
			slots[rows] = slot;
			rows += 1 - hidden[slot];
		}

		return rows;
	};

	if (filter === keepAll) {
		return dropHidden;
	}

	/** 1 for the slots of rows that are kept, while a block is filtered. */
	const kept = new Uint8Array(hidden.length);
	let buffer = new Uint32Array(0);
	return (slots, count) => {
		const rows = dropHidden(slots, count);
		if (buffer.length < rows) {
			buffer = new Uint32Array(Math.max(rows, count));
		}

		buffer.set(slots.subarray(0, rows));
		const own = filter(buffer, rows);
		if (own === rows) {
			return rows;
		}

		for (let index = 0; index < own; index++) {
			kept[buffer[index]] = 1;
		}

		let others = 0;
		for (let index = 0; index < rows; index++) {
			const other = kept[slots[index]] === 1 ? -1 : otherEnds[slots[index]];
			if (other !== -1) {
				buffer[others++] = other;
			}
		}

		// Filters take slots in ascending order.
		const sorted = buffer.subarray(0, others).toSorted();
		const keptOthers = filter(sorted, others);
		for (let index = 0; index < keptOthers; index++) {
			kept[otherEnds[sorted[index]]] = 1;
		}

		let all = 0;
		for (let index = 0; index < rows; index++) {
			const slot = slots[index];
			slots[all] = slot;
			all += kept[slot];
			kept[slot] = 0;
		}

		return all;
	};
};
