/** The filter history in the filter line. Each function takes the state and returns the next one. */
import {addFilter} from '../../preferences/filter-list.js';
import {lineOf} from '../state/line.js';
import type {State} from '../state/state.js';
import {changeFilter} from './narrowing.js';

/** Recalls the previous (-1) or the next (1) filter of the history; after the newest comes the typed text. */
export const recallFilter = (state: State, direction: -1 | 1): State => {
	const {filterHistory, recalled, line} = state;
	const {index, typed} = recalled?.line === line ? recalled : {index: filterHistory.length, typed: line.text};
	// Skip filters equal to the line.
	const others = filterHistory.flatMap((filter, position) => filter === line.text ? [] : [position]);
	const next = direction === -1 ? others.findLast(position => position < index) : others.find(position => position > index) ?? (index < filterHistory.length ? filterHistory.length : undefined);
	if (next === undefined) {
		return {...state, notice: direction === -1 ? 'No older filter' : 'No newer filter'};
	}

	const shown = lineOf(filterHistory.at(next) ?? typed);
	return {...changeFilter(state, shown), recalled: {index: next, typed, line: shown}};
};

/** Adds the accepted filter to the history. */
export const noteFilter = (state: State): State => ({...state, filterHistory: addFilter(state.filterHistory, state.filter), recalled: undefined});
