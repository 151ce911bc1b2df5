/** The endpoints of a socket as messages of the kernel have them, to find its row by another way than the cookie. */
import type {CoreArrays} from './columns/columns.js';

/** Ports, and local and peer address, 16 bytes each. */
export type Endpoints = {readonly localPort: number; readonly peerPort: number; readonly addresses: Uint8Array};

/** One number for both ports. */
export const portsKey = (local: number, peer: number): number => local * 0x1_00_00 + peer;

/** Copies local and peer address of a row, 16 bytes each. */
export const addressesOf = ({localAddress, peerAddress}: CoreArrays, slot: number): Uint8Array => {
	const addresses = new Uint8Array(32);
	addresses.set(localAddress.subarray(slot * 16, slot * 16 + 16));
	addresses.set(peerAddress.subarray(slot * 16, slot * 16 + 16), 16);
	return addresses;
};

export const areSameAddresses = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, index) => byte === b[index]);
