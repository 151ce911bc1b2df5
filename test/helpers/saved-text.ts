/** Reads a saved text of `ss` and describes the result. */
import type {Owner} from '../../source/owners/owner.js';
import {createServiceLookup} from '../../source/names/service-table.js';
import {createInputSource, recognizeInput} from '../../source/sources/input/open-input.js';
import type {SampleReport, Source} from '../../source/sources/source.js';
import {protocolNames} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {
	allColumns,
	describe,
	optionalOf,
	slotsOf,
} from './ss-replay.js';

export type SavedReading = {
	readonly source: Source;
	readonly table: SocketTable;
	readonly report: SampleReport;
	readonly ownersOf: (slot: number) => readonly Owner[];
	/** The result of `describe` for each socket, in order. */
	readonly lines: readonly string[];
	/** The same with all optional columns. */
	readonly everything: readonly string[];
};

const textColumns: ReadonlySet<string> = new Set(['cgroup', 'congestion', 'ulp', 'pendingConnections', 'netlinkGroups']);

/** The optional columns of a socket, with texts instead of interned numbers. */
const optionalText = (table: SocketTable, slot: number): string => JSON.stringify(Object.fromEntries(Object.entries(optionalOf(table, slot))
	.map(([column, value]) => [column, textColumns.has(column) ? table.texts.of(value) : value])));

/** Opens a text, given as a string or bytes, and takes one sample with all columns of all protocols. */
export const readSaved = async (text: string | Uint8Array): Promise<SavedReading> => {
	const lists: Array<readonly Owner[]> = [[]];
	const table = new SocketTable();
	table.setOptionalColumns(allColumns);
	const owners = {
		intern(list: readonly Owner[]) {
			lists.push(list);
			return lists.length - 1;
		},
	};
	const findService = createServiceLookup('gridftp 2811/tcp\nbbs 7000/tcp\nbbs 7000/udp\nboth 1/tcp\nboth 2/udp\n');
	const given = {content: typeof text === 'string' ? new TextEncoder().encode(text) : text, label: 'ss.txt', file: 'ss.txt'};
	const source = createInputSource(table, owners, recognizeInput(given, findService));
	table.begin(1000);
	const report = await source.sample(table, {columns: allColumns, protocols: new Set(protocolNames)});
	table.end(report.complete);
	const ownersOf = (slot: number): readonly Owner[] => lists[table.core.owners[slot]];
	const slots = slotsOf(table);
	const line = (slot: number): string => describe({table, ownersOf}, slot);
	return {
		source, table, report, ownersOf, lines: slots.map(slot => line(slot)).toSorted(), everything: slots.map(slot => `${line(slot)} ${optionalText(table, slot)}`).toSorted(),
	};
};
