/** The explanation of one column, and of the state of the row under the cursor. Each function takes the state and gives the next one. */
import {stateMeanings} from '../../fields/state-meanings.js';
import type {Segment} from '../../text/paint.js';
import {cutEnd} from '../../text/width.js';
import {wrapText} from '../../text/wrap.js';
import {moveCursor} from '../state/cursor.js';
import {layoutOf} from '../state/layout.js';
import {piece} from '../look/segments.js';
import {answerOf, type State} from '../state/state.js';
import {tableFit, type TableColumn} from '../state/table-fit.js';
import type {Theme} from '../look/theme.js';

/** The column that is explained: the chosen one, the sorted one where that has gone, or the first. */
export const explainedColumn = (state: State): TableColumn | undefined => {
	const {columns} = tableFit(state);
	return [state.explained, state.sort.field].map(id => columns.find(({field}) => field.id === id)).find(column => column !== undefined) ?? columns.at(0);
};

/** Opens the explanation at the column that the table is sorted by. A row is selected, so that its state can be explained. */
export const openExplanation = (state: State): State => ({
	...state,
	mode: 'explain',
	explained: state.sort.field,
	...(state.cursor.request.kind === 'none' && {cursor: moveCursor(state.cursor, {kind: 'by', rows: 1}, answerOf(state))}),
});

/** Goes to the column to the left (-1) or to the right (1), around the ends. */
export const moveExplanation = (state: State, direction: -1 | 1): State => {
	const {columns} = tableFit(state);
	const at = columns.findIndex(({field}) => field.id === explainedColumn(state)?.field.id);
	const next = columns.at((at + direction) % columns.length);
	return next === undefined ? state : explainColumn(state, next.field.id);
};

/** Explains the column of a field. */
export const explainColumn = (state: State, field: string): State => ({...state, explained: field});

/** The column's heading and name; what it means; for the state of the row under the cursor, what that means. */
export const explanationSegments = (state: State, theme: Theme): ReadonlyArray<readonly Segment[]> => {
	const {view, cells, size} = state;
	const height = layoutOf(state).prompt;
	const column = explainedColumn(state);
	if (column === undefined) {
		return Array.from({length: height}, () => []);
	}

	const {field, index} = column;
	const place = view?.rows.findIndex(({id}) => id === view.selected?.id) ?? -1;
	const cell = cells[place]?.[index]?.trim() ?? '';
	const meaning = field.id === 'state' ? stateMeanings.get(cell) : undefined;
	const title = [piece(` ${field.title} `, theme.alert), piece(` ${cell}`, theme.strong), piece(`  as --columns and in filters: ${[field.id, ...field.aliases ?? []].join(', ')}`, theme.label)];
	const width = size.columns - 2;
	const lines = wrapText(meaning ?? field.meaning, width);
	const room = height - 1;
	const shown = lines.length <= room ? lines : [...lines.slice(0, room - 1), cutEnd(lines.slice(room - 1).join(' '), width)];
	return [title, ...Array.from({length: room}, (_, line) => [piece(` ${shown[line] ?? ''}`)])];
};
