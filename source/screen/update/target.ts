import type {Row} from '../../contract/messages.js';
import {footerKeys} from '../paint/footer.js';
import {valueAt} from '../actions/moving-inspector.js';
import {headerTargetAt, type HeaderTarget} from '../paint/header-targets.js';
import {layoutOf, partAt} from '../state/layout.js';
import {menuEntryAt} from '../paint/menu.js';
import {menuWidth, tableFit} from '../state/table-fit.js';
import {
	modeOf,
	type Binding,
	type ModeRecord,
	type State,
} from '../state/state.js';

/** A part of the screen that reacts to the mouse. */
export type Target =
	| HeaderTarget
	/** The heading of a column. */
	| {readonly kind: 'heading'; readonly field: string}
	| {readonly kind: 'row'; readonly row: Row}
	/** An entry of the open menu. */
	| {readonly kind: 'entry'; readonly index: number}
	/** A value of the inspector. */
	| {readonly kind: 'value'; readonly index: number}
	/** A key in the footer. */
	| {readonly kind: 'key'; readonly binding: Binding};

/** Whether the table reacts to the mouse: it is visible and the setup screen is closed. */
const isTableOpen = ({kind, isSetup}: ModeRecord): boolean => kind !== 'dialog' && kind !== 'page' && isSetup !== true;

/**
The target at a position of the screen, or undefined.

@param column From 0, at the left.
@param row From 0, at the top.
*/
export const targetAt = (state: State, column: number, row: number): Target | undefined => {
	const layout = layoutOf(state);
	if (layout.isTooSmall) {
		return undefined;
	}

	if (row === state.size.rows - 1) {
		const found = footerKeys(state).find(({start, width}) => column >= start && column < start + width);
		return found && {kind: 'key', binding: found.binding};
	}

	if (state.mode === 'inspector') {
		const value = valueAt(state, column, row);
		return value === undefined ? undefined : {kind: 'value', index: value};
	}

	const position = partAt(layout, row);
	if (position === undefined || !isTableOpen(modeOf(state))) {
		return undefined;
	}

	const isOnMenu = modeOf(state).kind === 'menu' && column < menuWidth;
	switch (position.part) {
		case 'headings': {
			if (isOnMenu) {
				return undefined;
			}

			const {columns, gap} = tableFit(state);
			const found = columns.find(({start, width}) => column >= start && column < start + width + gap);
			return found && {kind: 'heading', field: found.field.id};
		}

		case 'table': {
			const entry = isOnMenu ? menuEntryAt(state, layout.table, position.line) : undefined;
			if (entry !== undefined) {
				return {kind: 'entry', index: entry};
			}

			const found = state.view?.rows.at(position.line);
			return found && {kind: 'row', row: found};
		}

		case 'header': {
			return headerTargetAt(state, column, position.line);
		}

		case 'prompt':
		case 'footer': {
			return undefined;
		}
	}
};
