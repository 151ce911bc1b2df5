import type {View} from '../engine/messages.js';
import {findField} from '../fields/registry.js';
import {textWidth} from '../text/width.js';
import {cellText} from './cell-text.js';
import {neededFor, updateWidths} from './content-widths.js';
import {continueCursor, countSample} from './cursor.js';
import {whyNoFarEnd} from './far-end.js';
import {scrollHelp} from './help.js';
import type {InputEvent} from './input.js';
import {insertText} from './line.js';
import {markNotice} from './marking.js';
import {takeMouse} from './mouse.js';
import {changeLine} from './narrowing.js';
import {runBinding} from './run-binding.js';
import {jumpInMenu} from './sorting.js';
import {
	answerOf,
	isSameQuery,
	type Outcome,
	type Size,
	type State,
} from './state.js';

export type Action =
	| {readonly type: 'input'; readonly event: InputEvent}
	| {readonly type: 'resize'; readonly size: Size}
	| {readonly type: 'view'; readonly view: View}
	/** The screen is to end. The first reason stays. */
	| {readonly type: 'end'; readonly outcome: Outcome};

/** The next state. Whatever asks the engine for something else raises the sequence number. */
export const reduce = (state: State, action: Action): State => {
	const next = step(state, action);
	return isSameQuery(state, next) ? next : {...next, sequence: state.sequence + 1};
};

const step = (state: State, action: Action): State => {
	switch (action.type) {
		case 'input': {
			return takeInput(state.notice === undefined ? state : {...state, notice: undefined}, action.event);
		}

		case 'resize': {
			// The height of the help depends on its width.
			return scrollHelp({...state, size: action.size, widths: new Map()}, 0);
		}

		case 'view': {
			return takeView(state, action.view);
		}

		case 'end': {
			return {...state, outcome: state.outcome ?? action.outcome};
		}
	}
};

const isEditing = ({mode}: State): boolean => mode === 'filter' || mode === 'search';

const takeInput = (state: State, event: InputEvent): State => {
	if (event.type === 'paste') {
		return isEditing(state) ? changeLine(state, insertText(state.line, event.text)) : state;
	}

	if (event.type === 'mouse') {
		return takeMouse(state, event);
	}

	const binding = state.keyTable.find(state.mode, event.name);
	if (binding === undefined) {
		return event.text === undefined ? state : takeCharacter(state, event.text);
	}

	return runBinding(state, binding, event.name);
};

/** A character that no binding takes. */
const takeCharacter = (state: State, text: string): State => {
	if (isEditing(state)) {
		return changeLine(state, insertText(state.line, text));
	}

	return state.mode === 'sort' ? jumpInMenu(state, text) : state;
};

const takeView = (state: State, view: View): State => {
	const isSample = view.status.samples !== state.view?.status.samples;
	const fields = state.columns.map(id => findField(id));
	const cells = view.rows.map(({values}) => fields.map((field, index) => field === undefined ? '' : cellText(field, values[index])));
	const needed = new Map(state.columns.map((id, index) => [id, neededFor(cells.map(row => textWidth(row[index])))]));
	const seen: State = {
		...state, view, cells, widths: updateWidths(state.widths, needed, isSample),
	};
	const answer = answerOf(seen);
	const counted = isSample ? countSample(seen.cursor, answer) : seen.cursor;
	if (!answer.isCurrent) {
		return {...seen, cursor: counted};
	}

	// A key that had to wait for this answer gets its own answer now.
	const notice = counted.waiting.at(0)?.kind === 'farEnd' ? whyNoFarEnd(seen) : markNotice(state.view?.markedAt, view.markedAt);
	return {...seen, cursor: continueCursor(counted, view), notice: notice ?? seen.notice};
};
