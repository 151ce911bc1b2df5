/** Which socket the inspector is about: what its keys do, but for those that move within the page. */
import type {View} from '../../contract/messages.js';
import {moveCursor} from '../state/cursor.js';
import type {State} from '../state/state.js';
import {inspectedIn, pageOf, placeOf} from '../inspector/page.js';
import {openedInspector} from '../state/inspector-slice.js';
import {answerOf} from '../state/answer-slice.js';
import {aboutMany} from './journaling.js';

/** Why there is nothing to inspect, as far as the last answer knows; undefined when there is something. */
export const whyNothingToInspect = (state: State): string | undefined => {
	const {view, isCurrent} = answerOf(state);
	if (!isCurrent) {
		return undefined;
	}

	return view?.selected === undefined ? 'No row is selected: arrow keys select one' : undefined;
};

/**
Opens the inspector.

@param id Number of the socket's row, which may be gone; default: the one under the cursor.
*/
export const openInspector = (state: State, id?: number): State => {
	const {view, isCurrent} = answerOf(state);
	return {...state, mode: 'inspector', inspector: openedInspector(id ?? (isCurrent ? view?.selected?.id : undefined))};
};

/** The socket that the cursor of the list is on, or that the entry of the journal under it is about; undefined for the head of a group. */
const underCursor = ({selected, journal, about}: View): number | undefined => {
	if (journal === true) {
		return about;
	}

	return selected !== undefined && selected.id > 0 ? selected.id : undefined;
};

/** Why there is no entry of the journal whose socket could be inspected. */
export const whyNoEntry = (state: State): string | undefined => {
	const {view, isCurrent} = answerOf(state);
	if (!isCurrent || view?.about !== undefined) {
		return undefined;
	}

	return view?.selected === undefined ? 'No entry is selected: arrow keys select one' : aboutMany;
};

/** Opens the inspector of the socket that the entry of the journal under the cursor is about, which may be gone. */
export const inspectEntry = (state: State): State => openInspector(state, state.view?.about);

/** Puts the cursor of the list on a socket, if it is there. Entries of the journal are not sockets. */
const cursorOn = ({journal, cursor}: State, id: number): Pick<State, 'cursor'> => ({
	cursor: journal === undefined ? {...cursor, request: {kind: 'row', id, by: 0}, waiting: []} : cursor,
});

/** Back to the list, with the cursor on the socket that was inspected, if it is in the list. */
export const closeInspector = (state: State): State => {
	const id = state.inspector?.id;
	return {
		...state,
		mode: 'table',
		inspector: undefined,
		...(id !== undefined && cursorOn(state, id)),
	};
};

/** Goes on with the inspected socket's neighbour in the list. */
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

/** Goes on with the other end of the connection; the cursor of the list goes along if it is in the list. */
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

/** Takes in where the cursor of the list has come to, when the inspector waits for that. */
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

	// The head of a group, which has no neighbour beyond the ends of the list.
	const next = (selected?.index ?? -1) + inspector.awaits;
	if (selected !== undefined && inspector.awaits !== 0 && next >= 0 && next < view.length) {
		return {...state, cursor: moveCursor(cursor, {kind: 'by', rows: inspector.awaits}, answerOf(state))};
	}

	return inspector.id === undefined ? {...closeInspector(state), notice: whyNothingToInspect(state)} : {...state, inspector: {...inspector, awaits: undefined}};
};

/** Copies the value under the cursor. */
export const copyValue = (state: State): State => {
	const page = pageOf(state);
	const item = page?.items.at(placeOf(page, state))?.item;
	if (item === undefined) {
		return state;
	}

	return item.copy === ''
		? {...state, notice: 'Nothing to copy here'}
		: {...state, copied: {text: item.copy}, notice: `Copied ${item.label.trim()}: ${item.copy}`};
};
