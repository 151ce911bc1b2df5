/** A frame: the state painted as one string per line of the terminal. */
import {paint, type Segment} from '../../text/paint.js';
import {cutEnd} from '../../text/width.js';
import {wrapInto} from '../../text/wrap.js';
import {explainedColumn} from '../actions/explaining.js';
import {withKeys} from '../keys/key-hints.js';
import {layoutOf} from '../state/layout.js';
import {cutSegments, dropSegments, piece} from '../look/segments.js';
import {modeOf, type Lines, type State} from '../state/state.js';
import {menuWidth, tableFit} from '../state/table-fit.js';
import {emptyText} from './chips.js';
import {footLines} from './footer.js';
import {headerLines, type HeaderContext} from './header.js';
import {menuHeading, menuLines} from './menu.js';
import {promptLines} from './prompt.js';
import type {RowPainter} from './kept-rows.js';
import {recentLines} from './recent.js';
import {headingSegments, rowSegments} from './rows.js';
import {setupLines} from './setup-panel.js';

/** What a frame depends on besides the state. */
export type FrameContext = HeaderContext;

/** Painted lines by their segments, with the width that they were cut to. */
const painted = new WeakMap<readonly Segment[], {readonly columns: number; readonly text: string}>();

const paintLine = (line: readonly Segment[], columns: number): string => {
	const known = painted.get(line);
	if (known?.columns === columns) {
		return known.text;
	}

	const text = paint(cutSegments(line, columns));
	painted.set(line, {columns, text});
	return text;
};

/**
Returns exactly as many lines as the terminal has, none wider than the terminal. Empty lines are empty strings.

@param rows Paints rows; default: `rowSegments`, which keeps nothing.
*/
export const paintFrame = (state: State, context: FrameContext, rows: RowPainter = rowSegments): readonly string[] => {
	const {columns, rows: height} = state.size;
	const layout = layoutOf(state);
	if (layout.isTooSmall) {
		return fill([cutEnd('terminal too small', columns)], height);
	}

	const mode = modeOf(state);
	const lines = mode.kind === 'page' && mode.paint !== undefined
		? [...mode.paint(state, context.theme, height - 1), []]
		: [
			...headerLines(state, context, layout.header),
			...(layout.panel === 0 ? [] : setupLines(state, layout.panel, context.theme)),
			...(layout.table < 0 ? [] : tableLines(state, {context, rows}, layout.table)),
			...promptLines(state, context.theme),
			[],
		];
	const foot = footLines(state, context.theme);
	return [...lines.slice(0, lines.length - foot.length), ...foot].map(line => paintLine(line, columns));
};

const fill = (lines: readonly string[], count: number): readonly string[] => Array.from({length: count}, (_, index) => lines[index] ?? '');

/** What the table is painted with. */
type Painting = {readonly context: FrameContext; readonly rows: RowPainter};

/** Headings and rows. A menu or a dialog covers them without moving any. */
const tableLines = (state: State, {context, rows}: Painting, height: number): Lines => {
	const {kind, paint: paintOver} = modeOf(state);
	const table = plainTableLines(state, {context, rows}, height);
	if (kind === 'dialog') {
		const over = [...paintOver?.(state, context.theme, height + 1) ?? [], []];
		return table.map((line, index) => over.at(index) ?? line);
	}

	if (kind === 'menu') {
		const over = [menuHeading(state, context.theme), ...menuLines(state, height, context.theme)];
		return table.map((line, index) => index < over.length ? [...over[index], ...dropSegments(line, menuWidth)] : line);
	}

	return table;
};

const plainTableLines = (state: State, {context: {theme}, rows: paintRow}: Painting, height: number): Lines => {
	const {size, view, cells, sort, search, tagged, called} = state;
	const fit = tableFit(state);
	const width = size.columns;
	const words = search.toLowerCase().split(/\s+/v).filter(word => word !== '');
	const rows = view?.rows.slice(0, height) ?? [];
	const lines: Array<readonly Segment[]> = rows.map((row, index) => paintRow(row, cells[index], {
		fit, theme, width, isSelected: row.id === view?.selected?.id, isTagged: tagged.includes(row.id), isCalled: called.ids.has(row.about ?? row.id), words,
	}));
	if (rows.length === 0) {
		const empty = withKeys(emptyText(state), state.keyTable, state.mode);
		const wrapped = wrapInto(empty, width - 3, Math.max(1, height - 1));
		lines.push(...(height > wrapped.length ? [[]] : []), ...wrapped.map(line => [piece(`  ${line}`, theme.label)]));
	}

	lines.push(...recentLines(state, theme, height - lines.length));
	const explained = state.mode === 'explain' ? explainedColumn(state)?.field.id : undefined;
	const heading = headingSegments(fit, {sort, explained}, theme, width);
	return [heading, ...Array.from({length: height}, (_, index) => lines[index] ?? [])];
};
