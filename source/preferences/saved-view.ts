/** A view: which sockets are shown, in which order, columns and groups, under a name. */
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
	{value: 'listening', meaning: 'what listens (LISTEN, UNCONN)'},
	{value: 'established', meaning: 'what is established (ESTAB)'},
] as const;

const versionOptions = [{value: 'both', meaning: 'IPv4 and IPv6'}, {value: 'ipv4', meaning: 'IPv4 only'}, {value: 'ipv6', meaning: 'IPv6 only'}] as const;

/** What a view holds: one record for each part of it. */
export const viewParts = {
	filter: text({
		title: 'Filter', meaning: 'What sockets must match, in the language of filters.', section: 'columns', byDefault: '',
	}),
	show: list({
		title: 'Show',
		meaning: 'Tables of sockets, by the names of the options: tcp, udp, unix, …',
		section: 'columns',
		of: 'table',
		entries: () => tables.map(id => ({id, title: id, meaning: `${id} sockets`})),
		find: name => tables.find(table => table === normalizeName(name)),
		mayBeEmpty: false,
		byDefault: ['tcp', 'udp'],
	}),
	state: choice<(typeof stateOptions)[number]['value']>({
		title: 'State', meaning: 'Only sockets that listen, or that are established.', section: 'columns', options: stateOptions, byDefault: 'all',
	}),
	version: choice<(typeof versionOptions)[number]['value']>({
		title: 'Version', meaning: 'Only one version of IP.', section: 'columns', options: versionOptions, byDefault: 'both',
	}),
	group: list({
		title: 'Group',
		meaning: 'What to group by, the outer level first.',
		section: 'columns',
		of: 'grouping',
		entries: () => groupingsOf('socket'),
		find: name => findGrouping(name, 'socket')?.id,
		mayBeEmpty: true,
		most: 2,
		byDefault: [],
	}),
	columns: columnList({
		title: 'Columns', meaning: 'Fields that the table shows; without them, those of the preferences.', mayBeEmpty: true, byDefault: [],
	}),
	sort: order({
		title: 'Order',
		meaning: 'What the table is sorted by, as with --sort; without it, as the preferences have it.',
		section: 'columns',
		mayBeEmpty: true,
		byDefault: '',
	}),
} as const satisfies Readonly<Record<string, Preference>>;

export type ViewPart = keyof typeof viewParts;

/** A view as it is written down. */
export type SavedView = {readonly [Part in ViewPart]: Value<(typeof viewParts)[Part]>};

export const viewPartNames = Object.keys(viewParts) as readonly ViewPart[];

/** All TCP and UDP sockets, as the preferences have them. */
export const plainView = Object.fromEntries(viewPartNames.map(part => [part, viewParts[part].byDefault])) as unknown as SavedView;

const view = (parts: Partial<SavedView>): SavedView => ({...plainView, ...parts});

/** Views that there are without a file. One of the same name in a file takes the place. */
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

/** What a view says beyond the plain one, for a file. */
export const viewEntries = (saved: SavedView): Readonly<Record<string, Value>> => Object.fromEntries(viewPartNames
	.filter(part => JSON.stringify(saved[part]) !== JSON.stringify(plainView[part]))
	.map(part => [kebabCase(part), saved[part]]));
