import {parseFilter} from '../language/parse.js';
import type {FilterProblem} from '../query.js';
import type {Lookups} from '../../names/lookups.js';
import type {ProtocolName} from '../../table/columns/protocols.js';
import {compileFilter, type CompiledFilter} from './predicate.js';

export type CurrentFilter = {
	readonly filter: CompiledFilter;
	/** Why it is not the one that was asked for. */
	readonly problem: FilterProblem | undefined;
};

/** Compiles a filter when its text or the protocols that are shown change, or when it waits for the name of a host. A text that does not parse leaves the last good filter in force. */
export const createFilterReader = (lookups?: Lookups): ((text: string, shown?: readonly ProtocolName[]) => CurrentFilter) => {
	let last = '';
	let inForce: CurrentFilter = {filter: compileFilter(undefined), problem: undefined};
	return (text, shown = []) => {
		const asked = `${shown.join(' ')}\n${text}`;
		if (asked !== last || inForce.problem?.isPending) {
			last = asked;
			const parsed = parseFilter(text, lookups, shown);
			inForce = 'problem' in parsed
				? {filter: inForce.filter, problem: parsed.problem}
				: {filter: compileFilter(parsed.expression), problem: undefined};
		}

		return inForce;
	};
};

/** Compiles a filter. One that does not parse lets all sockets pass. */
export const readFilter = (text: string, lookups?: Lookups, shown?: readonly ProtocolName[]): CompiledFilter => {
	const parsed = parseFilter(text, lookups, shown);
	return compileFilter('problem' in parsed ? undefined : parsed.expression);
};
