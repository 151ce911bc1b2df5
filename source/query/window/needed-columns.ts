import {columnsFor, findField} from '../../fields/registry.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {healthColumns} from '../../table/health/columns.js';
import {readFilter} from '../match/current-filter.js';
import {groupings} from '../groups/groupings.js';
import type {CompiledFilter} from '../match/predicate.js';
import type {Query, Sort} from '../query.js';
import type {Lookups} from '../../names/lookups.js';

/** Returns the ids of the fields that an order uses. */
const sortFields = ({field, finer}: Sort): readonly string[] => [field, ...finer === undefined ? [] : sortFields(finer)];

/**
Returns the optional columns that a query needs, given its compiled filter: those of the fields shown and sorted by, of the groupings, of the filter, and of
what the summary counts.
*/
export const columnsWith = ({columns, sort, groups, classes, summary = []}: Query, filter: CompiledFilter): Set<OptionalColumn> => {
	const fields = [...columns, ...sortFields(sort)].map(id => findField(id)).filter(field => field !== undefined);
	const grouped = groupings.filter(({id}) => groups?.by.includes(id)).flatMap(grouping => grouping.columns ?? []);
	const counted = summary.includes('healthProblems') || summary.includes('retransmits') || classes.problems === true ? healthColumns : [];
	return new Set([...columnsFor(fields), ...grouped, ...filter.columns, ...counted]);
};

/**
Returns the optional columns that a query needs. A filter that does not parse needs none here; a viewer uses its last valid filter instead.

@param lookups As for `parseFilter`.
*/
export const neededColumns = (query: Query, lookups?: Lookups): Set<OptionalColumn> => columnsWith(query, readFilter(query.filter, lookups, query.classes.protocols));
