/** The groupings, one record each. */
import type {FieldContext} from '../../fields/model/field.js';
import {findField} from '../../fields/registry.js';
import {ownersOf, shortOwners} from '../../fields/model/owner-text.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {findListeners} from '../../table/listener-of.js';
import {Family} from '../../addresses/family.js';
import {hasInetEnds} from '../../table/columns/protocols.js';
import {stateName} from '../../table/columns/states.js';
import {addressWords} from '../../table/swapped.js';
import {formatAddress} from '../../addresses/address.js';
import type {GroupingId} from '../query.js';
import {isMapped, mappedOffset} from '../../addresses/mapped.js';
import type {Interner} from './interner.js';

/** A grouping bound to a table; valid until the table changes. */
export type BoundGrouping = {
	/** Returns the interned number of a socket's group, which is the same in every sample. */
	readonly numberOf: (slot: number) => number;
	/** Returns the name of a socket's group, which is not escaped yet. */
	readonly label: (slot: number) => string;
	/** The number of the group of all sockets that have nothing to be grouped by: it comes last. */
	readonly without?: number;
};

/** The kind of the rows of a list. */
export type RowKind = 'socket' | 'entry';

export type Grouping = {
	/** The name for `--group`. */
	readonly id: GroupingId;
	/** The title in the menu. */
	readonly title: string;
	/** One sentence: what one group contains. */
	readonly meaning: string;
	/** The only kind of rows that it can group; absent for both. */
	readonly only?: RowKind;
	/** The optional columns that a sample must fill for it. */
	readonly columns?: readonly OptionalColumn[];
	readonly bind: (context: FieldContext, interner: Interner, root: number) => BoundGrouping;
};

/** The socket of the server, where one row stands for both ends of a connection; the socket itself otherwise. */
const serverSlot = ({table, isPerConnection}: FieldContext, slot: number): number => {
	const other = isPerConnection === true ? table.connections.otherEnd(slot) : -1;
	return other === -1 ? slot : other;
};

/** Groups listeners with the connections that they accepted. A listener is identified by protocol, family, local endpoint, interface and namespace. */
const byListener: Grouping['bind'] = (context, {intern, internAll}, root) => {
	const {table} = context;
	const {core} = table;
	const listenerOf = findListeners(table);
	const words = addressWords(core).local;
	/** By slot of the listener; there are few. */
	const known = new Map<number, number>();
	const numberOf = (listener: number): number => {
		let number = known.get(listener);
		if (number === undefined) {
			const port = hasInetEnds(core.protocol[listener]) ? core.localPort[listener] : core.localName[listener];
			number = internAll(intern(root, core.protocol[listener] * 256 + core.family[listener]), [
				...words.subarray(listener * 4, listener * 4 + 4), port, core.interfaceIndex[listener], core.namespace[listener],
			]);
			known.set(listener, number);
		}

		return number;
	};

	const without = intern(root, 0xFF_FF_FF_FF);
	return {
		without,
		numberOf(slot) {
			const listener = listenerOf(serverSlot(context, slot));
			return listener === -1 ? without : numberOf(listener);
		},
		label(slot) {
			const listener = listenerOf(serverSlot(context, slot));
			if (listener === -1) {
				return 'no listener';
			}

			const local = findField('local')?.read(context, listener);
			return [typeof local === 'string' ? local : '', shortOwners(context, ownersOf(context, listener)) ?? ''].join(' ').trim();
		},
	};
};

/** Groups by the pid of the first process that holds a socket. */
const byProcess: Grouping['bind'] = (context, {intern}, root) => {
	const {owners} = context.table.core;
	/** By list of owners. */
	const known = new Map<number, number>();
	return {
		without: intern(root, 0),
		numberOf(slot) {
			let number = known.get(owners[slot]);
			if (number === undefined) {
				number = intern(root, ownersOf(context, slot).at(0)?.pid ?? 0);
				known.set(owners[slot], number);
			}

			return number;
		},
		label: slot => shortOwners(context, ownersOf(context, slot).slice(0, 1)) ?? 'no process known',
	};
};

/** The name of the process stands for it: all processes of a program are one group. */
const byProgram: Grouping['bind'] = (context, {intern, internAll}, root) => {
	const {owners} = context.table.core;
	/** By list of owners. */
	const known = new Map<number, number>();
	const nameOf = (slot: number): string => ownersOf(context, slot).at(0)?.name ?? '';
	return {
		without: intern(root, 0),
		numberOf(slot) {
			let number = known.get(owners[slot]);
			if (number === undefined) {
				number = internAll(intern(root, 0), codePoints(nameOf(slot)));
				known.set(owners[slot], number);
			}

			return number;
		},
		label(slot) {
			const name = nameOf(slot);
			return name === '' ? 'no process known' : name;
		},
	};
};

const codePoints = (text: string): number[] => Array.from(text, character => character.codePointAt(0) ?? 0);

/**
Groups by the peer address, or by its first bits. IPv4 and IPv4-mapped IPv6 addresses are the same.

@param ipv4Bits Prefix length of an IPv4 network.
@param words Number of 32-bit words in the prefix of an IPv6 network.
*/
const byHost = (ipv4Bits: number, words: number): Grouping['bind'] => (context, {intern}, root) => {
	const {core} = context.table;
	const {peerAddress, family, protocol} = core;
	const addresses = new DataView(peerAddress.buffer, peerAddress.byteOffset);
	const mask = ipv4Bits === 32 ? 0xFF_FF_FF_FF : ~(0xFF_FF_FF_FF >>> ipv4Bits);
	const [ipv4, ipv6, none] = [intern(root, Family.inet), intern(root, Family.inet6), intern(root, 0)];
	/** Offset of the IPv4 address in the column, or -1 if the address is IPv6. */
	const ipv4At = (slot: number): number => family[slot] === Family.inet ? slot * 16 : (isMapped(peerAddress, slot * 16) ? slot * 16 + mappedOffset : -1);
	return {
		numberOf(slot) {
			if (!hasInetEnds(protocol[slot])) {
				return none;
			}

			const at = ipv4At(slot);
			if (at !== -1) {
				return intern(ipv4, addresses.getInt32(at) & mask);
			}

			let number = ipv6;
			for (let word = 0; word < words; word++) {
				number = intern(number, addresses.getInt32(slot * 16 + word * 4));
			}

			return number;
		},
		label(slot) {
			if (!hasInetEnds(protocol[slot])) {
				return 'no address';
			}

			const at = ipv4At(slot);
			const bytes = new Uint8Array(16);
			if (at !== -1) {
				new DataView(bytes.buffer).setUint32(0, addresses.getUint32(at) & mask);
				return formatAddress(bytes, 0, Family.inet) + (ipv4Bits === 32 ? '' : `/${ipv4Bits}`);
			}

			bytes.set(peerAddress.subarray(slot * 16, slot * 16 + words * 4));
			return formatAddress(bytes, 0, Family.inet6) + (words === 4 ? '' : `/${words * 32}`);
		},
	};
};

/** Groups by a number of the table. */
const byNumber = (read: (context: FieldContext, slot: number) => number, label: (context: FieldContext, slot: number) => string): Grouping['bind'] => (context, {intern}, root) => ({
	numberOf: slot => intern(root, read(context, slot)),
	label: slot => label(context, slot),
});

/** Groups by a text that the cgroup of a socket determines. */
const byCgroup = (id: 'unit' | 'container', none: string): Grouping['bind'] => {
	const read = (context: FieldContext, slot: number): string => {
		const text = findField(id)?.read(context, slot);
		return typeof text === 'string' ? text : '';
	};

	return (context, {intern, internAll}, root) => {
		const ids = context.table.optional('cgroupId');
		const paths = context.table.optional('cgroup');
		/** By cgroup. */
		const known = new Map<number, number>();
		return {
			without: intern(root, 0),
			numberOf(slot) {
				const path = paths?.[slot] ?? 0;
				const cgroup = path === 0 ? ids?.[slot] ?? NaN : -path;
				let number = known.get(cgroup);
				if (number === undefined) {
					number = internAll(intern(root, 0), codePoints(read(context, slot)));
					known.set(cgroup, number);
				}

				return number;
			},
			label(slot) {
				const text = read(context, slot);
				return text === '' ? none : text;
			},
		};
	};
};

const textOf = (id: string, none: string) => (context: FieldContext, slot: number): string => {
	const text = findField(id)?.read(context, slot);
	return typeof text === 'string' ? text : none;
};

const portOf = (context: FieldContext, slot: number): number => {
	const {core} = context.table;
	return hasInetEnds(core.protocol[slot]) ? core.localPort[serverSlot(context, slot)] : 0;
};

const cgroupColumns: readonly OptionalColumn[] = ['cgroupId', 'cgroup'];

/** All groupings, in the order of the menu. */
export const groupings: readonly Grouping[] = [
	{
		id: 'listener',
		title: 'Listener',
		meaning: 'Connections under the listening socket that accepted them; members of a SO_REUSEPORT group are one.',
		// The journal contains only listeners that opened or closed meanwhile.
		only: 'socket',
		bind: byListener,
	},
	{
		id: 'process', title: 'Process', meaning: 'Sockets that one process holds; if several hold a socket, the first one counts.', bind: byProcess,
	},
	{
		id: 'program', title: 'Program', meaning: 'Sockets of all processes with one name; of several processes the first counts.', bind: byProgram,
	},
	{
		id: 'port',
		title: 'Local port',
		meaning: 'Sockets at one local port.',
		bind: byNumber(portOf, (context, slot) => portOf(context, slot) === 0 ? 'no port' : `port ${portOf(context, slot)}`),
	},
	{
		id: 'host', title: 'Peer address', meaning: 'Connections to one peer address; an IPv4 address and its IPv4-mapped form are one.', bind: byHost(32, 4),
	},
	{
		id: 'network', title: 'Peer network', meaning: 'Connections to one peer network: /24 for IPv4, /64 for IPv6.', bind: byHost(24, 2),
	},
	{
		id: 'state',
		title: 'State',
		meaning: 'Sockets in one state.',
		bind: byNumber(({table: {core}}, slot) => core.state[slot], ({table: {core}}, slot) => stateName(core.state[slot])),
	},
	{
		id: 'ended',
		title: 'Close reason',
		meaning: 'Journal entries of sockets that closed for one reason.',
		only: 'entry',
		bind: byNumber(({entries}, slot) => entries?.ended[slot] ?? 0, textOf('ended', 'no close reason')),
	},
	{
		id: 'unit',
		title: 'Unit',
		meaning: 'Sockets created in one systemd service, scope or slice.',
		columns: cgroupColumns,
		bind: byCgroup('unit', 'no unit'),
	},
	{
		id: 'container', title: 'Container', meaning: 'Sockets created in one container.', columns: cgroupColumns, bind: byCgroup('container', 'no container'),
	},
	{
		id: 'user',
		title: 'User',
		meaning: 'Sockets of one user.',
		bind: byNumber(({table: {core}}, slot) => core.uid[slot], textOf('user', 'no user known')),
	},
	{
		id: 'namespace',
		title: 'Namespace',
		meaning: 'Sockets of one network namespace.',
		bind: byNumber(({table: {core}}, slot) => core.namespace[slot], textOf('namespace', 'own namespace')),
	},
];

/** Returns the groupings for one kind of rows, in the order of the menu. */
export const groupingsOf = (kind: RowKind): readonly Grouping[] => groupings.filter(({only = kind}) => only === kind);

/** Finds a grouping for one kind of rows by name, ignoring case. */
export const findGrouping = (name: string, kind: RowKind): Grouping | undefined => groupingsOf(kind).find(({id}) => id === name.toLowerCase());
