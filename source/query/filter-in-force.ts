import {parseFilter, parseSearch} from './parse.js';
import {compileFilter, type CompiledFilter} from './predicate.js';
import type {FilterProblem} from './query.js';
import type {ServiceLookup} from './services.js';

export type FilterInForce = {
	readonly filter: CompiledFilter;
	/** Why it is not the one that was asked for. */
	readonly problem: FilterProblem | undefined;
};

/** Compiles a filter when its text changes. A text that does not parse leaves the last good filter in force. */
export const keepFilter = (services?: ServiceLookup): ((text: string) => FilterInForce) => {
	let last = '';
	let inForce: FilterInForce = {filter: compileFilter(undefined), problem: undefined};
	return text => {
		if (text !== last) {
			last = text;
			const parsed = parseFilter(text, services);
			inForce = 'problem' in parsed
				? {filter: inForce.filter, problem: parsed.problem}
				: {filter: compileFilter(parsed.expression), problem: undefined};
		}

		return inForce;
	};
};

/** Compiles a filter. One that does not parse lets all sockets pass. */
export const readFilter = (text: string, services?: ServiceLookup): CompiledFilter => {
	const parsed = parseFilter(text, services);
	return compileFilter('problem' in parsed ? undefined : parsed.expression);
};

/** Compiles what is searched for; undefined when that is nothing. What cannot be understood is found nowhere. */
export const compileSearch = (text: string, services?: ServiceLookup): CompiledFilter | undefined => {
	const parsed = parseSearch(text, services);
	return 'problem' in parsed ? {columns: new Set(), bind: () => () => false} : parsed.expression && compileFilter(parsed.expression);
};
