/** The lines below the table that explain a column, and the state of the row under the cursor. */
import {stateMeanings} from '../../fields/state-meanings.js';
import {cutEnd} from '../../text/width.js';
import {wrapText} from '../../text/wrap.js';
import {explainedColumn} from '../actions/explaining.js';
import {piece} from '../look/segments.js';
import type {Theme} from '../look/theme.js';
import type {Lines, Prompt, State} from '../state/state.js';

/** Height of an explanation with its heading; narrow terminals need more lines. */
const heightIn = ({size: {columns}}: Pick<State, 'size'>): number => columns < 100 ? 4 : 3;

/** Heading, names and meaning of the column; for the column of states, the meaning of the state under the cursor. */
const paintExplanation = (state: State, theme: Theme): Lines => {
	const {view, cells, size} = state;
	const height = heightIn(state);
	const column = explainedColumn(state);
	if (column === undefined) {
		return Array.from({length: height}, () => []);
	}

	const {field, index} = column;
	const row = view?.rows.findIndex(({id}) => id === view.selected?.id) ?? -1;
	const cell = cells[row]?.[index]?.trim() ?? '';
	const meaning = field.id === 'state' ? stateMeanings.get(cell) : undefined;
	const title = [piece(` ${field.title} `, theme.alert), piece(` ${cell}`, theme.strong), piece(`  as --columns and in filters: ${[field.id, ...field.aliases ?? []].join(', ')}`, theme.label)];
	const width = size.columns - 2;
	const lines = wrapText(meaning ?? field.meaning, width);
	const room = height - 1;
	const shown = lines.length <= room ? lines : [...lines.slice(0, room - 1), cutEnd(lines.slice(room - 1).join(' '), width)];
	return [title, ...Array.from({length: room}, (_, line) => [piece(` ${shown[line] ?? ''}`)])];
};

export const explanationPrompt: Prompt = {height: heightIn, paint: paintExplanation};
