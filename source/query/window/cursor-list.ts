import type {FieldContext} from '../../fields/model/field.js';
import type {Grouped} from '../groups/grouper.js';
import {groupWithId} from '../groups/outline.js';
import type {Selection} from '../order/selection.js';
import type {Found} from './found.js';
import type {CursorList} from './cursor.js';

/** The rows that the search finds, and the slot that the cursor's socket is most likely in. */
type Hints = {readonly rows: Found | undefined; readonly likely: number | undefined};

/** Makes the list that the cursor moves in. The slot `likely` is tested first when a socket is searched by id. */
export const createCursorList = ({table, isPerConnection}: FieldContext, {slots}: Selection, {outline, tree}: Grouped, {rows, likely}: Hints): CursorList => ({
	length: outline.length,
	indexOf(id) {
		if (id < 0) {
			const group = tree === undefined ? -1 : groupWithId(tree, id);
			return group === -1 ? -1 : outline.indexOfGroup(group);
		}

		const {core} = table;
		if (likely !== undefined && core.id[likely] === id) {
			return outline.indexOfSocket(likely);
		}

		for (const slot of slots) {
			if (core.id[slot] === id) {
				return outline.indexOfSocket(slot);
			}
		}

		// With one row per connection, the row of a socket may be that of the other end.
		const hidden = isPerConnection === true ? core.id.subarray(0, table.used).indexOf(id) : -1;
		const row = hidden === -1 || !table.connections.isHidden(hidden) ? -1 : table.connections.otherEnd(hidden);
		return row !== -1 && slots.includes(row) ? outline.indexOfSocket(row) : -1;
	},
	isFoundAt(index) {
		const line = outline.range(index, index + 1).at(0);
		return line?.kind === 'socket' && (rows?.has(line.slot) ?? false);
	},
	nextFound: (index, direction) => rows?.next(index, direction) ?? -1,
});
