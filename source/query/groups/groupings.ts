/** What sockets can be grouped by. Adding a grouping is adding a record. */
import type {World} from '../../fields/model/field.js';
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

/** A grouping as it is put to use on a table; good until that changes. */
export type BoundGrouping = {
	/** The interned number of a socket's group: the same in every sample. */
	readonly numberOf: (slot: number) => number;
	/** What the group of a socket is called; foreign text. */
	readonly label: (slot: number) => string;
};

/** What the rows of a list are. */
export type RowKind = 'socket' | 'entry';

export type Grouping = {
	/** The name for `--group`. */
	readonly id: GroupingId;
	/** What the menu calls it. */
	readonly title: string;
	/** In one sentence: what is in one group. */
	readonly meaning: string;
	/** The only kind of rows that it can group; absent for both. */
	readonly only?: RowKind;
	/** Optional columns that a sample must fill for it. */
	readonly columns?: readonly OptionalColumn[];
	readonly bind: (world: World, interner: Interner, root: number) => BoundGrouping;
};

/** Listeners in the order of what distinguishes them; connections under the one that accepted them. */
const byListener: Grouping['bind'] = (world, {intern, internAll}, root) => {
	const {table} = world;
	const {core} = table;
	const listenerOf = findListeners(table);
	const words = addressWords(core).local;
	/** By slot of the listener: few. */
	const known = new Map<number, number>();
	const numberOf = (listener: number): number => {
		let number = known.get(listener);
		if (number === undefined) {
			const place = hasInetEnds(core.protocol[listener]) ? core.localPort[listener] : core.localName[listener];
			number = internAll(intern(root, core.protocol[listener] * 256 + core.family[listener]), [
				...words.subarray(listener * 4, listener * 4 + 4), place, core.interfaceIndex[listener], core.namespace[listener],
			]);
			known.set(listener, number);
		}

		return number;
	};

	const without = intern(root, 0xFF_FF_FF_FF);
	return {
		numberOf(slot) {
			const listener = listenerOf(slot);
			return listener === -1 ? without : numberOf(listener);
		},
		label(slot) {
			const listener = listenerOf(slot);
			if (listener === -1) {
				return 'no listener';
			}

			const local = findField('local')?.read(world, listener);
			return [typeof local === 'string' ? local : '', shortOwners(world, ownersOf(world, listener)) ?? ''].join(' ').trim();
		},
	};
};

/** The number of the process stands for it: of several that hold a socket, the first counts. */
const byProcess: Grouping['bind'] = (world, {intern}, root) => {
	const {owners} = world.table.core;
	/** By list of owners. */
	const known = new Map<number, number>();
	return {
		numberOf(slot) {
			let number = known.get(owners[slot]);
			if (number === undefined) {
				number = intern(root, ownersOf(world, slot).at(0)?.pid ?? 0);
				known.set(owners[slot], number);
			}

			return number;
		},
		label: slot => shortOwners(world, ownersOf(world, slot).slice(0, 1)) ?? 'no process known',
	};
};

/**
The other end's address, or its first bits. IPv4 is the same as itself mapped into IPv6.

@param ipv4Bits Bits of a network of IPv4.
@param words Words of 32 bits of a network of IPv6.
*/
const byHost = (ipv4Bits: number, words: number): Grouping['bind'] => (world, {intern}, root) => {
	const {core} = world.table;
	const {peerAddress, family, protocol} = core;
	const addresses = new DataView(peerAddress.buffer, peerAddress.byteOffset);
	const mask = ipv4Bits === 32 ? 0xFF_FF_FF_FF : ~(0xFF_FF_FF_FF >>> ipv4Bits);
	const [ipv4, ipv6, none] = [intern(root, Family.inet), intern(root, Family.inet6), intern(root, 0)];
	/** Where the address stands in the column, as IPv4 if it is that. */
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

/** By a number of the table. */
const byNumber = (read: (world: World, slot: number) => number, label: (world: World, slot: number) => string): Grouping['bind'] => (world, {intern}, root) => ({
	numberOf: slot => intern(root, read(world, slot)),
	label: slot => label(world, slot),
});

/** By a text that the cgroup of a socket decides. Texts have numbers in the order in which they came. */
const byCgroup = (id: 'unit' | 'container', none: string): Grouping['bind'] => {
	const read = (world: World, slot: number): string => {
		const text = findField(id)?.read(world, slot);
		return typeof text === 'string' ? text : '';
	};

	return (world, {intern, internAll}, root) => {
		const ids = world.table.optional('cgroupId');
		const paths = world.table.optional('cgroup');
		/** By cgroup. */
		const known = new Map<number, number>();
		return {
			numberOf(slot) {
				const path = paths?.[slot] ?? 0;
				const cgroup = path === 0 ? ids?.[slot] ?? NaN : -path;
				let number = known.get(cgroup);
				if (number === undefined) {
					number = internAll(intern(root, 0), [...read(world, slot)].map(character => character.codePointAt(0) ?? 0));
					known.set(cgroup, number);
				}

				return number;
			},
			label(slot) {
				const text = read(world, slot);
				return text === '' ? none : text;
			},
		};
	};
};

const textOf = (id: string, none: string) => (world: World, slot: number): string => {
	const text = findField(id)?.read(world, slot);
	return typeof text === 'string' ? text : none;
};

const portOf = ({table: {core}}: World, slot: number): number => hasInetEnds(core.protocol[slot]) ? core.localPort[slot] : 0;

const cgroupColumns: readonly OptionalColumn[] = ['cgroupId', 'cgroup'];

/** In the order of the menu. */
export const groupings: readonly Grouping[] = [
	{
		id: 'listener',
		title: 'Listener',
		meaning: 'Connections under the listening socket that accepted them, members of a SO_REUSEPORT group as one.',
		// The journal has no listener but those that opened or closed meanwhile.
		only: 'socket',
		bind: byListener,
	},
	{
		id: 'process', title: 'Process', meaning: 'Sockets that one process holds; of several processes the first counts.', bind: byProcess,
	},
	{
		id: 'port',
		title: 'Local port',
		meaning: 'Sockets at one local port.',
		bind: byNumber(portOf, (world, slot) => portOf(world, slot) === 0 ? 'no port' : `port ${portOf(world, slot)}`),
	},
	{
		id: 'host', title: 'Remote host', meaning: 'Connections to one address; IPv4 and its mapped form are one.', bind: byHost(32, 4),
	},
	{
		id: 'network', title: 'Remote network', meaning: 'Connections to one network: /24 of IPv4, /64 of IPv6.', bind: byHost(24, 2),
	},
	{
		id: 'state',
		title: 'State',
		meaning: 'Sockets in one state.',
		bind: byNumber(({table: {core}}, slot) => core.state[slot], ({table: {core}}, slot) => stateName(core.state[slot])),
	},
	{
		id: 'ended',
		title: 'How it ended',
		meaning: 'Entries of the journal about sockets that ended in the same way.',
		only: 'entry',
		bind: byNumber(({entries}, slot) => entries?.ended[slot] ?? 0, textOf('ended', 'no end told')),
	},
	{
		id: 'unit',
		title: 'Unit',
		meaning: 'Sockets that one service, scope or slice of systemd made.',
		columns: cgroupColumns,
		bind: byCgroup('unit', 'no unit'),
	},
	{
		id: 'container', title: 'Container', meaning: 'Sockets that one container made.', columns: cgroupColumns, bind: byCgroup('container', 'no container'),
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

/** The groupings of one kind of rows, in the order of the menu. */
export const groupingsOf = (kind: RowKind): readonly Grouping[] => groupings.filter(({only = kind}) => only === kind);

/** The grouping of one kind of rows with a name, in any case. */
export const findGrouping = (name: string, kind: RowKind): Grouping | undefined => groupingsOf(kind).find(({id}) => id === name.toLowerCase());
