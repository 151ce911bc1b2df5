import type {DestroyEvent} from '../../netlink/destroy-event.js';
import {Family} from '../../addresses/family.js';

const addressLength = 16;
const loopbackByte = 127;
/** The first twelve bytes of an IPv4 address that is mapped into IPv6 (`::ffff:a.b.c.d`). */
const mappedPrefix: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

/** The bytes of an address: four for IPv4, mapped or not. */
const bytesOf = (addresses: Uint8Array, start: number, family: number): Uint8Array => {
	const bytes = addresses.subarray(start, start + addressLength);
	if (family === Family.inet) {
		return bytes.subarray(0, 4);
	}

	return mappedPrefix.every((byte, index) => bytes[index] === byte) ? bytes.subarray(12) : bytes;
};

const areEqual = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, index) => byte === b[index]);

/** One side of a connection. */
export type ConnectionSide = {
	/** A text that both sides share. */
	readonly connection: string;
	/** Address and port of this side. */
	readonly local: string;
};

/** The side of a connection that an event is about, if both sides are certainly on this machine: their addresses are equal, or both are loopback addresses. */
export const sideOf = ({family, addresses, localPort, peerPort}: DestroyEvent): ConnectionSide | undefined => {
	const local = bytesOf(addresses, 0, family);
	const peer = bytesOf(addresses, addressLength, family);
	const isLoopback = local.length === 4 && peer.length === 4 && local[0] === loopbackByte && peer[0] === loopbackByte;
	if (peerPort === 0 || !(isLoopback || areEqual(local, peer))) {
		return undefined;
	}

	const endpoints = [`${local.join('.')}:${localPort}`, `${peer.join('.')}:${peerPort}`];
	return {connection: endpoints.toSorted().join(' '), local: endpoints[0]};
};
