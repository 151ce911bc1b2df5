/** Filters from before, in the filter line. Each function takes the state and gives the next one. */
import {addFilter} from '../../preferences/filter-list.js';
import {lineOf} from '../state/line.js';
import type {State} from '../state/state.js';
import {changeFilter} from './narrowing.js';

/** The filter before (-1) the one in the line, or the one after it (1); after the newest follows what was typed. */
export const recallFilter = (state: State, direction: -1 | 1): State => {
	const {filterHistory, recalled, line} = state;
	const {index, typed} = recalled?.line === line ? recalled : {index: filterHistory.length, typed: line.text};
	// What is in the line already is no other filter.
	const others = filterHistory.flatMap((filter, place) => filter === line.text ? [] : [place]);
	const next = direction === -1 ? others.findLast(place => place < index) : others.find(place => place > index) ?? (index < filterHistory.length ? filterHistory.length : undefined);
	if (next === undefined) {
		return {...state, notice: direction === -1 ? 'No older filter' : 'No newer filter'};
	}

	const shown = lineOf(filterHistory.at(next) ?? typed);
	return {...changeFilter(state, shown), recalled: {index: next, typed, line: shown}};
};

/** Notes the filter that is kept, for later. */
export const noteFilter = (state: State): State => ({...state, filterHistory: addFilter(state.filterHistory, state.filter), recalled: undefined});
