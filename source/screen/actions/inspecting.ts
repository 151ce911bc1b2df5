/** Opening and closing the inspector, and choosing its socket. Moving within its page is in `moving-inspector.ts`. */
import type {View} from '../../contract/messages.js';
import {moveCursor} from '../state/cursor.js';
import type {State} from '../state/state.js';
import {inspectedIn, pageOf, selectedIndexOf} from '../inspector/page.js';
import {openedInspector} from '../state/inspector-slice.js';
import {answerOf} from '../state/answer-slice.js';
import {aboutMany} from './journaling.js';

/** Why there is nothing to inspect, according to the last answer; undefined if there is. */
export const whyNothingToInspect = (state: State): string | undefined => {
	const {view, isCurrent} = answerOf(state);
	if (!isCurrent) {
		return undefined;
	}

	return view?.selected === undefined ? 'No row is selected: arrow keys select one' : undefined;
};

/**
Opens the inspector.

@param id Id of the socket, which may have closed. Default: the one under the cursor.
*/
export const openInspector = (state: State, id?: number): State => {
	const {view, isCurrent} = answerOf(state);
	return {...state, mode: 'inspector', inspector: openedInspector(id ?? (isCurrent ? view?.selected?.id : undefined))};
};

/** Id of the socket under the cursor, or of the socket of the journal entry under the cursor; undefined for a group heading. */
const underCursor = ({selected, journal, about}: View): number | undefined => {
	if (journal === true) {
		return about;
	}

	return selected !== undefined && selected.id > 0 ? selected.id : undefined;
};

/** Why there is no journal entry whose socket can be inspected. */
export const whyNoEntry = (state: State): string | undefined => {
	const {view, isCurrent} = answerOf(state);
	if (!isCurrent || view?.about !== undefined) {
		return undefined;
	}

	return view?.selected === undefined ? 'No entry is selected: arrow keys select one' : aboutMany;
};

/** Inspects the socket of the journal entry under the cursor, which may have closed. */
export const inspectEntry = (state: State): State => openInspector(state, state.view?.about);

/** Moves the cursor of the list to a socket, except in the journal, whose entries are not sockets. */
const cursorOn = ({journal, cursor}: State, id: number): Pick<State, 'cursor'> => ({
	cursor: journal === undefined ? {...cursor, request: {kind: 'row', id, by: 0}, waiting: []} : cursor,
});

/** Returns to the list, with the cursor on the inspected socket if the list contains it. */
export const closeInspector = (state: State): State => {
	const id = state.inspector?.id;
	return {
		...state,
		mode: 'table',
		inspector: undefined,
		...(id !== undefined && cursorOn(state, id)),
	};
};

/** Inspects the next (1) or the previous (-1) socket of the list. */
export const inspectNeighbour = (state: State, direction: -1 | 1): State => state.inspector === undefined
	? state
	: {
		...state,
		inspector: {...state.inspector, awaits: direction},
		cursor: moveCursor(state.cursor, {kind: 'by', rows: direction}, answerOf(state)),
	};

/** Why there is no other end to inspect. */
export const whyNoFarInspection = (state: State): string | undefined => {
	const otherEnd = inspectedIn(state)?.otherEnd;
	if (otherEnd === undefined) {
		return 'There is no socket at the other end on this machine';
	}

	if (otherEnd.isItself) {
		return 'This socket is connected to itself';
	}

	return otherEnd.id === undefined ? 'The socket at the other end was on this machine and has closed' : undefined;
};

/** Inspects the socket at the other end; the cursor of the list moves to it if the list contains it. */
export const inspectFarEnd = (state: State): State => {
	const id = inspectedIn(state)?.otherEnd?.id;
	return state.inspector === undefined || id === undefined
		? state
		: {
			...state,
			inspector: {...state.inspector, id, awaits: undefined},
			...cursorOn(state, id),
		};
};

/** If the inspector waits for the cursor of the list, inspects the socket that the cursor has reached. */
export const followCursor = (state: State, view: View): State => {
	const {inspector, cursor} = state;
	if (inspector?.awaits === undefined || cursor.waiting.length > 0) {
		return state;
	}

	const {selected} = view;
	const id = underCursor(view);
	if (id !== undefined) {
		return {...state, inspector: {...inspector, id, awaits: undefined}};
	}

	// A group heading: move on, unless the list ends here.
	const next = (selected?.index ?? -1) + inspector.awaits;
	if (selected !== undefined && inspector.awaits !== 0 && next >= 0 && next < view.length) {
		return {...state, cursor: moveCursor(cursor, {kind: 'by', rows: inspector.awaits}, answerOf(state))};
	}

	return inspector.id === undefined ? {...closeInspector(state), notice: whyNothingToInspect(state)} : {...state, inspector: {...inspector, awaits: undefined}};
};

/** Copies the value under the cursor. */
export const copyValue = (state: State): State => {
	const page = pageOf(state);
	const item = page?.items.at(selectedIndexOf(page, state))?.item;
	if (item === undefined) {
		return state;
	}

	return item.copy === ''
		? {...state, notice: 'Nothing to copy here'}
		: {...state, copied: {text: item.copy}, notice: `Copied ${item.label.trim()}: ${item.copy}`};
};
