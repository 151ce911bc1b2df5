import {nearestName} from '../text/nearest.js';
import type {OptionalColumn} from '../table/columns/columns.js';
import {protocolTables} from '../table/columns/protocols.js';
import {normalizeName} from '../text/spelling.js';
import {agreementFields} from './records/agreements.js';
import {algorithmFields} from './records/algorithms.js';
import {cgroupFields} from './records/cgroups.js';
import {congestionFields} from './records/congestion.js';
import {endpointFields} from './records/endpoints.js';
import {explicitCongestionFields} from './records/explicit-congestion.js';
import {otherEndFields} from './records/other-ends.js';
import type {Field, FieldRecord} from './model/field.js';
import {familyFields} from './records/families.js';
import {healthFields} from './records/health.js';
import {identityFields} from './records/identity.js';
import {journalFields} from './records/journal.js';
import {memoryFields} from './records/memory.js';
import {multipathFields} from './records/multipath.js';
import {namespaceFields} from './records/namespaces.js';
import {ofProtocols} from './model/of-protocols.js';
import {processFields} from './records/processes.js';
import {queueFields} from './records/queues.js';
import {roundTripFields} from './records/round-trips.js';
import {segmentFields} from './records/segments.js';
import {sctpFields} from './records/sctp.js';
import {settingFields} from './records/settings.js';
import {sinceMarkFields} from './records/since-mark.js';
import {smcFields} from './records/smc.js';
import {timeFields} from './records/times.js';
import {trafficFields} from './records/traffic.js';
import {upperProtocolFields} from './records/upper-protocols.js';

/** Fields with one theme, under the heading that the inspector gives them. */
type Group<Of> = {
	readonly title: string;
	readonly fields: readonly Of[];
	/** Entries of the journal have them, and no socket. */
	readonly isOfEntries?: true;
};

export type FieldGroup = Group<Field>;

/** All that conntop knows of a socket, by theme. Inspector, menus, help and documentation list it in this order. */
const shipped: ReadonlyArray<Group<FieldRecord>> = [
	{title: 'Identity', fields: identityFields},
	{title: 'Health', fields: healthFields},
	{title: 'Queues', fields: queueFields},
	{title: 'Ends', fields: endpointFields},
	{title: 'Traffic', fields: trafficFields},
	{title: 'Since the mark', fields: sinceMarkFields},
	{title: 'Round trips', fields: roundTripFields},
	{title: 'Times and timer', fields: timeFields},
	{title: 'Journal', fields: journalFields, isOfEntries: true},
	{title: 'Processes', fields: processFields},
	{title: 'Far end', fields: otherEndFields},
	{title: 'Cgroup', fields: cgroupFields},
	{title: 'Namespace', fields: namespaceFields},
	{title: 'Congestion control', fields: [...congestionFields, ...algorithmFields]},
	{title: 'Segments and losses', fields: segmentFields},
	{title: 'Explicit congestion notification', fields: explicitCongestionFields},
	{title: 'Agreed with the peer', fields: agreementFields},
	{title: 'Memory', fields: memoryFields},
	{title: 'Options', fields: settingFields},
	{title: 'Upper protocols', fields: upperProtocolFields},
	{title: 'Family', fields: familyFields},
	{title: 'MPTCP', fields: ofProtocols(protocolTables.mptcp, multipathFields)},
	{title: 'SCTP', fields: ofProtocols(protocolTables.sctp, sctpFields)},
	{title: 'SMC', fields: ofProtocols(protocolTables.smc, smcFields)},
];

/** A record with all that follows from the kind of its values. */
const complete = (record: FieldRecord): Field => ({
	align: record.kind === 'number' ? 'right' : 'left', descending: record.kind === 'number', importance: 50, ...record,
});

const groups: FieldGroup[] = [];
const all: Field[] = [];
const byName = new Map<string, Field>();

/** Adds fields to the registry: those of conntop below, and a test's own. */
export const addFields = (group: Group<FieldRecord>): void => {
	const added = group.fields.map(record => complete(record));
	groups.push({...group, fields: added});
	all.push(...added);
	for (const field of added) {
		for (const name of [field.id, ...field.aliases ?? []]) {
			byName.set(normalizeName(name), field);
		}
	}
};

for (const group of shipped) {
	addFields(group);
}

/** All fields, by theme. */
export const fieldGroups: readonly FieldGroup[] = groups;

/** All fields, in the order of the themes. */
export const fields: readonly Field[] = all;

/** Ids of the columns that the live view and `list` show unless told otherwise. */
export const defaultColumns: readonly string[] = [
	'protocol', 'state', 'health', 'recvQ', 'sendQ', 'local', 'peer', 'rxRate', 'txRate', 'rtt', 'age', 'process',
];

/** The field with this id or alias, in any case, with or without hyphens and underscores. */
export const findField = (name: string): Field | undefined => byName.get(normalizeName(name));

/** The name of a field that a wrong one was probably meant to be, for an error message; undefined when none is near. */
export const suggestField = (name: string): string | undefined => nearestName(name, fields.flatMap(field => [field.id, ...field.aliases ?? []]));

/** What to say of a name that no field has. */
export const unknownField = (name: string): string => {
	const suggestion = suggestField(name);
	return `there is no field named "${name}"${suggestion === undefined ? '; docs/fields.md lists them' : `; did you mean "${suggestion}"?`}`;
};

/** The optional columns that a sample must fill for these fields, so that nothing is asked of the kernel that nobody looks at. */
export const columnsFor = (wanted: Iterable<Field>): Set<OptionalColumn> => {
	const columns = new Set<OptionalColumn>();
	for (const field of wanted) {
		for (const column of field.columns ?? []) {
			columns.add(column);
		}
	}

	return columns;
};
