/** Which side of a connection a socket is, and the port of the service that it belongs to. */
import {localPortsIn} from '../fields/model/chosen-port.js';
import type {FieldContext} from '../fields/model/field.js';
import {CloseEvidence} from '../table/close-reasons.js';
import {Life, type CoreArrays} from '../table/columns/columns.js';
import {hasInetEnds, Protocol, protocolNames} from '../table/columns/protocols.js';
import {State} from '../table/columns/states.js';
import {findListeners} from '../table/listener-of.js';

export type Direction = 'inbound' | 'outbound' | 'unknown';

export type Role = {
	readonly direction: Direction;
	/** Port of the service; 0 if both ports are ephemeral. */
	readonly port: number;
	/** Slot of the listener that accepted the connection; -1 for none. */
	readonly listener: number;
};

/** Returns the name of a port, if it has one. */
export type NameOfService = (port: number, transport: string) => string | undefined;

export type Roles = {
	/** Records the listeners of a sample. Call it after each sample. */
	readonly takeListeners: (listeners: readonly number[]) => void;
	/** The role of a socket in the table; undefined if it is not a connection. */
	readonly roleOf: (slot: number) => Role | undefined;
	/** The role of the socket of a journal entry; its listener is in the table of sockets. */
	readonly roleOfEntry: (core: CoreArrays, slot: number) => Role | undefined;
};

/** Slots of listening sockets. */
export const listenersIn = ({table}: FieldContext): number[] => {
	const {core: {life, state}, used} = table;
	const slots: number[] = [];
	for (let slot = 0; slot < used; slot++) {
		if (state[slot] === State.listen && (life[slot] & (Life.used | Life.closed)) === Life.used) {
			slots.push(slot);
		}
	}

	return slots;
};

export const createRoles = (context: FieldContext, nameOfService: NameOfService): Roles => {
	const {table} = context;
	/** Ports that have had a listener, by protocol, because connections can outlive their listener. */
	const listened = new Set<number>();
	/** By port and protocol, a listener of the last sample. */
	let current: ReadonlyMap<number, number> = new Map();
	let find = (_: number): number => -1;
	let foundIn = 0;

	const listenerOf = (slot: number): number => {
		if (foundIn !== table.sample) {
			find = findListeners(table);
			foundIn = table.sample;
		}

		return find(slot);
	};

	const keyOf = (protocol: number, port: number): number => protocol * 0x1_00_00 + port;

	/** Whether a socket is or was one end of a connection. An aborted socket that no sample saw before has no peer. */
	const isConnection = ({protocol, peerPort, state, closeEvidence}: CoreArrays, slot: number): boolean =>
		hasInetEnds(protocol[slot]) && state[slot] !== State.listen
		&& (peerPort[slot] !== 0 || (protocol[slot] === Protocol.tcp && closeEvidence[slot] === CloseEvidence.disconnected));

	/** The role of a socket without a known listener. */
	const roleByPorts = ({protocol: protocols, localPort, peerPort, namespace}: CoreArrays, slot: number): Omit<Role, 'listener'> => {
		const protocol = protocols[slot];
		const [local, peer] = [localPort[slot], peerPort[slot]];
		const {from, to} = localPortsIn(context, namespace[slot]);
		const isEphemeral = (port: number): boolean => port >= from && port <= to;
		const isService = (port: number): boolean => listened.has(keyOf(protocol, port));
		const inbound = {direction: 'inbound', port: local} as const;
		const outbound = {direction: 'outbound', port: peer} as const;
		const unknown = {direction: 'unknown', port: 0} as const;
		if (peer === 0) {
			return isService(local) ? inbound : unknown;
		}

		if (isEphemeral(local)) {
			// The kernel chose the local port, so this side opened the connection, unless a listener has such a port.
			return !isEphemeral(peer) || isService(peer) ? outbound : (isService(local) ? inbound : unknown);
		}

		if (isService(local) || isEphemeral(peer)) {
			return inbound;
		}

		// A program chose the local port, as NFS clients do; or the listener has closed, and the peer's machine has another port range.
		const [isLocalNamed, isPeerNamed] = [local, peer].map(port => nameOfService(port, protocolNames[protocol]) !== undefined);
		return isLocalNamed === isPeerNamed ? unknown : (isPeerNamed ? outbound : inbound);
	};

	return {
		takeListeners(listeners) {
			const {core} = table;
			current = new Map(listeners.filter(slot => hasInetEnds(core.protocol[slot])).map(slot => [keyOf(core.protocol[slot], core.localPort[slot]), slot]));
			for (const key of current.keys()) {
				listened.add(key);
			}
		},
		roleOf(slot) {
			const {core} = table;
			if (!isConnection(core, slot)) {
				return undefined;
			}

			const listener = listenerOf(slot);
			return listener === -1 ? {...roleByPorts(core, slot), listener} : {direction: 'inbound', port: core.localPort[slot], listener};
		},
		roleOfEntry(core, slot) {
			if (!isConnection(core, slot)) {
				return undefined;
			}

			const role = roleByPorts(core, slot);
			return {...role, listener: role.direction === 'inbound' ? current.get(keyOf(core.protocol[slot], role.port)) ?? -1 : -1};
		},
	};
};

/** Returns a function that names ports: from the settings file, then from /etc/services. MPTCP uses the names of TCP. */
export const createServiceNaming = (
	named: ReadonlyArray<{readonly name: string; readonly port: number; readonly transport?: string}>, ofMachine: NameOfService,
): NameOfService => {
	const names = new Map<string, string>();
	for (const {name, port, transport = ''} of named) {
		names.set(`${port}/${transport}`, name);
	}

	return (port, transport) => {
		const protocol = transport === 'mptcp' ? 'tcp' : transport;
		return names.get(`${port}/${protocol}`) ?? names.get(`${port}/`) ?? ofMachine(port, protocol);
	};
};
