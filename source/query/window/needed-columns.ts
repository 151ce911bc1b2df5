import {columnsFor, findField} from '../../fields/registry.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {healthColumns} from '../../table/health/columns.js';
import {readFilter} from '../match/current-filter.js';
import {groupings} from '../groups/groupings.js';
import type {CompiledFilter} from '../match/predicate.js';
import type {Query, Sort} from '../query.js';
import type {Lookups} from '../../names/lookups.js';

/** The ids of the fields that decide an order. */
const sortFields = ({field, finer}: Sort): readonly string[] => [field, ...finer === undefined ? [] : sortFields(finer)];

/** The optional columns that a query needs, given its filter: those of the fields shown, of the fields sorted by, of the groupings, of the filter, and of what the summary counts. */
export const columnsWith = ({columns, sort, groups, classes, summary = []}: Query, filter: CompiledFilter): Set<OptionalColumn> => {
	const fields = [...columns, ...sortFields(sort)].map(id => findField(id)).filter(field => field !== undefined);
	const grouped = groupings.filter(({id}) => groups?.by.includes(id)).flatMap(grouping => grouping.columns ?? []);
	const counted = summary.includes('verdicts') || summary.includes('retransmits') || classes.problems === true ? healthColumns : [];
	return new Set([...columnsFor(fields), ...grouped, ...filter.columns, ...counted]);
};

/**
The optional columns that a query needs. A filter that does not parse needs none; a viewer knows better, because its last good filter is in force.

@param query
@param lookups As for `parseFilter`.
*/
export const neededColumns = (query: Query, lookups?: Lookups): Set<OptionalColumn> => columnsWith(query, readFilter(query.filter, lookups, query.classes.protocols));
