/** The explanation of a column, and of the state of the row under the cursor. Each function takes the state and returns the next one. */
import {moveCursor} from '../state/cursor.js';
import type {State} from '../state/state.js';
import {tableFit, type TableColumn} from '../state/table-fit.js';
import {answerOf} from '../state/answer-slice.js';

/** The explained column: the chosen one; if it is not visible, the sorted one, else the first. */
export const explainedColumn = (state: State): TableColumn | undefined => {
	const {columns} = tableFit(state);
	return [state.explainedField, state.sort.field].map(id => columns.find(({field}) => field.id === id)).find(column => column !== undefined) ?? columns.at(0);
};

/** Opens the explanation at the sorted column. Selects a row if none is selected, so that its state can be explained. */
export const openExplanation = (state: State): State => ({
	...state,
	mode: 'explain',
	explainedField: state.sort.field,
	...(state.cursor.request.kind === 'none' && {cursor: moveCursor(state.cursor, {kind: 'by', rows: 1}, answerOf(state))}),
});

/** Moves to the column to the left (-1) or to the right (1), wrapping around. */
export const moveExplanation = (state: State, direction: -1 | 1): State => {
	const {columns} = tableFit(state);
	const at = columns.findIndex(({field}) => field.id === explainedColumn(state)?.field.id);
	const next = columns.at((at + direction) % columns.length);
	return next === undefined ? state : explainColumn(state, next.field.id);
};

/** Explains a column, by the id of its field. */
export const explainColumn = (state: State, field: string): State => ({...state, explainedField: field});
