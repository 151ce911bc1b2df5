import type {CursorRequest} from '../query.js';

/** What the cursor must know of the list. Places count from 0. */
export type CursorList = {
	readonly length: number;
	/** The place of the socket with an id, or -1. */
	readonly placeOf: (id: number) => number;
	/** Whether the search finds the row at a place. */
	readonly isFoundAt: (place: number) => boolean;
	/**
	The place of the nearest row that the search finds after (1) or before (-1) a place, going on from the other end; -1 when it finds nothing. Places
	may be one outside of the list.
	*/
	readonly nextFound: (place: number, direction: 1 | -1) => number;
};

/**
Where the cursor comes to be; undefined for nowhere.

@param request
@param list
@param lastPlace Where it was; it stays there when its socket is gone.
*/
export const placeCursor = (request: CursorRequest, list: CursorList, lastPlace: number): number | undefined => {
	if (list.length === 0) {
		return undefined;
	}

	const within = (place: number): number => Math.max(0, Math.min(list.length - 1, place));
	const placeOf = (id: number): number => {
		const place = list.placeOf(id);
		return within(place === -1 ? lastPlace : place);
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
			return within(placeOf(request.id) + request.by);
		}

		case 'match': {
			const {id, direction} = request;
			const from = id === undefined ? (direction === -1 ? list.length : -1) : placeOf(id);
			const found = direction === 0 && id !== undefined && list.isFoundAt(from) ? from : list.nextFound(from, direction === -1 ? -1 : 1);
			return found === -1 ? (id === undefined ? undefined : from) : found;
		}
	}
};

/**
The first place of the window: the same as before, moved no more than it takes to show the cursor, and never past the end. Without a cursor, the top.
*/
export const placeWindow = (offset: number, height: number, length: number, cursor: number | undefined): number => {
	if (cursor === undefined) {
		return 0;
	}

	const shown = Math.max(1, height);
	const moved = Math.min(cursor, Math.max(offset, cursor - shown + 1));
	return Math.max(0, Math.min(moved, length - shown));
};
