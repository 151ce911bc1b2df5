import type {State} from './state.js';

/** How many lines each part of the screen takes, from top to bottom. */
export type Layout = {
	/** The terminal is too small to show anything of use. */
	readonly isTooSmall: boolean;
	readonly header: number;
	/** Sockets; the line with the headings is not counted. */
	readonly table: number;
	/** The line that is being edited, and what is wrong with it. */
	readonly prompt: number;
};

/** Below this there is no room for a header, two rows and the keys. */
export const smallest = {columns: 40, rows: 8} as const;

const headerLines = (rows: number): number => {
	if (rows < 20) {
		return 2;
	}

	return rows < 30 ? 4 : 5;
};

/** Lines of an explanation, its heading first: narrow terminals need more. */
const explanationLines = ({columns}: State['size']): number => columns < 100 ? 4 : 3;

const promptLines = ({size, mode, filter, view}: Pick<State, 'size' | 'mode' | 'filter' | 'view'>): number => {
	if (mode === 'filter') {
		return 2;
	}

	if (mode === 'explain') {
		return explanationLines(size);
	}

	if (mode === 'port' || mode === 'search') {
		return 1;
	}

	// A filter that was entered before it was known to be wrong.
	return filter !== '' && view?.filterProblem !== undefined ? 2 : 0;
};

/** Shares out the lines of the terminal. Headings and keys take one line each. */
export const layoutOf = (state: Pick<State, 'size' | 'mode' | 'filter' | 'view'>): Layout => {
	const {columns, rows} = state.size;
	if (columns < smallest.columns || rows < smallest.rows) {
		return {
			isTooSmall: true, header: 0, table: 0, prompt: 0,
		};
	}

	const header = headerLines(rows);
	const prompt = promptLines(state);
	return {
		isTooSmall: false, header, prompt, table: rows - header - 1 - prompt - 1,
	};
};

/** A part of the screen, and which of its lines. */
export type Part = {readonly part: 'header' | 'headings' | 'table' | 'prompt' | 'footer'; readonly line: number};

/** What stands in a line of the terminal, both counted from 0; undefined below the last. */
export const partAt = ({header, table, prompt}: Layout, line: number): Part | undefined => {
	let first = 0;
	for (const [part, height] of [['header', header], ['headings', 1], ['table', table], ['prompt', prompt], ['footer', 1]] as const) {
		if (line < first + height) {
			return {part, line: line - first};
		}

		first += height;
	}

	return undefined;
};
