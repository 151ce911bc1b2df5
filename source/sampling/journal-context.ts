import type {FieldContext} from '../fields/model/field.js';
import type {KeptNamespaces} from '../namespaces/kept.js';
import type {JournalTable} from '../table/journal-table.js';

/**
The field context for entries of the journal: that of the sockets with another table, and with network namespaces that keep their names.

@param context The context of the sockets.
@param entries The table of the journal.
@param kept Absent if only one namespace is read.
*/
export const journalContextOf = (context: FieldContext, entries: JournalTable, kept: KeptNamespaces | undefined): FieldContext => ({
	...context,
	table: entries,
	entries,
	...(kept && {
		namespace: kept.of,
		interfaceName(index, number) {
			const current = kept.current(number);
			return current === undefined ? undefined : context.interfaceName(index, current);
		},
		localPorts(number) {
			const current = kept.current(number);
			return current === undefined ? undefined : context.localPorts?.(current);
		},
	}),
});
