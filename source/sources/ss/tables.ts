/** Which tables `ss` has, how they are asked for, and what of them is there when a run ends well. */
import {Family} from '../../addresses/family.js';
import {domainFamilies, Protocol, protocolGroups, protocols as records, type ProtocolName} from '../../table/protocols.js';
import type {Scope} from '../../table/socket-table.js';
import {stateCount} from '../../table/states.js';
import type {Version} from './version.js';

type SsTable = {
	readonly protocols: readonly ProtocolName[];
	readonly options: readonly string[];
	/** The first version that knows the option, where it is younger than all that this program meets. */
	readonly since?: Version;
};

const tables: readonly SsTable[] = [
	{protocols: ['tcp'], options: ['-t']},
	{protocols: ['udp'], options: ['-u']},
	{protocols: protocolGroups.unix, options: ['-x']},
	{protocols: ['raw'], options: ['-w']},
	{protocols: protocolGroups.packet, options: ['-0']},
	{protocols: protocolGroups.netlink, options: ['-f', 'netlink']},
	{protocols: ['mptcp'], options: ['-M'], since: 509},
	{protocols: ['sctp'], options: ['-S'], since: 411},
	{protocols: ['dccp'], options: ['-d']},
	{protocols: protocolGroups.vsock, options: ['--vsock'], since: 414},
	{protocols: protocolGroups.tipc, options: ['--tipc'], since: 418},
	{protocols: ['xdp'], options: ['--xdp'], since: 501},
];

export type SsSelection = {
	readonly options: readonly string[];
	/** What a run shows that ends well. */
	readonly scopes: readonly Scope[];
	/** Protocols that this `ss` does not know. */
	readonly unknown: readonly ProtocolName[];
};

/** Two tables are asked for at least, so that the Netid column is there: the second may be one that nobody wants, but that has few sockets. */
const withCompanion = (options: readonly string[]): readonly string[] => {
	// UNIX, packet, VSOCK and TIPC are several tables each.
	const isSingle = options.every(option => ['-t', '-u', '-w', '-f', 'netlink', '-M', '-S', '-d', '--xdp'].includes(option))
		&& options.filter(option => option.startsWith('-')).length === 1;
	return isSingle ? [...options, options[0] === '-w' ? '-0' : '-w'] : options;
};

/** What to ask `ss` for. */
export const selectTables = (protocols: ReadonlySet<ProtocolName>, version: Version): SsSelection => {
	const known = tables.filter(({since = 0, protocols: own}) => version >= since && own.some(name => protocols.has(name)));
	const names = new Set(known.flatMap(({protocols: own}) => own.filter(name => protocols.has(name))));
	return {
		options: withCompanion(known.flatMap(({options}) => options)),
		scopes: [...names].flatMap(name => {
			const {domain} = records[Protocol[name]];
			return (domain === 'inet' ? [Family.inet, Family.inet6] : [domainFamilies[domain]])
				.map(family => ({protocol: Protocol[name], family, states: 2 ** stateCount - 1}));
		}),
		unknown: [...protocols].flatMap(name => names.has(name) ? [] : [name]),
	};
};
