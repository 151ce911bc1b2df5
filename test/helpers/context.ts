import type {FieldContext} from '../../source/fields/model/field.js';
import type {Owner} from '../../source/owners/owner.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {optionalColumns, type CoreColumn, type OptionalColumn} from '../../source/table/columns/columns.js';
import {Family} from '../../source/addresses/family.js';
import {domainFamilies, Protocol, protocols} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';
import {parseAddress} from '../../source/addresses/address.js';

/** A socket described by a test. Defaults: state ESTAB, protocol TCP, otherwise as in a new row. */
export type TestSocket = {
	readonly protocol?: number;
	readonly state?: number;
	/** Address and port. The family is that of the address, IPv4 by default, or the protocol's own if its endpoints are not IP addresses. */
	readonly local?: readonly [address: string, port: number];
	readonly peer?: readonly [address: string, port: number];
	readonly owners?: readonly Owner[];
	/** Names of endpoints that are not IP addresses. */
	readonly names?: Readonly<Partial<Record<'localName' | 'peerName', string>>>;
	readonly core?: Readonly<Partial<Record<CoreColumn, number>>>;
	readonly optional?: Readonly<Partial<Record<OptionalColumn, number>>>;
};

export type TestContext = FieldContext & {
	/** Adds a socket to the current sample and returns its slot. Its cookie is the number of the socket, from 1. */
	readonly add: (socket?: TestSocket) => number;
};

/** Creates a context for fields with an empty table, in its first sample at time 0. By default, all optional columns are wanted. */
export const createTestContext = (wanted: Iterable<OptionalColumn> = Object.keys(optionalColumns) as OptionalColumn[]): TestContext => {
	const table = new SocketTable();
	table.setOptionalColumns(wanted);
	table.begin(0);
	const ownerSets = createOwnerSets();
	let cookie = 0;

	const setEndpoint = (slot: number, column: 'localAddress' | 'peerAddress', [address, port]: readonly [string, number]): void => {
		const family = parseAddress(address, table.core[column], slot * 16);
		if (family === undefined) {
			throw new Error(`not an address: ${address}`);
		}

		table.core.family[slot] = family;
		table.core[column === 'localAddress' ? 'localPort' : 'peerPort'][slot] = port;
	};

	return {
		table,
		owners: ownerSets,
		userName: uid => ({0: 'root', 1000: 'ann'})[uid],
		interfaceName: index => ({1: 'lo', 2: 'eth0'})[index],
		namespace: number => ({1: {name: 'blue', inode: 4_026_531_840}})[number],
		cgroupPath: id => ({1: '/', 44: '/system.slice/nginx.service'})[id],
		add({protocol = Protocol.tcp, state = State.established, local, peer, owners, names = {}, core = {}, optional = {}} = {}) {
			const slot = table.observe(++cookie, 0);
			table.core.family[slot] = Family.inet;
			if (local) {
				setEndpoint(slot, 'localAddress', local);
			}

			if (peer) {
				setEndpoint(slot, 'peerAddress', peer);
			}

			const {domain} = protocols[protocol];
			if (domain !== 'inet' && domain !== 'smc') {
				table.core.family[slot] = domainFamilies[domain];
			}

			table.setState(slot, protocol, state);
			if (owners) {
				table.core.owners[slot] = ownerSets.intern(owners);
			}

			for (const [column, text] of Object.entries(names)) {
				table.core[column as 'localName' | 'peerName'][slot] = table.texts.intern(text);
			}

			for (const [name, value] of Object.entries(core)) {
				table.core[name as CoreColumn][slot] = value;
			}

			for (const [name, value] of Object.entries(optional)) {
				const column = table.optional(name as OptionalColumn);
				if (column) {
					column[slot] = value;
				}
			}

			return slot;
		},
	};
};
