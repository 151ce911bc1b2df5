/** The newest journal entries, in the free lines below the list. */
import {recentColumns} from '../../fields/registry.js';
import {withKeys} from '../keys/key-hints.js';
import {piece} from '../look/segments.js';
import type {Theme} from '../look/theme.js';
import type {Lines, State} from '../state/state.js';
import {tableFit} from '../state/table-fit.js';
import {headingSegments, rowSegments} from './rows.js';

const newestFirst = {field: 'time', descending: true} as const;

/** A title, headings and entries, at most `room` lines; empty if not even one entry fits. */
export const recentLines = (state: State, theme: Theme, room: number): Lines => {
	const {view, recent: {cells, widths}, keyTable, called} = state;
	const rows = view?.recent?.slice(0, Math.max(0, room - 2)) ?? [];
	if (rows.length === 0) {
		return [];
	}

	// Left and Right scroll only the list, so do not offer columns that do not fit.
	const fit = {
		...tableFit({
			...state, columns: recentColumns, sort: newestFirst, groups: undefined, widths, scrolled: 0,
		}),
		beyond: 0,
	};
	const width = state.size.columns;
	return [
		[piece(withKeys('  Newest in the journal – {toggleJournal} shows all', keyTable, 'table'), theme.label)],
		headingSegments(fit, {sort: newestFirst, explained: undefined}, theme, width),
		...rows.map((row, index) => rowSegments(row, cells[index], {
			fit, theme, width, isSelected: false, isTagged: false, isCalled: called.ids.has(row.about ?? row.id), words: [],
		})),
	];
};
