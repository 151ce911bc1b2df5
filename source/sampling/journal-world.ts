import type {World} from '../fields/model/field.js';
import type {KeptNamespaces} from '../namespaces/kept.js';
import type {JournalTable} from '../table/journal-table.js';

/**
What fields read of the entries of the journal: the same as of sockets, but for the table, and for the network namespaces, which keep their names.

@param world That of the sockets.
@param entries
@param kept Absent where only one namespace is read.
*/
export const journalWorldOf = (world: World, entries: JournalTable, kept: KeptNamespaces | undefined): World => ({
	...world,
	table: entries,
	entries,
	...(kept && {
		namespace: kept.of,
		interfaceName(index, number) {
			const current = kept.current(number);
			return current === undefined ? undefined : world.interfaceName(index, current);
		},
		localPorts(number) {
			const current = kept.current(number);
			return current === undefined ? undefined : world.localPorts?.(current);
		},
	}),
});
