/** Menus over the left of the table: lists of entries, one of which is selected. */
import {plain, type Segment} from '../../text/paint.js';
import {alignLeft} from '../../text/width.js';
import {piece} from '../look/segments.js';
import {modeOf, type Lines, type State} from '../state/state.js';
import {menuWidth} from '../state/table-fit.js';
import type {Theme} from '../look/theme.js';

/** The entries of the open menu; empty if none is open. */
export const menuEntries = (state: State): readonly string[] => modeOf(state).entries?.(state) ?? [];

/** Moves the selection of the open menu, within its bounds. */
export const moveInMenu = (state: State, by: number): State =>
	({...state, menuIndex: Math.max(0, Math.min(menuEntries(state).length - 1, state.menuIndex + by))});

/** The heading of the menu, over those of the table. */
export const menuHeading = (state: State, theme: Theme): readonly Segment[] =>
	[piece(alignLeft(` ${modeOf(state).title}`, menuWidth - 1), theme.sortedHeading), piece(' ')];

/** Index of the first visible entry. The menu scrolls so that the selected one is visible. */
const firstInMenu = ({menuIndex}: State, entries: number, height: number): number => Math.max(0, Math.min(menuIndex - Math.floor(height / 2), entries - height));

/** Index of the entry in a line of the table, or undefined. */
export const menuEntryAt = (state: State, height: number, line: number): number | undefined => {
	const entries = menuEntries(state).length;
	const index = firstInMenu(state, entries, height) + line;
	return index < entries ? index : undefined;
};

/** The entries that fit, each padded to the width of the menu. */
export const menuLines = (state: State, height: number, theme: Theme): Lines => {
	const {menuIndex} = state;
	const entries = menuEntries(state);
	const first = firstInMenu(state, entries.length, height);
	return entries.slice(first, first + height).map((entry, line) => {
		const index = first + line;
		const mark = theme.level === 'none' && index === menuIndex ? '>' : ' ';
		const text = alignLeft(mark + entry, menuWidth - 1);
		return [piece(text, index === menuIndex ? theme.selected : plain), piece(' ')];
	});
};
