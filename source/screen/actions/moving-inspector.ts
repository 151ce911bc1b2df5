/** The cursor of the inspector and the lines in sight: what keys, wheel and clicks do with them. */
import type {State} from '../state/state.js';
import {type Page, type Placed, columnGap} from '../inspector/place.js';
import {
	inSight,
	isInSight,
	linesAbove,
	offsetOf,
	pageOf,
	placeOf,
	roomOf,
} from '../inspector/page.js';

/** Where everything stands, and the value under the cursor; undefined for an empty page. */
type Standing = {readonly page: Page; readonly place: number; readonly placed: Placed};

const standingOf = (state: State): Standing | undefined => {
	const page = pageOf(state);
	const place = page === undefined ? -1 : placeOf(page, state);
	const placed = page?.items.at(place);
	return page === undefined || placed === undefined || place === -1 ? undefined : {page, place, placed};
};

/** With the cursor on the value at a place, and lines in sight from `offset` on as far as that lets them. */
const withCursor = (state: State, {items}: Page, place: number, offset: number): State => {
	const placed = items.at(place);
	return state.inspector === undefined || placed === undefined
		? state
		: {
			...state,
			inspector: {
				...state.inspector, value: placed.item.key, index: place, offset: inSight(placed, roomOf(state), offset),
			},
		};
};

/** The title of a section comes into sight with its first value. */
const withTitle = ({items}: Page, place: number, offset: number): number => {
	const {line, section} = items[place];
	const isFirst = place === 0 || items[place - 1].section !== section;
	return isFirst ? Math.min(offset, line - 1) : offset;
};

/** Puts the cursor on the value at a place, as keys do. */
const moveTo = (state: State, page: Page, place: number): State => {
	const goal = Math.max(0, Math.min(page.items.length - 1, place));
	const offset = offsetOf(page, state);
	return withCursor(state, page, goal, goal === placeOf(page, state) ? offset : withTitle(page, goal, offset));
};

/** Lines of the value under the cursor that are out of sight in a direction: it has more than there is room for. */
const linesBeyond = (state: State, {page, placed}: Standing, direction: number): number => {
	const offset = offsetOf(page, state);
	return Math.max(0, direction < 0 ? offset - placed.line : placed.line + placed.height - offset - roomOf(state));
};

/** Moves the cursor by so many values, and by more than there are to the ends of the page. By one, it goes through a long text line by line before. */
export const moveInInspector = (state: State, by: number): State => {
	const standing = standingOf(state);
	if (standing === undefined) {
		return state;
	}

	const {page, place} = standing;
	if (Math.abs(by) === 1 && linesBeyond(state, standing, by) > 0) {
		return withCursor(state, page, place, offsetOf(page, state) + by);
	}

	const isBeyondEnd = by > 1 && place + by >= page.items.length;
	return isBeyondEnd ? withCursor(state, page, page.items.length - 1, page.height) : moveTo(state, page, place + by);
};

/** Moves the cursor by a page: to the value that is so many lines further in its column. */
export const pageInInspector = (state: State, direction: -1 | 1): State => {
	const standing = standingOf(state);
	if (standing === undefined) {
		return state;
	}

	const {page, place, placed} = standing;
	if (linesBeyond(state, standing, direction) > 0) {
		return withCursor(state, page, place, offsetOf(page, state) + direction * roomOf(state));
	}

	const goal = placed.line + direction * roomOf(state);
	const inColumn = page.items.filter(({column}) => column === placed.column);
	const target = direction === 1 ? inColumn.find(({line}) => line >= goal) ?? inColumn.at(-1) : inColumn.findLast(({line}) => line <= goal) ?? inColumn.at(0);
	return target === undefined ? state : moveTo(state, page, page.items.indexOf(target));
};

/** Moves the cursor to the first value of the next section, or of the one before; around at the ends. */
export const moveSection = (state: State, direction: -1 | 1): State => {
	const standing = standingOf(state);
	if (standing === undefined) {
		return state;
	}

	const {page, place} = standing;
	const firsts = page.items.flatMap(({section}, index) => page.items.at(index - 1)?.section === section && index > 0 ? [] : [index]);
	const current = firsts.findLastIndex(first => first <= place);
	return moveTo(state, page, firsts.at((current + direction + firsts.length) % firsts.length) ?? 0);
};

/** Scrolls the page. The cursor stays on its value while that is in sight, and then goes to the nearest one that is, in its column where there is one. */
export const scrollInspector = (state: State, lines: number): State => {
	const standing = standingOf(state);
	if (standing === undefined) {
		return state;
	}

	const {page, place, placed} = standing;
	const room = roomOf(state);
	const offset = Math.max(0, Math.min(page.height - room, offsetOf(page, state) + lines));
	const distance = ({line, column}: Placed): number => Math.abs(line - placed.line) + (column === placed.column ? 0 : page.height);
	const nearest = page.items.filter(item => isInSight(item, room, offset)).toSorted((a, b) => distance(a) - distance(b)).at(0);
	return withCursor(state, page, nearest === undefined ? place : page.items.indexOf(nearest), offset);
};

/** The place of the value that stands somewhere on the screen; undefined for titles, blanks and the lines around the page. */
export const valueAt = (state: State, column: number, row: number): number | undefined => {
	const page = pageOf(state);
	const line = row - linesAbove;
	if (page === undefined || line < 0 || line >= roomOf(state)) {
		return undefined;
	}

	const step = page.width + columnGap;
	const placed = column % step < page.width ? page.columns.at(Math.floor(column / step))?.at(offsetOf(page, state) + line) : undefined;
	return placed?.kind === 'item' ? placed.place : undefined;
};

/** Whether the cursor is on the value at a place. */
export const isChosen = (state: State, place: number): boolean => standingOf(state)?.place === place;

/** Puts the cursor on the value at a place, and moves no line that is in sight. */
export const chooseValue = (state: State, place: number): State => {
	const page = pageOf(state);
	return page === undefined ? state : withCursor(state, page, place, offsetOf(page, state));
};
