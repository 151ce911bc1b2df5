import type {CursorRequest, Query} from '../query.js';
import {placeCursor, placeWindow, type CursorList} from './cursor.js';

/** Indexes of lines, from 0. */
export type Position = {
	/** The first line of the window. */
	readonly offset: number;
	readonly height: number;
	/** The line of the cursor; absent without a selection. */
	readonly cursor?: number;
};

/** Positions the window and the cursor of one screen, starting from where they were. */
export type Placement = {
	/** The socket or group under the cursor, as last recorded. */
	readonly id: () => number | undefined;
	/** Whether this is the last query again: the table may have changed, and the cursor has already moved. */
	readonly isAgain: (query: Query) => boolean;
	readonly place: (query: Query, list: CursorList) => Position;
	/** Records what is under the cursor now. */
	readonly record: (query: Query, id: number | undefined) => void;
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
			// New journal entries come in above the entry that the user reads; that entry stays where it is on the screen.
			const anchor = query.journal === undefined || last?.id === undefined ? -1 : list.indexOf(last.id);
			offset += anchor === -1 ? 0 : anchor - cursor;
			const index = placeCursor(request, list, cursor);
			const height = heightOf(query);
			offset = placeWindow(topOf(request, last?.query.window.cursor) ?? offset, height, list.length, index);
			cursor = index ?? cursor;
			return {offset, height, ...(index !== undefined && {cursor: index})};
		},
		record(query, id) {
			last = {query, id};
		},
	};
};

/** Returns the number of rows of the window; 0 if the height is not a number. */
const heightOf = ({window: {height}}: Query): number => height >= 1 ? Math.floor(height) : 0;

/**
Returns the line that a request asks the window to start with. If the same request comes again with another query, it has already been applied, and lines may
have been added above since.
*/
const topOf = (request: CursorRequest, before: CursorRequest | undefined): number | undefined => {
	if (request.kind !== 'row') {
		return undefined;
	}

	const wasApplied = before?.kind === 'row' && before.id === request.id && before.by === request.by && before.top === request.top;
	return wasApplied ? undefined : request.top;
};
