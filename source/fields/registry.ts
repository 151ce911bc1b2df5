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
import {journalColumns, journalFields} from './records/journal.js';
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

/** Fields of one topic, under the heading that the inspector shows. */
type Group<Of> = {
	readonly title: string;
	readonly fields: readonly Of[];
	/** Only journal entries have them, sockets do not. */
	readonly isOfEntries?: true;
};

export type FieldGroup = Group<Field>;

/** All fields by topic. The inspector, menus, help and documentation list them in this order. */
const shipped: ReadonlyArray<Group<FieldRecord>> = [
	{title: 'Identity', fields: identityFields},
	{title: 'Health', fields: healthFields},
	{title: 'Queues', fields: queueFields},
	{title: 'Endpoints', fields: endpointFields},
	{title: 'Traffic', fields: trafficFields},
	{title: 'Since the mark', fields: sinceMarkFields},
	{title: 'Round trips', fields: roundTripFields},
	{title: 'Times and timer', fields: timeFields},
	{title: 'Journal', fields: journalFields, isOfEntries: true},
	{title: 'Processes', fields: processFields},
	{title: 'Peer on this machine', fields: otherEndFields},
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

/** Fills in the defaults that follow from the kind of a field. */
const complete = (record: FieldRecord): Field => ({
	align: record.kind === 'number' ? 'right' : 'left', descending: record.kind === 'number', importance: 50, ...record,
});

const groups: FieldGroup[] = [];
const all: Field[] = [];
const byName = new Map<string, Field>();

/** Adds fields to the registry: the built-in ones below, and those of a test. */
export const addFields = (group: Group<FieldRecord>): void => {
	const added = group.fields.map(record => complete(record));
	groups.push({...group, fields: added});
	all.push(...added);
	for (const field of added) {
		for (const name of [field.id, ...field.aliases ?? []]) {
			byName.set(normalizeName(name), field).set(name, field);
		}
	}
};

for (const group of shipped) {
	addFields(group);
}

/** All fields, by topic. */
export const fieldGroups: readonly FieldGroup[] = groups;

/** All fields, in the order of the topics. */
export const fields: readonly Field[] = all;

/** Ids of the columns that the live view and `list` show by default. */
export const defaultColumns: readonly string[] = [
	'protocol', 'state', 'health', 'recvQ', 'sendQ', 'local', 'peer', 'rxRate', 'txRate', 'rtt', 'age', 'process',
];

/** Ids of the columns of the newest journal entries, below the list. */
export const recentColumns: readonly string[] = journalColumns(false);

/** Finds a field by id or alias, in any case, with or without hyphens and underscores. */
export const findField = (name: string): Field | undefined => byName.get(name) ?? byName.get(normalizeName(name));

/** Suggests the field name that a misspelled one was probably meant to be, for an error message; undefined if none is close. */
export const suggestField = (name: string): string | undefined => nearestName(name, fields.flatMap(field => [field.id, ...field.aliases ?? []]));

/** Returns the error message for a name that no field has. */
export const unknownField = (name: string): string => {
	const suggestion = suggestField(name);
	return `there is no field named "${name}"${suggestion === undefined ? '; conntop help fields lists them' : `; did you mean "${suggestion}"?`}`;
};

/** Returns the optional columns that a sample must fill for these fields, so that the kernel is asked for nothing else. */
export const columnsFor = (wanted: Iterable<Field>): Set<OptionalColumn> => {
	const columns = new Set<OptionalColumn>();
	for (const field of wanted) {
		for (const column of field.columns ?? []) {
			columns.add(column);
		}
	}

	return columns;
};
