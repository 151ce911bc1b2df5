import {headerHeight, isLow} from '../meters/header-height.js';
import {shownMeters} from './choice-slice.js';
import {modeOf, type State} from './state.js';

/** How many lines each part of the screen takes, from top to bottom. */
export type Layout = {
	/** The terminal is too small to show anything of use. */
	readonly isTooSmall: boolean;
	readonly header: number;
	/** The setup screen, above the table; without room for both, there is no table, and not even its headings. */
	readonly panel: number;
	/** Sockets; the line with the headings is not counted. */
	readonly table: number;
	/** The line that is being edited, and what is wrong with it. */
	readonly prompt: number;
};

/** Below this there is no room for a header, two rows and the keys. */
export const smallest = {columns: 40, rows: 8} as const;

/** Beside a value, a meaning of fewer columns says nothing: the lines above the keys say it. */
export const leastMeaning = 30;

/** A filter that was entered before it was known to be wrong, and what is wrong with it. */
const filterLines = ({filter, view}: Pick<State, 'filter' | 'view'>): number => filter !== '' && view?.filterProblem !== undefined ? 2 : 0;

/** Of so many lines below the headings, those of the setup screen. With fewer than these, the table would have too few to show what changes. */
const panelLines = (room: number): number => room < 20 ? room + 1 : Math.max(13, Math.floor(room * 0.6));

/** The line with the timeline, while a moment is shown that has passed and there is room. */
export const timelineHeight = ({view, size: {rows}}: Pick<State, 'view' | 'size'>): number => view?.moment === undefined || isLow(rows) ? 0 : 1;

/** Shares out the lines of the terminal. Headings and keys take one line each. */
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

/** A part of the screen, and which of its lines. */
export type Part = {readonly part: 'header' | 'headings' | 'table' | 'prompt' | 'footer'; readonly line: number};

/** What stands in a line of the terminal, both counted from 0; undefined below the last. */
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
