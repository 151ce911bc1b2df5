/** The layout of the help: its tables fitted to the terminal, and its scroll position. */
import {textWidth} from '../../text/width.js';
import {wrapText} from '../../text/wrap.js';
import {modeOf, type State} from '../state/state.js';
import {helpContents, type HelpTable} from './help-tables.js';

/** Tables one below the other. */
export type HelpColumn = {readonly width: number; readonly tables: readonly HelpTable[]};

/** Each cell has a space on both sides. */
const padding = 2;

/** Width from which on there are two columns. */
const twoColumnsFrom = 80;

/** Largest width of the cells before the text: a part of the column, but no less than the longest state and heading. */
const largestPart = 0.2;
const longestWord = 11;

/** Narrowest column that shows the number of sockets beside a state. */
const countsFrom = 60;

/** Shown where the searched text is nowhere in the help. */
const nothing: HelpTable = {headings: ['Nothing in the help contains this text'], rows: [], style: (_, theme) => theme.strong};

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));

/** Width of a cell that is not the last, within the largest part of the column. */
const cellWidth = ({headings, rows}: HelpTable, index: number, width: number): number => index >= headings.length - 1
	? 0
	: Math.min(Math.max(longestWord, Math.floor(width * largestPart)), Math.max(...[headings, ...rows].map(cells => textWidth(cells[index] ?? ''))));

/** Wraps the cells of each row into several lines, so that the table is exactly as wide as the column. */
const fitted = (table: HelpTable, width: number, firstWidth: number): HelpTable => {
	const {headings, rows, style} = table;
	const before = headings.length - 1;
	const widths = headings.slice(0, -1).map((_, index) => index === 0 ? firstWidth : cellWidth(table, index, width));
	widths.push(Math.max(8, width - widths.reduce((total, each) => total + each + padding, 0) - padding));
	return {
		headings: headings.map((heading, index) => index < before ? padded(heading, widths[index] ?? 0) : heading),
		rows: rows.flatMap(cells => {
			const wrapped = cells.map((cell, index) => index > 0 && index < before ? [cell] : wrapText(cell, widths[index] ?? 0));
			return Array.from({length: Math.max(...wrapped.map(lines => lines.length))}, (_, line) =>
				wrapped.map((lines, index) => index < before ? padded(lines[line] ?? '', widths[index] ?? 0) : lines[line] ?? ''));
		}),
		style,
	};
};

/** A table of three cells without the middle one, which narrow columns have no room for. */
const withoutCounts = (table: HelpTable, width: number): HelpTable => {
	const leave = (cells: readonly string[]): readonly string[] => cells.length === 3 ? cells.toSpliced(1, 1) : cells;
	return width < countsFrom ? {...table, headings: leave(table.headings), rows: table.rows.map(cells => leave(cells))} : table;
};

/** The tables of the help, in one or two columns. */
export const helpColumns = (state: State): readonly HelpColumn[] => {
	const {size: {columns}} = state;
	const [here, beside] = helpContents(state);
	const hasTwo = columns >= twoColumnsFrom && here.length > 0 && beside.length > 0;
	const width = hasTwo ? Math.floor(columns / 2) : columns;
	const column = (tables: readonly HelpTable[]): HelpColumn => {
		const shown = tables.map(table => withoutCounts(table, width));
		const firstWidth = Math.max(...shown.map(table => cellWidth(table, 0, width)));
		return {width, tables: shown.map(table => fitted(table, width, firstWidth))};
	};

	return hasTwo ? [column(here), column(beside)] : [column(here.length + beside.length === 0 ? [nothing] : [...here, ...beside])];
};

/** Height of a table: heading, rows and a blank line below. */
const heightOf = ({rows}: HelpTable): number => rows.length + 2;

/** Number of visible lines of the help: all but the title, the line to type the search in, and the footer. */
export const helpRoom = (state: State): number => Math.max(1, state.size.rows - 2 - (modeOf(state).prompt?.height(state) ?? 0));

/** Height of the whole help in lines. */
export const helpHeight = (state: State): number =>
	Math.max(1, ...helpColumns(state).map(({tables}) => tables.reduce((total, table) => total + heightOf(table), 0) - 1));

/** Scrolls by lines, within the bounds of the help. */
export const scrollHelp = (state: State, by: number): State => {
	if (state.mode !== 'help') {
		return state;
	}

	const last = Math.max(0, helpHeight(state) - helpRoom(state));
	return {...state, helpOffset: Math.max(0, Math.min(last, state.helpOffset + by))};
};
