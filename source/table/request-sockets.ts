/**
Finds the request socket (SYN-RECV) that a connection was.

The connection takes the cookie of its request when the handshake ends (`inet_csk_clone_lock`). But a request without a cookie gets one when a dump reads it
(`sock_gen_cookie`): if that happens just after the handshake, the two have different cookies, and one connection looks like two.
*/
import {Life} from './columns/columns.js';
import {Protocol} from './columns/protocols.js';
import type {SampledColumns} from './columns/sampled-columns.js';
import {State} from './columns/states.js';

export type RequestSockets = {
	/** Number of different pairs of ports. */
	readonly size: number;
	/** Notes a socket in SYN-RECV. Its ports must be in the columns. */
	readonly add: (slot: number) => void;
	/**
	Finds the living request socket with these endpoints, and forgets it.

	@param addresses Local and peer address, 16 bytes each.
	@returns Its slot, or -1.
	*/
	readonly take: (namespace: number, localPort: number, peerPort: number, addresses: Uint8Array) => number;
	/** Forgets sockets that are no requests any more. */
	readonly tidy: () => void;
};

const isRequestState = (state: number): boolean => state === State.synReceived || state === State.newSynReceived;

const portsKey = (local: number, peer: number): number => local * 0x1_00_00 + peer;

export const createRequestSockets = (table: SampledColumns): RequestSockets => {
	/** Slots by their ports. */
	const byPorts = new Map<number, readonly number[]>();

	const isRequest = (slot: number): boolean => {
		const {life, protocol, state} = table.core;
		return (life[slot] & (Life.used | Life.closed)) === Life.used && protocol[slot] === Protocol.tcp && isRequestState(state[slot]);
	};

	const hasAddresses = (slot: number, addresses: Uint8Array): boolean => {
		const {localAddress, peerAddress} = table.core;
		for (let byte = 0; byte < 16; byte++) {
			if (localAddress[slot * 16 + byte] !== addresses[byte] || peerAddress[slot * 16 + byte] !== addresses[16 + byte]) {
				return false;
			}
		}

		return true;
	};

	const set = (ports: number, slots: readonly number[]): void => {
		if (slots.length === 0) {
			byPorts.delete(ports);
		} else {
			byPorts.set(ports, slots);
		}
	};

	return {
		get size() {
			return byPorts.size;
		},
		add(slot) {
			const {localPort, peerPort} = table.core;
			const ports = portsKey(localPort[slot], peerPort[slot]);
			const slots = byPorts.get(ports) ?? [];
			if (!slots.includes(slot)) {
				byPorts.set(ports, [...slots, slot]);
			}
		},
		take(namespace, localPort, peerPort, addresses) {
			const ports = portsKey(localPort, peerPort);
			const slots = byPorts.get(ports) ?? [];
			const found = slots.find(slot => isRequest(slot) && table.core.namespace[slot] === namespace && hasAddresses(slot, addresses));
			if (found === undefined) {
				return -1;
			}

			set(ports, slots.filter(slot => slot !== found));
			return found;
		},
		tidy() {
			for (const [ports, slots] of byPorts) {
				set(ports, slots.filter(slot => isRequest(slot)));
			}
		},
	};
};
