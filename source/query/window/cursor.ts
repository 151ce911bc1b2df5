import type {CursorRequest} from '../query.js';

/** What the cursor needs to know of the list. Indexes start at 0. */
export type CursorList = {
	readonly length: number;
	/** The index of the socket or group with an id, or -1. */
	readonly indexOf: (id: number) => number;
	/** Whether the search finds the row at an index. */
	readonly isFoundAt: (index: number) => boolean;
	/**
	The index of the nearest row that the search finds after (1) or before (-1) an index, wrapping around at the end of the list; -1 if it finds nothing. The
	index may be one outside the list.
	*/
	readonly nextFound: (index: number, direction: 1 | -1) => number;
};

/**
Returns the new index of the cursor; undefined for none.

@param lastIndex Its last index; it stays there if its socket is gone.
*/
export const placeCursor = (request: CursorRequest, list: CursorList, lastIndex: number): number | undefined => {
	if (list.length === 0) {
		return undefined;
	}

	const within = (index: number): number => Math.max(0, Math.min(list.length - 1, index));
	const indexOf = (id: number): number => {
		const index = list.indexOf(id);
		return within(index === -1 ? lastIndex : index);
	};

	switch (request.kind) {
		case 'none': {
			return undefined;
		}

		case 'first': {
			return 0;
		}

		case 'last': {
			return list.length - 1;
		}

		case 'row': {
			return within(indexOf(request.id) + request.by);
		}

		case 'match': {
			const {id, direction} = request;
			const from = id === undefined ? (direction === -1 ? list.length : -1) : indexOf(id);
			const found = direction === 0 && id !== undefined && list.isFoundAt(from) ? from : list.nextFound(from, direction === -1 ? -1 : 1);
			return found === -1 ? (id === undefined ? undefined : from) : found;
		}
	}
};

/**
Returns the first line of the window: the same as before, moved only as far as needed to show the cursor, and never beyond the end of the list. Without a
cursor, the window starts at the top.
*/
export const placeWindow = (offset: number, height: number, length: number, cursor: number | undefined): number => {
	if (cursor === undefined) {
		return 0;
	}

	const shown = Math.max(1, height);
	const moved = Math.min(cursor, Math.max(offset, cursor - shown + 1));
	return Math.max(0, Math.min(moved, length - shown));
};
