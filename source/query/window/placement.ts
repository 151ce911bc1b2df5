import type {CursorRequest, Query} from '../query.js';
import {placeCursor, placeWindow, type CursorList} from './cursor.js';

/** Places count from 0. */
export type Place = {
	/** Of the first line of the window. */
	readonly offset: number;
	readonly height: number;
	/** Of the cursor; absent when nothing is selected. */
	readonly cursor?: number;
};

/** Places window and cursor of one screen, from where they were before. */
export type Placement = {
	/** The socket or group under the cursor, as it was noted. */
	readonly id: () => number | undefined;
	/** Whether this very query was the last one: a new look at the table, with a cursor that has moved already. */
	readonly isAgain: (query: Query) => boolean;
	readonly place: (query: Query, list: CursorList) => Place;
	/** Notes what is under the cursor now. */
	readonly note: (query: Query, id: number | undefined) => void;
};

export const createPlacement = (): Placement => {
	let offset = 0;
	let cursor = 0;
	let last: {readonly query: Query; readonly id: number | undefined} | undefined;
	const isAgain = (query: Query): boolean => query === last?.query;

	return {
		id: () => last?.id,
		isAgain,
		place(query, list) {
			const request: CursorRequest = isAgain(query) && last?.id !== undefined ? {kind: 'row', id: last.id, by: 0} : query.window.cursor;
			// Entries of the journal come above those that a person reads: these stay where they are on the screen.
			const anchor = query.journal === undefined || last?.id === undefined ? -1 : list.placeOf(last.id);
			offset += anchor === -1 ? 0 : anchor - cursor;
			const place = placeCursor(request, list, cursor);
			const height = heightOf(query);
			offset = placeWindow(topOf(request, last?.query.window.cursor) ?? offset, height, list.length, place);
			cursor = place ?? cursor;
			return {offset, height, ...(place !== undefined && {cursor: place})};
		},
		note(query, id) {
			last = {query, id};
		},
	};
};

/** Rows of the window; none for what is no number. */
const heightOf = ({window: {height}}: Query): number => height >= 1 ? Math.floor(height) : 0;

/** The line that a request wants the window to begin with. One that comes again, with another query, has been heard: lines may have come above since. */
const topOf = (request: CursorRequest, before: CursorRequest | undefined): number | undefined => {
	if (request.kind !== 'row') {
		return undefined;
	}

	const isHeard = before?.kind === 'row' && before.id === request.id && before.by === request.by && before.top === request.top;
	return isHeard ? undefined : request.top;
};
