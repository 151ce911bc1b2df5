/** Which listener a connection belongs to. */
import type {CoreArrays} from './columns.js';
import {Family} from './protocols.js';

/**
Whether a listener takes connections to a socket's local address: it is in the same network namespace and bound to that address, or to all. Ports are not
compared.
*/
export const doesAccept = ({localAddress, family, namespace}: CoreArrays, listener: number, slot: number): boolean => {
	if (namespace[listener] !== namespace[slot]) {
		return false;
	}

	const address = localAddress.subarray(listener * 16, listener * 16 + 16);
	if (address.every(byte => byte === 0)) {
		return family[listener] === Family.inet6 || family[slot] === Family.inet;
	}

	const isSame = address.every((byte, index) => byte === localAddress[slot * 16 + index]);
	return isSame && family[listener] === family[slot];
};
