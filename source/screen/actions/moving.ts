/** Moving up and down: the cursor of the list, or what the mode scrolls. Each function takes the state and returns the next one. */
import {answerOf} from '../state/answer-slice.js';
import {moveCursor, type Move} from '../state/cursor.js';
import {layoutOf} from '../state/layout.js';
import {modeOf, type State} from '../state/state.js';

/** More rows than any list has. */
const far = 1_000_000;

/** Moves the cursor of the list. */
export const moveCursorOf = (state: State, move: Move): State => ({...state, cursor: moveCursor(state.cursor, move, answerOf(state))});

const moveBy = (state: State, rows: number): State => modeOf(state).scroll?.(state, rows) ?? moveCursorOf(state, {kind: 'by', rows});

export const moveUp = (state: State): State => moveBy(state, -1);
export const moveDown = (state: State): State => moveBy(state, 1);

/** Moves a page up (-1) or down (1). */
export const movePage = (state: State, direction: -1 | 1): State =>
	modeOf(state).scrollPage?.(state, direction) ?? moveBy(state, direction * Math.max(1, layoutOf(state).table));

/** Moves to the first or the last row, entry or line. */
export const moveToEnd = (state: State, end: 'first' | 'last'): State =>
	modeOf(state).scroll?.(state, end === 'first' ? -far : far) ?? moveCursorOf(state, {kind: end});
