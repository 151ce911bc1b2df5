/** Menus over the left of the table: lists of entries, one of which is chosen. */
import {plain, type Segment} from '../../text/paint.js';
import {alignLeft} from '../../text/width.js';
import {piece} from '../look/segments.js';
import {modeOf, type Lines, type State} from '../state/state.js';
import {menuWidth} from '../state/table-fit.js';
import type {Theme} from '../look/theme.js';

/** The entries of the menu that is open; none without one. */
export const menuEntries = (state: State): readonly string[] => modeOf(state).entries?.(state) ?? [];

/** Moves within the menu that is open, not beyond its ends. */
export const moveInMenu = (state: State, by: number): State =>
	({...state, menuIndex: Math.max(0, Math.min(menuEntries(state).length - 1, state.menuIndex + by))});

/** The heading of the menu, at the left of those of the table. */
export const menuHeading = (state: State, theme: Theme): readonly Segment[] =>
	[piece(alignLeft(` ${modeOf(state).title}`, menuWidth - 1), theme.sortedHeading), piece(' ')];

/** The entry in the first line: the menu scrolls so that the chosen one is in sight. */
const firstInMenu = ({menuIndex}: State, entries: number, height: number): number => Math.max(0, Math.min(menuIndex - Math.floor(height / 2), entries - height));

/** The place of the entry in a line of the table, or undefined. */
export const menuEntryAt = (state: State, height: number, line: number): number | undefined => {
	const entries = menuEntries(state).length;
	const place = firstInMenu(state, entries, height) + line;
	return place < entries ? place : undefined;
};

/** The entries that there is room for, each as wide as the menu. */
export const menuLines = (state: State, height: number, theme: Theme): Lines => {
	const {menuIndex} = state;
	const entries = menuEntries(state);
	const first = firstInMenu(state, entries.length, height);
	return entries.slice(first, first + height).map((entry, line) => {
		const place = first + line;
		const chosen = theme.level === 'none' && place === menuIndex ? '>' : ' ';
		const text = alignLeft(chosen + entry, menuWidth - 1);
		return [piece(text, place === menuIndex ? theme.selected : plain), piece(' ')];
	});
};
