/** Which listener a connection belongs to, and whether a listener is open to the outside. */
import {Family} from '../../addresses/family.js';
import {isOpenAddress} from '../../addresses/reach.js';
import {hasInetEnds, Protocol} from './protocols.js';
import {State} from './states.js';
import type {CoreArrays} from './columns.js';

const isWildcard = (addresses: Uint8Array, socket: number): boolean => {
	for (let at = socket * 16; at < socket * 16 + 16; at++) {
		if (addresses[at] !== 0) {
			return false;
		}
	}

	return true;
};

const areSameAddress = (addresses: Uint8Array, a: number, b: number): boolean => {
	for (let byte = 0; byte < 16; byte++) {
		if (addresses[a * 16 + byte] !== addresses[b * 16 + byte]) {
			return false;
		}
	}

	return true;
};

/**
Whether a listener accepts connections to a socket's local address: it is in the same network namespace and bound to that address, or to all. Ports are not
compared.
*/
export const doesAccept = ({localAddress, family, namespace}: CoreArrays, listener: number, slot: number): boolean => {
	if (namespace[listener] !== namespace[slot]) {
		return false;
	}

	return isWildcard(localAddress, listener)
		? family[listener] === Family.inet6 || family[slot] === Family.inet
		: family[listener] === family[slot] && areSameAddress(localAddress, listener, slot);
};

/**
Scores how well a listener matches a socket's local address. The kernel prefers a listener that is bound to the interface and the address of the connection
(`compute_score` in net/ipv4/inet_hashtables.c). Higher is better; -1 if the listener does not accept the connection.
*/
export const acceptScore = (core: CoreArrays, listener: number, slot: number): number => {
	const {localAddress, family, interfaceIndex} = core;
	const isBoundElsewhere = interfaceIndex[listener] !== 0 && interfaceIndex[listener] !== interfaceIndex[slot];
	const score = (interfaceIndex[listener] === 0 ? 0 : 4) + (isWildcard(localAddress, listener) ? 0 : 2) + (family[listener] === family[slot] ? 1 : 0);
	return isBoundElsewhere || !doesAccept(core, listener, slot) ? -1 : score;
};

/** Whether two listeners share one port (SO_REUSEPORT): everything that the kernel selects a listener by is the same. Protocols and ports are not compared. */
export const areShared = ({localAddress, family, namespace, interfaceIndex}: CoreArrays, a: number, b: number): boolean =>
	namespace[a] === namespace[b] && family[a] === family[b] && interfaceIndex[a] === interfaceIndex[b] && areSameAddress(localAddress, a, b);

/** Whether a listener, or a UDP socket without a peer, is open to the outside. */
export const isOpenAt = ({family, localAddress, localPort, peerPort, protocol, state}: CoreArrays, slot: number): boolean =>
	hasInetEnds(protocol[slot]) && localPort[slot] !== 0 && (state[slot] === State.listen || (state[slot] === State.unconnected && peerPort[slot] === 0 && protocol[slot] !== Protocol.tcp))
	&& isOpenAddress(localAddress, slot * 16, family[slot]);
