/** The arguments for `ss`: the tables it can list, the options for a sample, and the scopes that a successful run covers. */
import {Family} from '../../addresses/family.js';
import {memoryColumns, type OptionalColumn} from '../../table/columns/columns.js';
import {
	domainFamilies,
	Protocol,
	protocolGroups,
	protocols as records,
	type ProtocolName,
} from '../../table/columns/protocols.js';
import type {Scope} from '../../table/identified-sockets.js';
import {stateCount} from '../../table/columns/states.js';
import type {Version} from './version.js';

type SsTable = {
	readonly protocols: readonly ProtocolName[];
	readonly options: readonly string[];
	/** Whether this table alone makes `ss` print the Netid column, because it holds several protocols. */
	readonly hasNetid?: boolean;
	/** The first version with the option, if newer than the oldest supported version. */
	readonly since?: Version;
};

const tables: readonly SsTable[] = [
	{protocols: ['tcp'], options: ['-t']},
	{protocols: ['udp'], options: ['-u']},
	{protocols: protocolGroups.unix, options: ['-x'], hasNetid: true},
	{protocols: ['raw'], options: ['-w']},
	{protocols: protocolGroups.packet, options: ['-0'], hasNetid: true},
	{protocols: protocolGroups.netlink, options: ['-f', 'netlink']},
	{protocols: ['mptcp'], options: ['-M'], since: 509},
	{protocols: ['sctp'], options: ['-S'], since: 409},
	{protocols: ['dccp'], options: ['-d']},
	{
		protocols: protocolGroups.vsock, options: ['--vsock'], hasNetid: true, since: 415,
	},
	{
		protocols: protocolGroups.tipc, options: ['--tipc'], hasNetid: true, since: 417,
	},
	{protocols: ['xdp'], options: ['--xdp'], since: 501},
];

export type SsSelection = {
	readonly options: readonly string[];
	/** The scopes that a successful run lists. */
	readonly scopes: readonly Scope[];
	/** Protocols that this `ss` does not support. */
	readonly unknown: readonly ProtocolName[];
};

/** Selects the tables to request from `ss`. */
export const selectTables = (protocols: ReadonlySet<ProtocolName>, version: Version): SsSelection => {
	const known = tables.filter(({since = 0, protocols: own}) => version >= since && own.some(name => protocols.has(name)));
	const names = new Set(known.flatMap(({protocols: own}) => own.filter(name => protocols.has(name))));
	const options = known.flatMap(table => table.options);
	// The Netid column needs a second table: add one that has few sockets.
	const companion = known.length === 1 && !known[0].hasNetid ? [options[0] === '-w' ? '-0' : '-w'] : [];
	return {
		options: [...options, ...companion],
		scopes: [...names].flatMap(name => {
			const {domain} = records[Protocol[name]];
			return (domain === 'inet' ? [Family.inet, Family.inet6] : [domainFamilies[domain]])
				.map(family => ({protocol: Protocol[name], family, states: 2 ** stateCount - 1}));
		}),
		unknown: [...protocols].flatMap(name => names.has(name) ? [] : [name]),
	};
};

/** The columns that `--tos` fills. */
const tosColumns = ['tos', 'trafficClass', 'classId'] as const satisfies readonly OptionalColumn[];

/** The columns that `-b` fills. */
const filterColumns = ['packetFilter', 'packetFilterLength'] as const satisfies readonly OptionalColumn[];

/**
The arguments for one sample.

`--cgroup` is not included: `-e` prints the cgroup as well, and before the shutdown mark, which shows where the path ends.

`-p` is included even if processes are not wanted: from 6.8 on, the column with all details is hidden without it.

@param tableOptions Options for the tables. They must make `ss` print the Netid column.
*/
export const ssArguments = (version: Version, columns: ReadonlySet<OptionalColumn>, tableOptions: readonly string[] = ['-t', '-u']): string[] => [
	'-H',
	'-n',
	'-a',
	...tableOptions,
	'-e',
	'-i',
	'-o',
	// Also prints the drops of listeners and datagram sockets.
	...(columns.has('healthProblem') || memoryColumns.some(column => columns.has(column)) ? ['-m'] : []),
	...(version >= 500 && tosColumns.some(column => columns.has(column)) ? ['--tos'] : []),
	// Works only with CAP_NET_ADMIN.
	...(filterColumns.some(column => columns.has(column)) ? ['-b'] : []),
	...(version >= 510 && columns.has('socketOptions') ? ['--inet-sockopt'] : []),
	'-p',
	// One line for each socket. Older versions put the details on a second line that starts with a tab.
	...(version >= 502 ? ['-O'] : []),
];
