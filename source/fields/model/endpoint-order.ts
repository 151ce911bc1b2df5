import type {CoreArrays} from '../../table/columns/columns.js';
import {Family} from '../../addresses/family.js';
import type {Order, FieldContext} from './field.js';

/** The columns that hold one endpoint of a connection. */
export type EndpointColumns = {
	readonly address: 'localAddress' | 'peerAddress';
	readonly port: 'localPort' | 'peerPort';
};

const addressBytes = 16;

const uint32At = (bytes: Uint8Array, offset: number): number =>
	(bytes[offset] * 0x1_00_00_00) + ((bytes[offset + 1] << 16) | (bytes[offset + 2] << 8) | bytes[offset + 3]);

const uint16At = (bytes: Uint8Array, offset: number): number => (bytes[offset] << 8) | bytes[offset + 1];

const isZero = (bytes: Uint8Array, start: number, end: number): boolean => {
	for (let index = start; index < end; index++) {
		if (bytes[index] !== 0) {
			return false;
		}
	}

	return true;
};

/** One more than the largest key of an IPv4 endpoint: 32 bits of address, 16 of port. */
const firstIpv6 = 2 ** 48;

/**
Returns the major sort key of an endpoint; IPv4 sorts before IPv6. An IPv4 key holds address and port completely. An IPv6 key holds 48 bits of the address: the
last ones if all bits before them are zero (loopback and IPv4-mapped addresses, which may be all that a dual-stack server has), otherwise the first ones.
*/
const keyOf = (core: CoreArrays, slot: number, {address, port}: EndpointColumns): number => {
	const bytes = core[address];
	const start = slot * addressBytes;
	if (core.family[slot] !== Family.inet6) {
		return uint32At(bytes, start) * 0x1_00_00 + core[port][slot];
	}

	return isZero(bytes, start, start + 10)
		? firstIpv6 + uint16At(bytes, start + 10) * 0x1_00_00_00_00 + uint32At(bytes, start + 12)
		: 2 * firstIpv6 + uint32At(bytes, start) * 0x1_00_00 + uint16At(bytes, start + 4);
};

const compareAddresses = (core: CoreArrays, a: number, b: number, {address}: EndpointColumns): number => {
	const families = core.family;
	const difference = families[a] - families[b];
	if (difference !== 0) {
		return difference;
	}

	const bytes = core[address];
	const startA = a * addressBytes;
	const startB = b * addressBytes;
	const length = families[a] === Family.inet6 ? addressBytes : 4;
	for (let offset = 0; offset < length; offset += 4) {
		const wordDifference = uint32At(bytes, startA + offset) - uint32At(bytes, startB + offset);
		if (wordDifference !== 0) {
			return wordDifference;
		}
	}

	return 0;
};

/** An order of IP endpoints, which `withNames` extends to all sockets. */
export type InetOrder = Order & {
	/** Makes a function that reads the keys of many sockets at once. It reads IPv4 keys itself and calls `keyOfOther` for each other socket. */
	readonly keysWithFallback?: (keyOfOther: Order['key']) => NonNullable<Order['keys']>;
};

/** Orders by address, then port. Addresses are compared as numbers: as text, 10.0.0.0 would come before 9.0.0.0. */
export const endpointOrder = (end: EndpointColumns): InetOrder => ({
	key: (context: FieldContext, slot: number) => keyOf(context.table.core, slot, end),
	keysWithFallback: keyOfOther => (context, slots, into) => {
		const {length} = slots;
		const {core} = context.table;
		const {family} = core;
		const ports = core[end.port];
		const bytes = core[end.address];
		const addresses = new DataView(bytes.buffer, bytes.byteOffset);
		for (let index = 0; index < length; index++) {
			const slot = slots[index];
			into[slot] = family[slot] === Family.inet ? addresses.getUint32(slot * addressBytes) * 0x1_00_00 + ports[slot] : keyOfOther(context, slot);
		}
	},
	compare({table: {core}}: FieldContext, a: number, b: number) {
		const difference = compareAddresses(core, a, b, end);
		return difference === 0 ? core[end.port][a] - core[end.port][b] : difference;
	},
});

/** Orders by address alone. */
export const addressOrder = (end: EndpointColumns): InetOrder => ({
	key({table: {core}}: FieldContext, slot: number) {
		const key = keyOf(core, slot, end);
		return key < firstIpv6 ? key - core[end.port][slot] : key;
	},
	compare: ({table: {core}}: FieldContext, a: number, b: number) => compareAddresses(core, a, b, end),
});
