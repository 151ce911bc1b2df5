/**
The cursor follows a socket. Only the engine knows the position of each socket; the screen knows only the rows that it received. So the screen requests
moves relative to the last socket that the engine confirmed, and adds further moves until the answer arrives.
*/
import type {View} from '../../contract/messages.js';
import type {CursorRequest} from '../../query/query.js';

/** One move of the cursor. */
export type Move =
	| {readonly kind: 'by'; readonly rows: number}
	| {readonly kind: 'first'}
	| {readonly kind: 'last'}
	/** To the socket or group with this id. */
	| {readonly kind: 'to'; readonly id: number}
	/** Scrolls the list, and the cursor with it. */
	| {readonly kind: 'scroll'; readonly rows: number}
	/** To a search match: the next (1), the previous (-1), or the current row if it matches (0). */
	| {readonly kind: 'match'; readonly direction: -1 | 0 | 1}
	/** To the socket at the other end, if it is in the list. */
	| {readonly kind: 'otherEnd'};

export type Cursor = {
	/** The move in the query. */
	readonly request: CursorRequest;
	/** Moves that cannot be requested before the engine answers. */
	readonly waiting: readonly Move[];
	/** Samples during which sorting stays paused. */
	readonly frozen: number;
};

/** Samples during which sorting is paused after a move, so that no row moves away from the cursor. */
export const frozenSamples = 3;

/** Moves beyond this number are dropped: a key is held down. */
const maxWaiting = 100;

/** Nothing is selected; the list shows its top. */
export const noCursor: Cursor = {request: {kind: 'none'}, waiting: [], frozen: 0};

/** The last answer, and whether it answers the last query. */
export type Answer = {readonly view: View | undefined; readonly isCurrent: boolean};

/** Moves the cursor. */
export const moveCursor = (cursor: Cursor, move: Move, answer: Answer): Cursor => {
	const {request, waiting} = cursor;
	if (answer.isCurrent) {
		return {request: requestOf(request, move, answer.view), waiting: [], frozen: frozenSamples};
	}

	// The last request is unanswered: moves by rows are added up, others are queued.
	if (waiting.length === 0 && request.kind === 'row' && (move.kind === 'by' || move.kind === 'scroll')) {
		const moved = byRows(request.id, request.by + move.rows, answer.view);
		return {request: move.kind === 'by' ? moved : scrolled(moved, move.rows, request.top, answer.view), waiting, frozen: frozenSamples};
	}

	// These do not depend on where the cursor is.
	const isAbsolute = ['first', 'last', 'to'].includes(move.kind);
	const queued = isAbsolute ? [] : enqueue(waiting, move).slice(0, maxWaiting);
	return {request: isAbsolute ? requestOf(request, move, answer.view) : request, waiting: queued, frozen: frozenSamples};
};

/** Appends a move to the queue; consecutive moves by rows are added up. */
const enqueue = (waiting: readonly Move[], move: Move): readonly Move[] => {
	const last = waiting.at(-1);
	return (last?.kind === 'by' || last?.kind === 'scroll') && last.kind === move.kind
		? [...waiting.slice(0, -1), {kind: last.kind, rows: last.rows + move.rows}]
		: [...waiting, move];
};

/** The request for a move from the current cursor. */
const requestOf = (request: CursorRequest, move: Move, view: View | undefined): CursorRequest => {
	const selected = view?.selected?.id;
	switch (move.kind) {
		case 'first':
		case 'last': {
			return {kind: move.kind};
		}

		case 'to': {
			return {kind: 'row', id: move.id, by: 0};
		}

		case 'scroll': {
			const moved = selected === undefined ? fromTop(request, move.rows + 1, view) : byRows(selected, move.rows, view);
			return scrolled(moved, move.rows, undefined, view);
		}

		case 'match': {
			return {kind: 'match', id: selected ?? idOf(request), direction: move.direction};
		}

		case 'otherEnd': {
			const otherEnd = view?.selected?.otherEnd;
			return otherEnd?.place === 'shown' ? {kind: 'row', id: otherEnd.id, by: 0} : request;
		}

		case 'by': {
			return selected === undefined ? fromTop(request, move.rows, view) : byRows(selected, move.rows, view);
		}
	}
};

/** The first move selects a visible row, as if it started above the first row. */
const fromTop = (request: CursorRequest, rows: number, view: View | undefined): CursorRequest => {
	const top = view?.rows.at(0);
	return top === undefined ? request : {kind: 'row', id: top.id, by: Math.max(0, rows - 1)};
};

/** A move by rows from a socket, limited to the last known bounds of the list. */
const byRows = (id: number, by: number, view: View | undefined): CursorRequest => {
	const selected = view?.selected;
	const isIndexKnown = view !== undefined && selected?.id === id;
	return {kind: 'row', id, by: isIndexKnown ? Math.max(-selected.index, Math.min(by, view.length - 1 - selected.index)) : by};
};

/** The request with the list scrolled by rows; the engine limits it to the bounds of the list. */
const scrolled = (request: CursorRequest, rows: number, top: number | undefined, view: View | undefined): CursorRequest =>
	request.kind === 'row' ? {...request, top: Math.max(0, (top ?? view?.offset ?? 0) + rows)} : request;

/** The socket that a request starts from. */
const idOf = (request: CursorRequest): number | undefined => request.kind === 'row' || request.kind === 'match' ? request.id : undefined;

/** Requests the next queued move once the last request is answered. */
export const continueCursor = (cursor: Cursor, view: View): Cursor => {
	const [move, ...waiting] = cursor.waiting;
	return move === undefined ? cursor : {...cursor, request: requestOf(cursor.request, move, view), waiting};
};

/** Counts a sample: once enough have passed, sorting resumes and the cursor follows its socket. */
export const countSample = (cursor: Cursor, answer: Answer): Cursor => {
	const frozen = Math.max(0, cursor.frozen - 1);
	return frozen === 0 && cursor.frozen > 0 ? unfreezeCursor({...cursor, frozen}, answer) : {...cursor, frozen};
};

/** Resumes sorting, because the query asks for more than a cursor move. */
export const unfreezeCursor = (cursor: Cursor, {view, isCurrent}: Answer): Cursor => {
	const selected = view?.selected?.id;
	return !isCurrent || cursor.waiting.length > 0 || selected === undefined ? {...cursor, frozen: 0} : {...cursor, request: {kind: 'row', id: selected, by: 0}, frozen: 0};
};
