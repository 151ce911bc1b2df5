import type {FieldContext} from '../../fields/model/field.js';
import type {Query} from '../query.js';
import type {Lookups} from '../../names/lookups.js';
import {compileClasses} from './classes.js';
import {readFilter} from './current-filter.js';
import {compilePort} from './port-filter.js';
import type {Binder} from './binder.js';
import type {CompiledFilter} from './predicate.js';
import {filterConnections} from './either-end.js';
import {bindJournal} from './journal-entries.js';
import {bindMark} from './shown-since-mark.js';
import {
	intersection,
	predicateOf,
	filterBy,
	type SlotPredicate,
} from './selection-filter.js';
import {withNamedProtocols} from './wanted-protocols.js';

/** Compiles everything that decides which sockets a query shows, given its compiled filter. */
export const compileQuery = (query: Pick<Query, 'classes' | 'port' | 'mark' | 'journal' | 'connections'>, filter: CompiledFilter): Binder => {
	const {classes, port, mark, journal, connections} = query;
	const binders = [compileClasses(withNamedProtocols(classes, filter)), compilePort(port)].filter(bind => bind !== undefined);
	return context => {
		const shown = [bindMark(mark, context.table), journal && bindJournal(journal, context.entries)].filter(isShown => isShown !== undefined);
		const all = intersection([...binders.map(bind => bind(context.table)), ...shown.map(isShown => filterBy(isShown)), filter.bind(context)]);
		return connections === true ? filterConnections(context.table.connections.columns(), all) : all;
	};
};

/**
Returns a predicate that tells whether a query shows a socket; valid until the table changes. A filter that does not parse hides nothing.

@param lookups As for `parseFilter`.
*/
export const matcherOf = (query: Query, context: FieldContext, lookups?: Lookups): SlotPredicate => predicateOf(compileQuery(query, readFilter(query.filter, lookups, query.classes.protocols))(context));
