import {agreementFields} from '../fields/records/agreements.js';
import {algorithmFields} from '../fields/records/algorithms.js';
import {congestionFields} from '../fields/records/congestion.js';
import {explicitCongestionFields} from '../fields/records/explicit-congestion.js';
import {memoryFields} from '../fields/records/memory.js';
import {findField, unknownField} from '../fields/registry.js';
import {roundTripFields} from '../fields/records/round-trips.js';
import {segmentFields} from '../fields/records/segments.js';
import {upperProtocolFields} from '../fields/records/upper-protocols.js';
import type {Field} from '../fields/model/field.js';
import {createSystemLookups} from '../engine/lookups.js';
import type {NameKinds} from '../names/names.js';
import type {Expression} from '../query/language/expression.js';
import {findGrouping, groupingsOf, type Grouping} from '../query/groups/groupings.js';
import type {Lookups} from '../names/lookups.js';
import {parseFilter} from '../query/language/parse.js';
import {protocolsIn} from '../query/match/protocols-in.js';
import {defaultSort, readSort} from '../preferences/sort-text.js';
import type {Classes, Sort} from '../query/query.js';
import type {SourceChoice} from '../sampling/open-source.js';
import {Family} from '../addresses/family.js';
import {
	defaultProtocols,
	protocolNames,
	protocolTables,
	type ProtocolName,
} from '../table/columns/protocols.js';
import {State} from '../table/columns/states.js';
import {escapeText} from '../text/escape.js';
import {textWidth} from '../text/width.js';
import {readChoice} from './source-choice.js';
import {readTableList} from './ss-options.js';
import {UsageError} from './usage-error.js';

/** Options that select socket tables. */
type TableOption = keyof typeof protocolTables;

const tableOptions = Object.keys(protocolTables) as readonly TableOption[];

/** Parsed command-line options. Single letters mean the same as in `ss`. */
export type Options = Partial<Readonly<Record<TableOption, boolean>>> & {
	readonly ipv4?: boolean;
	readonly ipv6?: boolean;
	readonly listening?: boolean;
	/** Only set by views; on the command line, the filter has a word for it. */
	readonly established?: boolean;
	readonly all?: boolean;
	readonly numeric?: boolean;
	readonly resolve?: boolean;
	readonly processes?: boolean;
	readonly options?: boolean;
	readonly extended?: boolean;
	readonly memory?: boolean;
	readonly info?: boolean;
	readonly tos?: boolean;
	readonly cgroup?: boolean;
	readonly inetSockopt?: boolean;
	readonly header?: boolean;
	readonly interval?: string;
	readonly sort?: string;
	readonly columns?: string;
	readonly group?: string;
	/** One row per connection. */
	readonly connections?: boolean;
	readonly source?: string;
	readonly input?: string;
	/** A moment of the recording that `input` names. */
	readonly at?: string;
	readonly net?: string;
	readonly allNamespaces?: boolean;
	readonly json?: boolean;
	readonly csv?: boolean;
	readonly verbose?: boolean;
	readonly yes?: boolean;
	/** Begin and end of a time span in a recording; for `record`, `to` is the folder to write to. */
	readonly from?: string;
	readonly to?: string;
	/** The moments to compare. */
	readonly moments?: readonly string[];
	readonly keep?: string;
	readonly maxSize?: string;
	/** Where `serve` serves metrics. */
	readonly listen?: string;
	/** Where `serve` exports to. */
	readonly otlp?: string;
	/** Whether `serve` records, too. */
	readonly record?: boolean;
	readonly printMetrics?: boolean;
	/** Options of `ss` that are commands here. */
	readonly summary?: boolean;
	readonly events?: boolean;
	readonly kill?: boolean;
	readonly ascii?: boolean;
	/** Tables as in `ss -A`, separated by commas. */
	readonly query?: string;
	/** The same as `query`, by its other name. */
	readonly socket?: string;
	/** False with `--no-queues`. */
	readonly queues?: boolean;
	readonly readOnly?: boolean;
	readonly screenReader?: boolean;
	readonly theme?: string;
	readonly view?: string;
	/** The settings file; `false` with `--no-config`. */
	readonly config?: string | boolean;
	/** False with `--no-mouse`. */
	readonly mouse?: boolean;
};

/** The validated options. */
export type Settings = {
	readonly filter: string;
	/** Resolves names in the filter. */
	readonly lookups: Lookups;
	readonly classes: Classes;
	/** Fields named with `--columns`. */
	readonly columns?: readonly Field[];
	/** Fields that `-o -e -m -i`, `--tos`, `--cgroup`, `--inet-sockopt` and `--all-namespaces` add. */
	readonly details: readonly Field[];
	readonly sort: Sort;
	/** Levels of grouping; empty for a flat list. */
	readonly groups: readonly Grouping[];
	/** One row for each connection with both ends on this machine. */
	readonly connections: boolean;
	/** Milliseconds. */
	readonly interval: number;
	readonly choice: SourceChoice;
	/** Which names to show instead of numbers; absent for none. */
	readonly names?: NameKinds;
	/** Whether to print exact numbers instead of rounded ones with units. */
	readonly exact: boolean;
	readonly header: boolean;
	/** Whether the default columns include the queues. */
	readonly queues: boolean;
	/** Whether to report what the kernel filtered. */
	readonly verbose: boolean;
};

const minInterval = 0.1;
const maxInterval = 3600;

type DetailOption = 'options' | 'extended' | 'memory' | 'info' | 'tos' | 'cgroup' | 'inetSockopt' | 'allNamespaces';

/** Fields from TCP's internal state, in the order of the inspector. */
const infoFields = [
	...roundTripFields,
	...congestionFields,
	...algorithmFields,
	...agreementFields,
	...segmentFields,
	...explicitCongestionFields,
	...upperProtocolFields,
];

const detailFields: ReadonlyArray<{readonly option: DetailOption; readonly ids: readonly string[]}> = [
	{option: 'options', ids: ['timer']},
	{option: 'extended', ids: ['user', 'inode', 'cookie', 'mark', 'cgroup', 'v6Only', 'shutdown']},
	{option: 'tos', ids: ['tos', 'trafficClass', 'classId']},
	{option: 'cgroup', ids: ['cgroup', 'unit', 'container', 'pod']},
	{option: 'allNamespaces', ids: ['namespace']},
	{option: 'inetSockopt', ids: ['socketOptions']},
	{option: 'memory', ids: memoryFields.map(field => field.id)},
	{option: 'info', ids: infoFields.map(field => field.id)},
];

/**
Validates the options and converts them to settings.

@param lookups Resolves names in the filter; hosts may be `pending`.
@throws UsageError for an invalid option or filter.
*/
export const readOptions = (options: Options, filterWords: readonly string[], lookups: Lookups = createSystemLookups()): Settings => ({
	filter: filterWords.join(' '),
	lookups,
	classes: readClasses(options, readFilter(filterWords.join(' '), lookups, namedProtocols(options))),
	...columnsOf(options),
	details: [...new Set(detailFields.filter(({option}) => options[option]).flatMap(({ids}) => ids.map(id => fieldNamed(id))))],
	sort: readOrder(options.sort),
	groups: readGroups(options.group),
	connections: options.connections ?? false,
	interval: readInterval(options.interval),
	choice: readChoice(options),
	...(options.resolve && {names: {hosts: true, services: !options.numeric}}),
	exact: options.numeric ?? false,
	header: options.header ?? true,
	queues: options.queues ?? true,
	verbose: options.verbose ?? false,
});

const columnsOf = ({columns}: Options): Pick<Settings, 'columns'> => columns === undefined ? {} : {columns: readColumns(columns)};

/** Returns a field by any of its names. */
const fieldNamed = (name: string): Field => {
	const field = findField(name);
	if (field === undefined) {
		throw new UsageError(unknownField(name));
	}

	return field;
};

/** Parses the filter; undefined while a host name is still being resolved. */
const readFilter = (text: string, lookups: Lookups, shown: readonly ProtocolName[]): Expression | undefined => {
	const result = parseFilter(text, lookups, shown);
	if (!('problem' in result)) {
		return result.expression;
	}

	if (!result.problem.isPending) {
		const {message, start, end} = result.problem;
		const [before, wrong] = [text.slice(0, start), text.slice(start, end)].map(part => textWidth(escapeText(part)));
		throw new UsageError(message, [`  ${escapeText(text)}`, `  ${' '.repeat(before)}${'^'.repeat(Math.max(1, wrong))}`]);
	}

	return undefined;
};

/** The protocols that options select; empty if none does. */
export const namedProtocols = (options: Options): readonly ProtocolName[] => {
	const {query, socket} = options;
	const lists = [query, socket].filter(list => list !== undefined);
	const listed = lists.length === 0 ? [] : readTableList(lists.join(','));
	const named = new Set<ProtocolName>([...tableOptions.filter(option => options[option]).flatMap(option => protocolTables[option]), ...listed]);
	return protocolNames.filter(name => named.has(name));
};

const readClasses = (options: Options, filter: Expression | undefined): Classes => {
	const {ipv4, ipv6, listening, established, all} = options;
	const protocols = namedProtocols(options);
	const families = [...(ipv4 ? [Family.inet] : []), ...(ipv6 ? [Family.inet6] : [])];
	return {
		protocols: protocols.length === 0 ? tablesFor(filter, columnsOf(options).columns) : protocols,
		families,
		states: all ? [] : [...(listening ? [State.listen, State.unconnected] : []), ...(established ? [State.established] : [])],
	};
};

/** The default protocols: TCP and UDP, and those that the filter or the columns need. */
const tablesFor = (filter: Expression | undefined, columns: readonly Field[] = []): readonly ProtocolName[] => {
	const ofColumns = columns.flatMap(({protocols}) => protocols ?? []);
	const named = new Set<ProtocolName>([...defaultProtocols, ...ofColumns, ...filter === undefined ? [] : protocolsIn(filter)]);
	return protocolNames.filter(name => named.has(name));
};

const readColumns = (text: string): readonly Field[] => {
	const names = text.split(',').map(name => name.trim());
	if (names.includes('')) {
		throw new UsageError(`--columns takes field names separated by commas, such as "state,local,peer,rtt"; got "${text}"`);
	}

	return names.map(name => fieldNamed(name));
};

const maxGroupings = 2;

const readGroups = (text: string | undefined): readonly Grouping[] => {
	const names = text === undefined ? [] : text.split(',').map(name => name.trim());
	const found = names.map(name => {
		const grouping = findGrouping(name, 'socket');
		if (grouping === undefined) {
			throw new UsageError(`--group takes ${groupingsOf('socket').map(({id}) => id).join(', ')}; got "${name}"`);
		}

		return grouping;
	});
	if (found.length > maxGroupings || new Set(found).size < found.length) {
		throw new UsageError(`--group takes one name, or two different names separated by a comma; got "${text}"`);
	}

	return found;
};

const readOrder = (text = defaultSort): Sort => {
	const sort = readSort(text, '--sort');
	if (typeof sort === 'string') {
		throw new UsageError(sort);
	}

	return sort;
};

const readInterval = (text = '1'): number => {
	const seconds = text.trim() === '' ? NaN : Number(text);
	if (!(seconds >= minInterval && seconds <= maxInterval)) {
		throw new UsageError(`--interval takes seconds from ${minInterval} to ${maxInterval}; got "${text}"`);
	}

	return seconds * 1000;
};
