/** A view: a named set of filter, toggles, order, columns and groups. */
import {findGrouping, groupingsOf} from '../query/groups/groupings.js';
import {protocolTables} from '../table/columns/protocols.js';
import {kebabCase, normalizeName} from '../text/spelling.js';
import type {Preference, Value} from './preference.js';
import {
	choice,
	columnList,
	list,
	order,
	text,
} from './records.js';

const tables = Object.keys(protocolTables);

const stateOptions = [
	{value: 'all', meaning: 'every state'},
	{value: 'listening', meaning: 'listening sockets (LISTEN, UNCONN)'},
	{value: 'established', meaning: 'established connections (ESTAB)'},
] as const;

const versionOptions = [{value: 'both', meaning: 'IPv4 and IPv6'}, {value: 'ipv4', meaning: 'IPv4 only'}, {value: 'ipv6', meaning: 'IPv6 only'}] as const;

const rowOptions = [
	{value: 'default', meaning: 'as the preferences have it'},
	{value: 'sockets', meaning: 'one row per socket'},
	{value: 'connections', meaning: 'one row per connection with both endpoints on this machine'},
] as const;

/** The parts of a view, one record each. */
export const viewParts = {
	filter: text({
		title: 'Filter', meaning: 'Filter that sockets must match.', section: 'columns', byDefault: '',
	}),
	show: list({
		title: 'Show',
		meaning: 'Tables of sockets, named like the options: tcp, udp, unix, …',
		section: 'columns',
		of: 'table',
		entries: () => tables.map(id => ({id, title: id, meaning: `${id} sockets`})),
		find: name => tables.find(table => table === normalizeName(name)),
		mayBeEmpty: false,
		byDefault: ['tcp', 'udp'],
	}),
	state: choice<(typeof stateOptions)[number]['value']>({
		title: 'State', meaning: 'Only listening sockets, or only established connections.', section: 'columns', options: stateOptions, byDefault: 'all',
	}),
	version: choice<(typeof versionOptions)[number]['value']>({
		title: 'Version', meaning: 'Only one version of IP.', section: 'columns', options: versionOptions, byDefault: 'both',
	}),
	rows: choice<(typeof rowOptions)[number]['value']>({
		title: 'Rows', meaning: 'One row per socket, or one per connection.', section: 'columns', options: rowOptions, byDefault: 'default',
	}),
	group: list({
		title: 'Group',
		meaning: 'Groupings, the outer level first.',
		section: 'columns',
		of: 'grouping',
		entries: () => groupingsOf('socket'),
		find: name => findGrouping(name, 'socket')?.id,
		mayBeEmpty: true,
		max: 2,
		byDefault: [],
	}),
	columns: columnList({
		title: 'Columns', meaning: 'Fields that the table shows; if missing, those of the preferences.', mayBeEmpty: true, byDefault: [],
	}),
	sort: order({
		title: 'Order',
		meaning: 'Sort order of the table, as for --sort; if missing, that of the preferences.',
		section: 'columns',
		mayBeEmpty: true,
		byDefault: '',
	}),
} as const satisfies Readonly<Record<string, Preference>>;

export type ViewPart = keyof typeof viewParts;

/** A view, with a value for each part. */
export type SavedView = {readonly [Part in ViewPart]: Value<(typeof viewParts)[Part]>};

export const viewPartNames = Object.keys(viewParts) as readonly ViewPart[];

/** The view with all defaults: all TCP and UDP sockets, columns and order of the preferences. */
export const plainView = Object.fromEntries(viewPartNames.map(part => [part, viewParts[part].byDefault])) as unknown as SavedView;

const view = (parts: Partial<SavedView>): SavedView => ({...plainView, ...parts});

/** The built-in views. A view of the same name in the file replaces one. */
export const builtInViews: ReadonlyMap<string, SavedView> = new Map([
	['all', plainView],
	['listening', view({state: 'listening', columns: ['protocol', 'state', 'recvQ', 'sendQ', 'local', 'user', 'age', 'process'], sort: 'localPort'})],
	['established', view({state: 'established', sort: 'age'})],
	['problems', view({filter: 'sick', sort: 'health'})],
	['traffic', view({state: 'established', sort: 'rxRate', columns: ['state', 'local', 'peer', 'rxRate', 'txRate', 'bytesReceived', 'bytesSent', 'rtt', 'process']})],
	['by process', view({group: ['process']})],
	['by listener', view({group: ['listener']})],
	['unix', view({show: ['unix']})],
]);

/** Returns the parts of a view that differ from the defaults, for the file. */
export const viewEntries = (saved: SavedView): Readonly<Record<string, Value>> => Object.fromEntries(viewPartNames
	.filter(part => JSON.stringify(saved[part]) !== JSON.stringify(plainView[part]))
	.map(part => [kebabCase(part), saved[part]]));
