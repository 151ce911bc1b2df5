/**
The cursor follows a socket, and the engine knows where each socket stands; the screen knows only the rows that it was sent. So the screen asks for
moves relative to the last socket that the engine confirmed, and counts further moves on top until the answer arrives.
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
	/** The list itself, with the cursor on it. */
	| {readonly kind: 'scroll'; readonly rows: number}
	/** To a row that the search finds: the next, the one before, or, with 0, the row itself if it is one. */
	| {readonly kind: 'match'; readonly direction: -1 | 0 | 1}
	/** To the other end of the connection, if that is in the list. */
	| {readonly kind: 'farEnd'};

export type Cursor = {
	/** What the engine is asked for. */
	readonly request: CursorRequest;
	/** Moves that cannot be told until the answer to the request is there. */
	readonly waiting: readonly Move[];
	/** Samples for which the order stays as it is. */
	readonly frozen: number;
};

/** Samples without change of order after a move, so that no row jumps away from under the cursor. */
export const frozenSamples = 3;

/** Keys beyond these wait for nothing: someone leans on the keyboard. */
const longestWaiting = 100;

/** Nothing is selected; the list shows its top. */
export const noCursor: Cursor = {request: {kind: 'none'}, waiting: [], frozen: 0};

/** The last answer, and whether it is the one to the last query. */
export type Answer = {readonly view: View | undefined; readonly isCurrent: boolean};

/** Moves the cursor. */
export const moveCursor = (cursor: Cursor, move: Move, answer: Answer): Cursor => {
	const {request, waiting} = cursor;
	if (answer.isCurrent) {
		return {request: requestOf(request, move, answer.view), waiting: [], frozen: frozenSamples};
	}

	// The engine has not moved yet: rows add up, the rest must wait.
	if (waiting.length === 0 && request.kind === 'row' && (move.kind === 'by' || move.kind === 'scroll')) {
		const moved = byRows(request.id, request.by + move.rows, answer.view);
		return {request: move.kind === 'by' ? moved : scrolled(moved, move.rows, request.top, answer.view), waiting, frozen: frozenSamples};
	}

	// The same place wherever the cursor is.
	const isPlace = ['first', 'last', 'to'].includes(move.kind);
	const queued = isPlace ? [] : joined(waiting, move).slice(0, longestWaiting);
	return {request: isPlace ? requestOf(request, move, answer.view) : request, waiting: queued, frozen: frozenSamples};
};

/** Adds a move to those that wait; rows add up. */
const joined = (waiting: readonly Move[], move: Move): readonly Move[] => {
	const last = waiting.at(-1);
	return (last?.kind === 'by' || last?.kind === 'scroll') && last.kind === move.kind
		? [...waiting.slice(0, -1), {kind: last.kind, rows: last.rows + move.rows}]
		: [...waiting, move];
};

/** What to ask for, from where the cursor is now. */
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

		case 'farEnd': {
			const otherEnd = view?.selected?.otherEnd;
			return otherEnd?.place === 'shown' ? {kind: 'row', id: otherEnd.id, by: 0} : request;
		}

		case 'by': {
			return selected === undefined ? fromTop(request, move.rows, view) : byRows(selected, move.rows, view);
		}
	}
};

/** The first move selects what is in sight, as if it came from above the first row. */
const fromTop = (request: CursorRequest, rows: number, view: View | undefined): CursorRequest => {
	const top = view?.rows.at(0);
	return top === undefined ? request : {kind: 'row', id: top.id, by: Math.max(0, rows - 1)};
};

/** Rows away from a socket, no further than the ends of the list as it was. */
const byRows = (id: number, by: number, view: View | undefined): CursorRequest => {
	const selected = view?.selected;
	const isPlaceKnown = view !== undefined && selected?.id === id;
	return {kind: 'row', id, by: isPlaceKnown ? Math.max(-selected.index, Math.min(by, view.length - 1 - selected.index)) : by};
};

/** The same with the list moved by rows from where it was; the engine holds it within its ends. */
const scrolled = (request: CursorRequest, rows: number, top: number | undefined, view: View | undefined): CursorRequest =>
	request.kind === 'row' ? {...request, top: Math.max(0, (top ?? view?.offset ?? 0) + rows)} : request;

/** The socket that a request starts from. */
const idOf = (request: CursorRequest): number | undefined => request.kind === 'row' || request.kind === 'match' ? request.id : undefined;

/** Takes the next waiting move when the answer to the request is there. */
export const continueCursor = (cursor: Cursor, view: View): Cursor => {
	const [move, ...waiting] = cursor.waiting;
	return move === undefined ? cursor : {...cursor, request: requestOf(cursor.request, move, view), waiting};
};

/** Counts a sample: when the order has been kept long enough, the cursor just follows its socket. */
export const countSample = (cursor: Cursor, answer: Answer): Cursor => {
	const frozen = Math.max(0, cursor.frozen - 1);
	return frozen === 0 && cursor.frozen > 0 ? settleCursor({...cursor, frozen}, answer) : {...cursor, frozen};
};

/** Lets the order change, since something else than the cursor's place is asked for now. */
export const settleCursor = (cursor: Cursor, {view, isCurrent}: Answer): Cursor => {
	const selected = view?.selected?.id;
	return !isCurrent || cursor.waiting.length > 0 || selected === undefined ? {...cursor, frozen: 0} : {...cursor, request: {kind: 'row', id: selected, by: 0}, frozen: 0};
};
