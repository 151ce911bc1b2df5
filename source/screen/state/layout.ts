import {headerHeight, isLow} from '../meters/header-height.js';
import {shownMeters} from './choice-slice.js';
import {modeOf, type State} from './state.js';

/** Height of each part of the screen in lines, from top to bottom. */
export type Layout = {
	/** The terminal is too small to show the table. */
	readonly isTooSmall: boolean;
	readonly header: number;
	/** The setup screen, above the table; if there is no room for both, the table and its headings are not shown. */
	readonly panel: number;
	/** Rows of the table, without the headings. */
	readonly table: number;
	/** The edited line, and the error in it. */
	readonly prompt: number;
};

/** Smallest terminal with room for a header, two rows and the footer. */
export const smallest = {columns: 40, rows: 8} as const;

/** Minimum width of a description beside a value. With less room, the description is in the lines above the footer. */
export const minMeaningWidth = 30;

/** Lines for an invalid filter: the filter and its error. */
const filterLines = ({filter, view}: Pick<State, 'filter' | 'view'>): number => filter !== '' && view?.filterProblem !== undefined ? 2 : 0;

/** Height of the setup screen within `room` lines. In less than 20 lines, no table is shown beside it. */
const panelLines = (room: number): number => room < 20 ? room + 1 : Math.max(13, Math.floor(room * 0.6));

/** Height of the timeline, which is shown while a moment in the past is shown and there is room. */
export const timelineHeight = ({view, size: {rows}}: Pick<State, 'view' | 'size'>): number => view?.moment === undefined || isLow(rows) ? 0 : 1;

/** Divides the lines of the terminal. Headings and footer take one line each. */
export const layoutOf = (state: Pick<State, 'size' | 'mode' | 'keyTable' | 'filter' | 'view' | 'preferences' | 'areMetersHidden'>): Layout => {
	const {columns, rows} = state.size;
	if (columns < smallest.columns || rows < smallest.rows) {
		return {
			isTooSmall: true, header: 0, panel: 0, table: 0, prompt: 0,
		};
	}

	const mode = modeOf(state);
	const header = headerHeight(state.size, shownMeters(state)) + timelineHeight(state);
	const prompt = mode.prompt?.height(state) ?? filterLines(state);
	const room = rows - header - 1 - prompt - 1;
	const panel = mode.isSetup ? panelLines(room) : 0;
	return {
		isTooSmall: false, header, panel, prompt, table: room - panel,
	};
};

/** A line within a part of the screen. */
export type Part = {readonly part: 'header' | 'headings' | 'table' | 'prompt' | 'footer'; readonly line: number};

/** The part of the screen at a line of the terminal, both counted from 0; undefined below the last line. */
export const partAt = ({header, panel, table, prompt}: Layout, line: number): Part | undefined => {
	let first = 0;
	for (const [part, height] of [['header', header + panel], ['headings', table < 0 ? 0 : 1], ['table', Math.max(0, table)], ['prompt', prompt], ['footer', 1]] as const) {
		if (line < first + height) {
			return {part, line: line - first};
		}

		first += height;
	}

	return undefined;
};
