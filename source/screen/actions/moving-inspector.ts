/** Moving the cursor of the inspector and scrolling its page, by key, wheel and click. */
import type {State} from '../state/state.js';
import {type Page, type Placed, columnGap} from '../inspector/place.js';
import {
	offsetShowing,
	isVisibleAt,
	linesAbove,
	offsetOf,
	pageOf,
	selectedIndexOf,
	roomOf,
} from '../inspector/page.js';

/** The page with its selected value. */
type Selection = {readonly page: Page; readonly index: number; readonly placed: Placed};

/** The selected value; undefined for an empty page. */
const selectionOf = (state: State): Selection | undefined => {
	const page = pageOf(state);
	const index = page === undefined ? -1 : selectedIndexOf(page, state);
	const placed = page?.items.at(index);
	return page === undefined || placed === undefined || index === -1 ? undefined : {page, index, placed};
};

/** Selects a value and scrolls to `offset`, or as near to it as the value stays visible. */
const withCursor = (state: State, {items}: Page, index: number, offset: number): State => {
	const placed = items.at(index);
	return state.inspector === undefined || placed === undefined
		? state
		: {
			...state,
			inspector: {
				...state.inspector, value: placed.item.key, index, offset: offsetShowing(placed, roomOf(state), offset),
			},
		};
};

/** The offset that also shows the title of a section when its first value is selected. */
const withTitle = ({items}: Page, index: number, offset: number): number => {
	const {line, section} = items[index];
	const isFirst = index === 0 || items[index - 1].section !== section;
	return isFirst ? Math.min(offset, line - 1) : offset;
};

/** Selects a value as keys do: with the title of its section. */
const moveTo = (state: State, page: Page, index: number): State => {
	const goal = Math.max(0, Math.min(page.items.length - 1, index));
	const offset = offsetOf(page, state);
	return withCursor(state, page, goal, goal === selectedIndexOf(page, state) ? offset : withTitle(page, goal, offset));
};

/** Number of lines of the selected value that are hidden in a direction. */
const linesBeyond = (state: State, {page, placed}: Selection, direction: number): number => {
	const offset = offsetOf(page, state);
	return Math.max(0, direction < 0 ? offset - placed.line : placed.line + placed.height - offset - roomOf(state));
};

/** Moves the cursor by a number of values, at most to the ends of the page. A step by one first scrolls through a long text line by line. */
export const moveInInspector = (state: State, by: number): State => {
	const selection = selectionOf(state);
	if (selection === undefined) {
		return state;
	}

	const {page, index} = selection;
	if (Math.abs(by) === 1 && linesBeyond(state, selection, by) > 0) {
		return withCursor(state, page, index, offsetOf(page, state) + by);
	}

	const isBeyondEnd = by > 1 && index + by >= page.items.length;
	return isBeyondEnd ? withCursor(state, page, page.items.length - 1, page.height) : moveTo(state, page, index + by);
};

/** Moves the cursor up or down by a page within its column. */
export const pageInInspector = (state: State, direction: -1 | 1): State => {
	const selection = selectionOf(state);
	if (selection === undefined) {
		return state;
	}

	const {page, index, placed} = selection;
	if (linesBeyond(state, selection, direction) > 0) {
		return withCursor(state, page, index, offsetOf(page, state) + direction * roomOf(state));
	}

	const goal = placed.line + direction * roomOf(state);
	const inColumn = page.items.filter(({column}) => column === placed.column);
	const target = direction === 1 ? inColumn.find(({line}) => line >= goal) ?? inColumn.at(-1) : inColumn.findLast(({line}) => line <= goal) ?? inColumn.at(0);
	return target === undefined ? state : moveTo(state, page, page.items.indexOf(target));
};

/** Moves the cursor to the first value of the next or the previous section, wrapping around. */
export const moveSection = (state: State, direction: -1 | 1): State => {
	const selection = selectionOf(state);
	if (selection === undefined) {
		return state;
	}

	const {page, index} = selection;
	const firsts = page.items.flatMap(({section}, item) => page.items.at(item - 1)?.section === section && item > 0 ? [] : [item]);
	const current = firsts.findLastIndex(first => first <= index);
	return moveTo(state, page, firsts.at((current + direction + firsts.length) % firsts.length) ?? 0);
};

/** Scrolls the page. When the selected value is no longer visible, the cursor moves to the nearest visible one, preferably in the same column. */
export const scrollInspector = (state: State, lines: number): State => {
	const selection = selectionOf(state);
	if (selection === undefined) {
		return state;
	}

	const {page, index, placed} = selection;
	const room = roomOf(state);
	const offset = Math.max(0, Math.min(page.height - room, offsetOf(page, state) + lines));
	const distance = ({line, column}: Placed): number => Math.abs(line - placed.line) + (column === placed.column ? 0 : page.height);
	const nearest = page.items.filter(item => isVisibleAt(item, room, offset)).toSorted((a, b) => distance(a) - distance(b)).at(0);
	return withCursor(state, page, nearest === undefined ? index : page.items.indexOf(nearest), offset);
};

/** Index of the value at a position of the screen; undefined for titles, blank space and the lines around the page. */
export const valueAt = (state: State, column: number, row: number): number | undefined => {
	const page = pageOf(state);
	const line = row - linesAbove;
	if (page === undefined || line < 0 || line >= roomOf(state)) {
		return undefined;
	}

	const step = page.width + columnGap;
	const placed = column % step < page.width ? page.columns.at(Math.floor(column / step))?.at(offsetOf(page, state) + line) : undefined;
	return placed?.kind === 'item' ? placed.index : undefined;
};

/** Whether the value at an index is selected. */
export const isChosen = (state: State, index: number): boolean => selectionOf(state)?.index === index;

/** Selects the value at an index without scrolling. */
export const chooseValue = (state: State, index: number): State => {
	const page = pageOf(state);
	return page === undefined ? state : withCursor(state, page, index, offsetOf(page, state));
};
