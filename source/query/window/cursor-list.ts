import type {World} from '../../fields/model/field.js';
import type {Grouped} from '../groups/grouper.js';
import {groupWithId} from '../groups/outline.js';
import type {Selection} from '../order/selection.js';
import type {Found} from './found.js';
import type {CursorList} from './cursor.js';

/** What the search finds, and the slot that the cursor's socket is most likely in. */
type Hints = {readonly rows: Found | undefined; readonly likely: number | undefined};

/** The list as the cursor sees it. A socket is looked for in the slot `likely` first. */
export const createCursorList = ({table: {core}}: World, {slots}: Selection, {outline, tree}: Grouped, {rows, likely}: Hints): CursorList => ({
	length: outline.length,
	placeOf(id) {
		if (id < 0) {
			const group = tree === undefined ? -1 : groupWithId(tree, id);
			return group === -1 ? -1 : outline.placeOfGroup(group);
		}

		if (likely !== undefined && core.id[likely] === id) {
			return outline.placeOfSocket(likely);
		}

		for (const slot of slots) {
			if (core.id[slot] === id) {
				return outline.placeOfSocket(slot);
			}
		}

		return -1;
	},
	isFoundAt(place) {
		const line = outline.range(place, place + 1).at(0);
		return line?.kind === 'socket' && (rows?.has(line.slot) ?? false);
	},
	nextFound: (place, direction) => rows?.next(place, direction) ?? -1,
});
