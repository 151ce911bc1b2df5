/** Scrolling the table sideways, to columns that do not fit. Each function takes the state and returns the next one. */
import type {State} from '../state/state.js';
import {tableFit} from '../state/table-fit.js';

/** Scrolls right (1) until a column appears that did not fit, or left (-1) by one column. */
export const scrollColumns = (state: State, direction: -1 | 1): State => {
	const {before, beyond, columns} = tableFit(state);
	if ((direction === -1 ? before : beyond) === 0) {
		return state;
	}

	const seen = new Set(columns.map(({field}) => field.id));
	let next: State = {...state, scrolled: before + direction};
	for (let fit = tableFit(next); direction === 1 && fit.beyond > 0 && fit.columns.every(({field}) => seen.has(field.id)); fit = tableFit(next)) {
		next = {...next, scrolled: fit.before + 1};
	}

	return next;
};
