/** The pages of docs/ that are made from the program's own tables. */
import fs from 'node:fs';
import type {Field, NumberUnit} from '../source/fields/model/field.js';
import {fields} from '../source/fields/registry.js';
import {members} from '../source/netlink/inet-layout.js';
import {Attribute} from '../source/netlink/inet-request.js';
import {describeFamilies} from '../source/metrics/describe.js';
import {maxLabelSets} from '../source/metrics/label-sets.js';
import {labels} from '../source/metrics/labels.js';
import {closedEventName, recordAttributes} from '../source/metrics/otlp/closed-record.js';
import {defaultPort} from '../source/metrics/prometheus/listen-address.js';
import {keyLabel} from '../source/screen/keys/key-names.js';
import {bindingGroups, type Binding, type KeyTable} from '../source/screen/state/state.js';
import {optionalColumns, type OptionalColumn} from '../source/table/columns/columns.js';
import {modeNames} from '../source/screen/keys/key-table.js';
import {defaultKeyTable} from '../source/screen/controls/default-key-table.js';
import {code, notice, table} from './markdown.js';
import {withRooms} from './rooms-table.js';
import {serveExample, setupPage} from './setup-page.js';

/** Makes the table of keys; keys that do the same in the same places share one line. */
const keysOf = (keyTable: KeyTable, group: Binding['group']): string => {
	const alike = Map.groupBy(keyTable.bindings.filter(binding => binding.group === group), ({description, modes}) => [description, modeNames(keyTable, modes).join(', ')].join('\n'));
	return table(['Keys', 'What they do', 'Where'], [...alike].map(([what, bindings]) => [
		bindings.flatMap(binding => binding.shown === undefined ? binding.keys.map(key => code(keyLabel(key))) : [code(binding.shown)]).join(' '),
		...what.split('\n'),
	]));
};

/** Docs/keys.md: the key table. */
export const keysPage = (keyTable: KeyTable = defaultKeyTable): string => [
	'# Keys',
	notice,
	'All keys of the live view. `?` shows those that apply at the moment.',
	...bindingGroups.flatMap(group => [`## ${group}`, keysOf(keyTable, group)]),
].join('\n\n') + '\n';

const units: Readonly<Record<NumberUnit, string>> = {
	none: '', hexadecimal: 'hex text', count: 'number', segments: 'segments', bytes: 'bytes', bytesPerSecond: 'bytes/s', milliseconds: 'ms', age: 'ms',
};

const unitOf = (field: Field): string => {
	switch (field.kind) {
		case 'number': {
			return units[field.unit];
		}

		case 'text': {
			return field.isHexadecimal ? 'hex text' : 'text';
		}

		case 'owners': {
			return 'list';
		}
	}
};

/** The attribute or bit that the kernel is asked for to fill a column, where `ss` would need an option of its own. */
const askedFor: ReadonlyMap<OptionalColumn, number> = new Map(members.flatMap(({column, ask}) => ask === undefined ? [] : [[column, ask] as const]));

const attributeNames: Readonly<Record<number, string>> = {
	[Attribute.info]: '', [Attribute.vegasInfo]: 'VEGASINFO', [Attribute.congestion]: 'CONG', [Attribute.tos]: 'TOS', [Attribute.trafficClass]: 'TCLASS',
	[Attribute.skMemInfo]: 'SKMEMINFO',
};

/** Returns what a field costs while it is needed: bytes per socket in the table, and attributes that the kernel is asked for. */
const costOf = ({columns = []}: Field): string => {
	const bytes = columns.reduce((sum, column) => sum + optionalColumns[column].create(1).BYTES_PER_ELEMENT, 0);
	const asked = new Set(columns.map(column => attributeNames[askedFor.get(column) ?? Attribute.info] ?? '').filter(name => name !== ''));
	return bytes === 0 ? '' : [`${bytes} B`, ...asked].join(', ');
};

/** Docs/fields.md: the registry of fields. */
export const fieldsPage = (): string => [
	'# Fields',
	notice,
	'What conntop knows of a socket. These names are used with `--columns` and `--sort`, in filters, and as keys of JSON and CSV. Units are those of JSON and'
	+ ' CSV; filters take `50ms`, `64k` or `1MB/s`. A field that the kernel does not report is absent, never 0.',
	'“hex text” is a number in hexadecimal digits without `0x`, as `ss` prints it: the screen, JSON and CSV have the same text. Filters read it as hexadecimal, with'
	+ ' or without `0x`. Other numbers that the screen shows with `0x` (marks, type of service) are plain numbers in JSON and CSV, and filters take both forms.',
	'A field has its cost only while a shown column, the order, the filter or the inspector needs it: bytes per socket in the table, and the attribute'
	+ ' that the kernel is asked for. A sample of 100,000 TCP sockets took 113 ms on one machine, 123 with CONG, 129 with CONG and SKMEMINFO, 149 with all.',
	table(['Name', 'Also', 'Heading', 'In `ss`', 'Unit', 'Since Linux', 'Cost', 'Meaning'], fields.map(field => [
		code(field.id),
		(field.aliases ?? []).map(alias => code(alias)).join(' '),
		field.title,
		code(field.ss ?? ''),
		unitOf(field),
		field.since ?? '',
		costOf(field),
		field.meaning,
	])),
].join('\n\n') + '\n';

/** Docs/metrics.md: the registry of metrics. */
export const metricsPage = (): string => [
	'# Metrics',
	notice,
	'`conntop serve` counts what the sockets of a machine do, for Prometheus and for any other program that reads its text format or OpenMetrics, until it is'
	+ ` interrupted. \`http://127.0.0.1:${defaultPort}/metrics\` has the metrics; \`--listen\` takes another address, \`/-/ready\` says whether there are current`
	+ ' metrics, and `/-/healthy` whether conntop answers. It needs no root: without privileges, the names of processes of other users are missing, and'
	+ ' `conntop_hidden_owners` says of how many sockets. A filter chooses what is counted: `conntop serve not port 22`.',
	'There is no encryption and no password: a proxy in front of it can add both, as for other exporters. So it serves only on the loopback interface unless'
	+ ' `--listen` names another address.',
	'## What is counted',
	'Counters are exact: they are made of the kernel\'s own counters of each socket, and the kernel reports the last ones when a socket closes. So what a connection'
	+ ' does between two samples is counted, and so is a connection that no sample saw. Nothing is counted twice, and counters only grow while conntop runs. What is not'
	+ ' known is counted beside them: `conntop_dropped_events_total`, `conntop_missed_entries_total`, `conntop_hidden_owners`, `conntop_folded_label_sets`.',
	'- Of connections that existed before the start, only what they do from then on counts.\n'
	+ '- A connection in TIME-WAIT has closed.\n'
	+ '- A socket stays in the group in which it was first counted: the filter and the labels are those of that moment.\n'
	+ '- Of a connection that its own process reset (SO_LINGER of 0) before a sample saw it, the kernel reports neither peer nor bytes: it counts as opened and closed,'
	+ ' with an unknown port if it was opened here.\n'
	+ '- The duration of a connection that no sample saw is not known, except that it is shorter than the interval: it is missing from the histogram of durations.',
	'## Metrics',
	table(['Name', 'Type', 'Unit', 'Labels', 'Meaning'], describeFamilies().map(({name, type, unit, labels: names, meaning}) => [
		code(name), type, unit, names.map(label => code(label)).join(' '), meaning,
	])),
	'## Labels',
	table(['Label', 'In OpenTelemetry', 'Values'], labels.map(({name, attribute, meaning}) => [code(name), code(attribute), meaning])),
	'No label has the address of a peer, a port that the kernel chose, a process id or a cookie: each combination of values is a time series that is stored for months.'
	+ ` Values have at most 100 characters, and control characters in them are escaped. A family has at most ${maxLabelSets} combinations; what comes later is counted with`
	+ ' the value `other` in all labels, and `conntop_folded_label_sets` says how many combinations that are. Combinations are not released while conntop runs: a counter that vanished and came back would look like a restart. So the first 200 keep their place, and a restart makes room.',
	'## OpenTelemetry',
	'`--otlp http://127.0.0.1:4318` exports the same metrics by OTLP (http/protobuf), and a log record for each TCP connection that closes. Without the option, the standard'
	+ ' variables name the receiver (`OTEL_EXPORTER_OTLP_ENDPOINT` …); headers, certificates, compression and timeouts are theirs, too, and so are'
	+ ' `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_METRIC_EXPORT_INTERVAL` and `OTEL_BLRP_…`. Nothing is served then unless `--listen` is given. Names have points, and the unit stands'
	+ ' beside them: `conntop_service_sent_bytes_total` is `conntop.service.sent` in `By`.',
	'A batch of records is sent again until the receiver accepts it. Until then, up to 10,000 records wait (`OTEL_BLRP_MAX_QUEUE_SIZE`); what comes beyond, and what the'
	+ ' receiver refuses for good, is dropped, counted by `conntop_dropped_records_total` and said on standard error. Metrics that could not be exported are in the next export.',
	`The event name of a record is \`${closedEventName}\`. Its body is one line, its attributes are these; what is not known is left out.`,
	table(['Attribute', 'Meaning'], recordAttributes.map(([name, meaning]) => [code(name), meaning])),
	'## Names for peers and services',
	'Peers are grouped by their networks. Without settings these are `loopback`, `private` (also shared and link-local addresses) and `public`. The settings file'
	+ ' (`conntop help setup`) names others; of several that contain an address, the smallest network counts. Ports have their names from /etc/services unless the file'
	+ ' names them. A mistake in this part of the file keeps `serve` from starting, because wrong names would be stored.',
	`\`\`\`toml\n${serveExample}\n\`\`\``,
].join('\n\n') + '\n';

/** File names in docs/ and their contents. */
export const pages: ReadonlyArray<{readonly name: string; readonly text: () => string}> = [
	{name: 'keys.md', text: () => keysPage()},
	{name: 'fields.md', text: fieldsPage},
	{name: 'metrics.md', text: metricsPage},
	{name: 'setup.md', text: () => setupPage()},
	{name: 'architecture.md', text: () => withRooms(fs.readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8'))},
];
