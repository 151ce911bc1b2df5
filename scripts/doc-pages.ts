/** The pages of docs/ that are made from the program's own tables. */
import fs from 'node:fs';
import type {Field, NumberUnit} from '../source/fields/model/field.js';
import {fields} from '../source/fields/registry.js';
import {members} from '../source/netlink/inet-layout.js';
import {Attribute} from '../source/netlink/inet-request.js';
import {keyLabel} from '../source/screen/keys/key-names.js';
import {bindingGroups, type Binding, type KeyTable} from '../source/screen/state/state.js';
import {optionalColumns, type OptionalColumn} from '../source/table/columns/columns.js';
import {modeNames} from '../source/screen/keys/key-table.js';
import {defaultKeyTable} from '../source/screen/controls/default-key-table.js';
import {code, notice, table} from './markdown.js';
import {withRooms} from './rooms-table.js';
import {setupPage} from './setup-page.js';

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

/** File names in docs/ and their contents. */
export const pages: ReadonlyArray<{readonly name: string; readonly text: () => string}> = [
	{name: 'keys.md', text: () => keysPage()},
	{name: 'fields.md', text: fieldsPage},
	{name: 'setup.md', text: () => setupPage()},
	{name: 'architecture.md', text: () => withRooms(fs.readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8'))},
];
