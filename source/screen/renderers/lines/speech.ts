/** Text for screen readers: the difference between two states, in lines of plain text. */
import type {Row, View} from '../../../contract/messages.js';
import {findField} from '../../../fields/registry.js';
import {escapeText} from '../../../text/escape.js';
import {countsOf} from '../../meters/counts.js';
import {rowKindOf} from '../../actions/grouping.js';
import {helpColumns} from '../../paint/help.js';
import {withKeys} from '../../keys/key-hints.js';
import {keyLabel} from '../../keys/key-names.js';
import {isActive} from '../../keys/key-table.js';
import {menuEntries} from '../../paint/menu.js';
import {modeOf, type State} from '../../state/state.js';
import {pictureKind} from '../../paint/picture.js';
import {areConnectionsShown, areNamesShown} from '../../state/choice-slice.js';

/** Maximum rows of one kind that are listed per sample; the rest are counted. */
const maxRows = 5;

/** The values of a row with their headings, without values that are absent or 0. */
const rowText = (state: State, index: number): string => {
	const row = state.view?.rows[index];
	if (row?.group !== undefined) {
		const {label, sockets, closed = 0, isFolded} = row.group;
		return `Group ${escapeText(label)}: ${sockets} ${memberNoun(state)}${closed === 0 ? '' : `, ${closed} closed`}${isFolded ? ', folded' : ''}`;
	}

	const cells = state.cells[index] ?? [];
	return state.columns.flatMap((id, column) => {
		const cell = cells[column]?.trim() ?? '';
		return silent.has(cell) ? [] : [unnamed.has(id) ? cell : `${findField(id)?.title ?? id} ${cell}`];
	}).join(', ');
};

/** What a group counts. */
const memberNoun = (state: State): string => {
	if (rowKindOf(state) !== 'socket') {
		return 'entries';
	}

	return areConnectionsShown(state) ? 'rows, one per connection' : 'sockets';
};

/** Fields whose values need no heading. */
const unnamed: ReadonlySet<string> = new Set(['protocol', 'state', 'process']);

const selectedIndexOf = ({view}: State): number => view?.rows.findIndex(({id}) => id === view.selected?.id) ?? -1;

/** The row under the cursor and its position in the list. */
const selectedText = (state: State): string | undefined => {
	const index = selectedIndexOf(state);
	const {view} = state;
	const {selected, length} = view ?? {};
	return index === -1 || selected === undefined ? undefined : `${selected.index + 1} of ${length}: ${rowText(state, index)}`;
};

/** The number of sockets, the order and the active filters. */
export const overview = (state: State): readonly string[] => {
	const {view, sort, filter, port} = state;
	if (view === undefined) {
		return [];
	}

	const counts = countsOf(view.summary).map(({name, count}) => `${count} ${name}`).join(', ');
	return [
		`conntop${subjectOf(view.status.source)}: ${counts === '' ? 'no sockets' : counts}.`,
		`${view.length} in the list${areConnectionsShown(state) ? ', one row per connection' : ''}, sorted by ${orderText(sort)}${filter === '' ? '' : `, filter ${escapeText(filter)}`}${port === undefined ? '' : `, port ${port.digits}`}.`,
	];
};

/** The machine that the sockets belong to, or the file that they were read from. */
const subjectOf = ({hostname, file}: View['status']['source']): string => {
	if (hostname !== undefined) {
		return ` on ${escapeText(hostname)}`;
	}

	return file === undefined ? '' : `, file ${escapeText(file)}`;
};

const orderText = ({field, descending}: State['sort']): string => `${findField(field)?.title ?? field}, ${descending ? 'descending' : 'ascending'}`;

type Mark = 'established' | 'closed';

/** Indexes of the rows that did not have a mark in the view before. */
const newlyMarked = (before: View, {rows}: View, mark: Mark): readonly number[] => {
	const known = new Set(before.rows.filter(({marks}) => marks[mark]).map(({id}) => id));
	return rows.flatMap(({id, marks, group}: Row, index) => group === undefined && marks[mark] && !known.has(id) ? [index] : []);
};

const markedLines = (before: View, state: State, mark: Mark, word: string): readonly string[] => {
	const {view} = state;
	const indexes = view === undefined ? [] : newlyMarked(before, view, mark);
	const more = indexes.length - maxRows;
	return [...indexes.slice(0, maxRows).map(index => `${word}: ${rowText(state, index)}`), ...(more > 0 ? [`${word}: ${more} more`] : [])];
};

/** Lines about a new sample: new connections, closed sockets, problems. A changed query gives none. */
const sampleLines = (before: View, state: State): readonly string[] => {
	const {view} = state;
	if (view?.sequence !== before.sequence || view.status.samples === before.status.samples) {
		return [];
	}

	return [
		...markedLines(before, state, 'established', 'New'),
		...markedLines(before, state, 'closed', 'Closed'),
		...view.status.problems.filter(problem => !before.status.problems.includes(problem)).map(problem => `Problem: ${escapeText(problem)}`),
	];
};

/** Cell texts that are left out. */
const silent: ReadonlySet<string> = new Set(['', '-', '0']);

const keysText = (state: State): string => state.keyTable.bindings
	.filter(binding => binding.label !== undefined && isActive(state, binding))
	.map(({keys, shown, label = ''}) => `${shown ?? keyLabel(keys[0])} ${label}`)
	.join(', ');

const helpLines = (state: State): readonly string[] => helpColumns({...state, size: {columns: 1000, rows: 1000}})
	.flatMap(({tables}) => tables.flatMap(({headings, rows}) => [`${headings.join(' ').trim()}:`, ...rows.map(cells => cells.map(cell => cell.trim()).filter(cell => cell !== '').join(': '))]));

const menuText = (state: State): string => {
	const entries = menuEntries(state);
	return `${entries.at(state.menuIndex)?.trim() ?? ''}, ${state.menuIndex + 1} of ${entries.length}`;
};

/** The line being typed, if it has changed. */
const typedLines = ({mode, line: {text}}: State, before: State): readonly string[] => {
	if (mode !== before.mode) {
		return text === '' ? [] : [escapeText(text)];
	}

	return text === before.line.text ? [] : [text === '' ? 'empty' : escapeText(text)];
};

/** Lines about a change of mode and about the text being typed in it. */
const modeLines = (before: State, state: State, draw: (state: State) => readonly string[]): readonly string[] => {
	const {mode, port} = state;
	const {title, kind, narrows} = modeOf(state);
	const isOpened = mode !== before.mode;
	const opened = isOpened ? [`${title}. ${mode === 'table' ? '' : keysText(state)}`.trim()] : [];
	if (narrows) {
		return kind === 'line'
			? [...opened, ...typedLines(state, before)]
			: (port?.digits === before.port?.digits ? [] : [`${title} ${port?.digits ?? ''}`]);
	}

	if (kind === 'menu') {
		const text = menuText(state);
		return isOpened || text !== menuText(before) ? [...opened, text] : [];
	}

	if (pictureKind(state) === 'help') {
		return kind === 'line' ? [...opened, ...typedLines(state, before)] : (isOpened ? [...opened, ...helpLines(state)] : []);
	}

	// In lists, `speak` reports the selected row and what a sample changed. On other pages, samples change the picture all the time, so only changes by keys are reported.
	if (kind === 'list' || !(isOpened || state.view === before.view)) {
		return opened;
	}

	// `speak` reports notices separately.
	const known = new Set(draw({...before, notice: undefined}));
	return [...opened, ...draw({...state, notice: undefined}).filter(text => !known.has(text))];
};

/** The number of rows after a change of the query. */
const lengthLines = ({view: before}: State, state: State): readonly string[] => {
	const {view} = state;
	if (before === undefined || view === undefined || view.sequence === before.sequence) {
		return [];
	}

	const {length, found, filterProblem} = view;
	const isChanged = length !== before.length || found !== before.found || filterProblem?.message !== before.filterProblem?.message;
	return isChanged || modeOf(state).narrows
		? [`${length} in the list${found === undefined ? '' : `, ${found} found`}${filterProblem === undefined ? '' : `; ${escapeText(filterProblem.message)}`}`]
		: [];
};

/**
Returns the lines that report the change from one state to the next.

@param before The state that was reported last.
@param draw Paints a state without colours; used for pages without a text form of their own.
*/
export const speak = (before: State, state: State, draw: (state: State) => readonly string[]): readonly string[] => {
	const selected = selectedText(state);
	const isMoved = state.view?.selected?.id !== before.view?.selected?.id && selected !== undefined;
	return [
		...modeLines(before, state, draw),
		...(state.sort.field !== before.sort.field || state.sort.descending !== before.sort.descending ? [`Sorted by ${orderText(state.sort)}`] : []),
		...(state.isPaused === before.isPaused ? [] : [state.isPaused ? 'Paused' : 'Resumed']),
		...(areNamesShown(state) === areNamesShown(before) ? [] : [areNamesShown(state) ? 'Names' : 'Numbers']),
		...(areConnectionsShown(state) === areConnectionsShown(before) ? [] : [areConnectionsShown(state) ? 'One row per connection' : 'One row per socket']),
		...lengthLines(before, state),
		...(isMoved ? [selected] : []),
		...(state.notice === undefined || state.notice === before.notice ? [] : [escapeText(withKeys(state.notice, state.keyTable, state.mode))]),
		...(before.view === undefined ? [] : sampleLines(before.view, state)),
	];
};

/** Removes box-drawing, block and braille characters from painted lines without colours, and drops lines that are then empty. */
export const plainLines = (painted: readonly string[]): readonly string[] => painted
	.map(line => line.replaceAll(/[\u{2500}-\u{259F}\u{2800}-\u{28FF}]+/gv, ' ').replaceAll(/ {2,}/gv, '  ').trim())
	.filter(line => line !== '');
