/**
Finds the row of a socket that has another cookie now.

The kernel hands a cookie on: from a request socket (SYN-RECV) to its connection (`inet_csk_clone_lock`), and from a connection to its minisocket (`inet_twsk_alloc`). But
a socket without a cookie gets one when a dump reads it (`sock_gen_cookie`). If that happens just after the handover, the two have different cookies, and one connection
looks like two. So only a row that the previous sample has opened can have changed its cookie.
*/
import {CloseEvidence} from './close-reasons.js';
import {Life} from './columns/columns.js';
import {Protocol} from './columns/protocols.js';
import type {SampledColumns} from './columns/sampled-columns.js';
import {State} from './columns/states.js';
import {
	addressesOf,
	areSameAddresses,
	portsKey,
	type Endpoints,
} from './endpoints.js';
import {isMinisocket} from './minisocket.js';

/** What the socket is now. */
export type Successor = 'connection' | 'minisocket';

export type FormerRows = {
	/** Starts a sample. `opened` are the slots that the previous one has opened. */
	readonly begin: (opened: readonly number[]) => void;
	/** Number of rows that the previous sample has opened, at most the limit. */
	readonly count: number;
	/**
	Finds the living row that a socket with these endpoints had under another cookie.

	@param namespace Number of the network namespace.
	@returns Its slot, or -1.
	*/
	readonly find: (namespace: number, endpoints: Endpoints, successor: Successor) => number;
};

/** Limit of the rows considered; the last ones opened count. */
const maxRows = 10_000;

/** Evidence that does not contradict TIME-WAIT. */
const orderly: ReadonlySet<number> = new Set([CloseEvidence.none, CloseEvidence.finAcknowledged, CloseEvidence.oneAcknowledged]);

export const createFormerRows = (table: SampledColumns): FormerRows => {
	let opened: readonly number[] = [];
	/** The TCP sockets among them by their ports, when first needed. */
	let byPorts: ReadonlyMap<number, readonly number[]> | undefined;

	const indexed = (): ReadonlyMap<number, readonly number[]> => {
		const {protocol, localPort, peerPort} = table.core;
		return Map.groupBy(opened.filter(slot => protocol[slot] === Protocol.tcp && peerPort[slot] !== 0), slot => portsKey(localPort[slot], peerPort[slot]));
	};

	const canBecome = (slot: number, successor: Successor): boolean => {
		const {life, state, timer, closeEvidence} = table.core;
		if ((life[slot] & (Life.used | Life.closed)) !== Life.used) {
			return false;
		}

		const isRequest = state[slot] === State.synReceived || state[slot] === State.newSynReceived;
		return isRequest || (successor === 'minisocket' && state[slot] !== State.unconnected && !isMinisocket(state[slot], timer[slot]) && orderly.has(closeEvidence[slot]));
	};

	return {
		begin(slots) {
			opened = slots.slice(-maxRows);
			byPorts = undefined;
		},
		get count() {
			return opened.length;
		},
		find(namespace, {localPort, peerPort, addresses}, successor) {
			byPorts ??= indexed();
			return byPorts.get(portsKey(localPort, peerPort))
				?.find(slot => canBecome(slot, successor) && table.core.namespace[slot] === namespace && areSameAddresses(addressesOf(table.core, slot), addresses)) ?? -1;
		},
	};
};
