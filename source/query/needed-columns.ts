import {columnsFor, findField} from '../fields/registry.js';
import type {OptionalColumn} from '../table/columns.js';
import {parseFilter} from './parse.js';
import {compileFilter, type CompiledFilter} from './predicate.js';
import type {Query} from './query.js';

/**
The optional columns that a query needs: those of the fields shown, of the field sorted by, and of the filter.

@param query
@param filter The filter in force, when it is not that of the query.
*/
export const neededColumns = (query: Query, filter: CompiledFilter = readFilter(query.filter)): Set<OptionalColumn> => {
	const fields = [...query.columns, query.sort.field].map(id => findField(id)).filter(field => field !== undefined);
	return new Set([...columnsFor(fields), ...filter.columns]);
};

const readFilter = (text: string): CompiledFilter => {
	const parsed = parseFilter(text);
	return compileFilter('problem' in parsed ? undefined : parsed.expression);
};
