/** Finds pairs of sockets that are the two ends of one connection, and selects the one whose row represents both if each connection has one row. */
import {Life} from './columns/columns.js';
import {hasInetEnds, protocolNames} from './columns/protocols.js';
import type {SampledColumns} from './columns/sampled-columns.js';
import {State} from './columns/states.js';
import type {Pairs} from './pairs.js';

/** By slot. */
export type ConnectionColumns = {
	/** The slot of the socket at the other end; -1 if there is none. */
	readonly otherEnds: Int32Array;
	/** 1 if the other end's row represents the connection. */
	readonly hidden: Uint8Array;
};

export type Connections = {
	/** The same as `otherEnd` and `isHidden`, for all sockets. */
	readonly columns: () => ConnectionColumns;
	/** The slot of the socket at the other end, if each of the two is the other's other end; -1 for all other sockets. */
	readonly otherEnd: (slot: number) => number;
	/** Whether the other end's row represents the connection. */
	readonly isHidden: (slot: number) => boolean;
	/** Whether a socket listens at the local port of a socket. */
	readonly isListenedAt: (protocol: number, port: number) => boolean;
	/** Number of sockets whose row is hidden, including closed ones that linger. */
	readonly hidden: number;
	/** Memory used, in bytes. */
	readonly bytes: number;
};

export type ConnectionOptions = {
	/** The table with the listeners. Default: the table itself. */
	readonly listeners?: () => Pick<Connections, 'isListenedAt'> | undefined;
	/** Whether two rows with swapped endpoints are equivalent. Default: always. */
	readonly isAlike?: (slot: number, other: number) => boolean;
};

const inetProtocols: readonly boolean[] = protocolNames.map((_, protocol) => hasInetEnds(protocol));

/**
Finds connections with both ends in the table. It costs nothing until the first call. The first call after a sample walks the table once, and takes five bytes per
socket. Results are valid until the next sample begins.

The row is that of the client, which is the end that is not the server: a socket listens at the server's port; else the server has the lower port, or, of two UNIX
sockets, the name. If one end has closed, the row is that of the other.
*/
export const createConnections = (table: SampledColumns & {readonly pairs: Pairs}, {listeners, isAlike}: ConnectionOptions = {}): Connections => {
	/** By slot: the other end, and 1 if its row represents both. */
	let others = new Int32Array(0);
	let hiddenFlags = new Uint8Array(0);
	let hidden = 0;
	/** Listening ports, with the protocol. */
	const ports = new Set<number>();
	/** The state of the table that the columns were filled for. */
	let sample = 0;
	let living = 0;
	let lingering = 0;

	const keyOf = (protocol: number, port: number): number => port * 256 + protocol;

	const isAtListener = (slot: number): boolean => {
		const {protocol, localPort} = table.core;
		const port = localPort[slot];
		return inetProtocols[protocol[slot]] && (listeners?.()?.isListenedAt(protocol[slot], port) ?? ports.has(keyOf(protocol[slot], port)));
	};

	/** Whether the first of two ends is the server. */
	const isServer = (slot: number, other: number): boolean => {
		const {protocol, localPort, localName, id} = table.core;
		if (!inetProtocols[protocol[slot]]) {
			const [isNamed, isOtherNamed] = [localName[slot] !== 0, localName[other] !== 0];
			return isNamed === isOtherNamed ? id[slot] > id[other] : isNamed;
		}

		const [isListenedAt, isOtherListenedAt] = [isAtListener(slot), isAtListener(other)];
		if (isListenedAt !== isOtherListenedAt) {
			return isListenedAt;
		}

		return localPort[slot] === localPort[other] ? id[slot] > id[other] : localPort[slot] < localPort[other];
	};

	const findListeners = (): void => {
		const {core: {state, life, protocol, localPort}, used} = table;
		ports.clear();
		for (let slot = 0; slot < used; slot++) {
			if (state[slot] === State.listen && (life[slot] & (Life.used | Life.closed)) === Life.used) {
				ports.add(keyOf(protocol[slot], localPort[slot]));
			}
		}
	};

	const join = (slot: number, other: number): void => {
		const [isClosed, isOtherClosed] = [table.isClosed(slot), table.isClosed(other)];
		const isSlotHidden = isClosed === isOtherClosed ? isServer(slot, other) : isClosed;
		others[slot] = other;
		others[other] = slot;
		hiddenFlags[isSlotHidden ? slot : other] = 1;
		hidden++;
	};

	const refresh = (): void => {
		if (sample === table.sample && living === table.size && lingering === table.lingering.length) {
			return;
		}

		sample = table.sample;
		living = table.size;
		lingering = table.lingering.length;
		if (others.length < table.used) {
			others = new Int32Array(table.capacity);
			hiddenFlags = new Uint8Array(table.capacity);
		}

		others.fill(-1);
		hiddenFlags.fill(0);
		hidden = 0;
		findListeners();
		const {core: {life}, pairs, used} = table;
		for (let slot = 0; slot < used; slot++) {
			if (life[slot] === 0 || others[slot] !== -1) {
				continue;
			}

			const other = pairs.otherEnd(slot, isAlike);
			if (other > slot && pairs.otherEnd(other, isAlike) === slot) {
				join(slot, other);
			}
		}
	};

	return {
		columns() {
			refresh();
			return {otherEnds: others, hidden: hiddenFlags};
		},
		otherEnd(slot) {
			refresh();
			return others[slot];
		},
		isHidden(slot) {
			refresh();
			return hiddenFlags[slot] === 1;
		},
		isListenedAt(protocol, port) {
			refresh();
			return ports.has(keyOf(protocol, port));
		},
		get hidden() {
			refresh();
			return hidden;
		},
		get bytes() {
			return others.byteLength + hiddenFlags.byteLength;
		},
	};
};
