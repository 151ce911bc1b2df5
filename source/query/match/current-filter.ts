import {parseFilter} from '../language/parse.js';
import type {FilterProblem} from '../query.js';
import type {Lookups} from '../../names/lookups.js';
import type {ProtocolName} from '../../table/columns/protocols.js';
import {compileFilter, type CompiledFilter} from './predicate.js';

export type CurrentFilter = {
	readonly filter: CompiledFilter;
	/** Why it is not the requested one. */
	readonly problem: FilterProblem | undefined;
};

/**
Makes a function that compiles a filter if its text or the protocols shown have changed, or if it waits for a host name. If a text does not parse, the last
valid filter stays in use.
*/
export const createFilterReader = (lookups?: Lookups): ((text: string, shown?: readonly ProtocolName[]) => CurrentFilter) => {
	let last = '';
	let inUse: CurrentFilter = {filter: compileFilter(undefined), problem: undefined};
	return (text, shown = []) => {
		const request = `${shown.join(' ')}\n${text}`;
		if (request !== last || inUse.problem?.isPending) {
			last = request;
			const parsed = parseFilter(text, lookups, shown);
			inUse = 'problem' in parsed
				? {filter: inUse.filter, problem: parsed.problem}
				: {filter: compileFilter(parsed.expression), problem: undefined};
		}

		return inUse;
	};
};

/** Compiles a filter. A filter that does not parse matches all sockets. */
export const readFilter = (text: string, lookups?: Lookups, shown?: readonly ProtocolName[]): CompiledFilter => {
	const parsed = parseFilter(text, lookups, shown);
	return compileFilter('problem' in parsed ? undefined : parsed.expression);
};
