/**
When two sockets are the ends of one connection: what is local to one is the peer of the other. The two places where this is decided stand here: a hash that
both ends have in common, and the exact comparison.
*/
import {Family} from '../addresses/family.js';
import type {CoreArrays} from './columns/columns.js';

/** The addresses of a table as words, four for each socket; of an address of IPv4 only the first counts. */
export type AddressWords = {readonly local: Uint32Array; readonly peer: Uint32Array};

export const addressWords = ({localAddress, peerAddress}: CoreArrays): AddressWords => ({
	local: new Uint32Array(localAddress.buffer), peer: new Uint32Array(peerAddress.buffer),
});

/** The third word of `::ffff:a.b.c.d`, as this machine reads it. */
const mappedWord = new Uint32Array(Uint8Array.of(0, 0, 0xFF, 0xFF).buffer)[0];

/** The word that an address of IPv4 and the same one mapped into IPv6 have in common, and that differs most among others. */
const tellingWord = (family: number): number => family === Family.inet ? 0 : 3;

const mix = (word: number, port: number): number => {
	const hash = Math.imul(word ^ Math.imul(port, 0x9E_37_79_B1), 0x85_EB_CA_6B);
	return hash ^ (hash >>> 15);
};

const join = (near: number, far: number): number => {
	const hash = Math.imul(near ^ Math.imul(far, 0xC2_B2_AE_35), 0x27_D4_EB_2F);
	return hash ^ (hash >>> 16);
};

/** A hash of both ends, local first; with `isSwapped` peer first, which is the hash of the socket at the other end. */
export const hashEnds = ({family, localPort, peerPort}: CoreArrays, {local, peer}: AddressWords, slot: number, isSwapped: boolean): number => {
	const lane = (slot << 2) + tellingWord(family[slot]);
	const near = mix(local[lane], localPort[slot]);
	const far = mix(peer[lane], peerPort[slot]);
	return isSwapped ? join(far, near) : join(near, far);
};

/** Whether the local address of one socket is the peer's address of another; one of IPv4 is the same as itself mapped into IPv6. */
const doesLeadTo = ({local, peer}: AddressWords, family: Uint8Array, near: number, far: number): boolean => {
	const here = near << 2;
	const there = far << 2;
	const isIpv4 = family[near] === Family.inet;
	if (isIpv4 !== (family[far] === Family.inet)) {
		return isIpv4 ? isMapped(peer, there, local[here]) : isMapped(local, here, peer[there]);
	}

	return local[here] === peer[there]
		&& (isIpv4 || (local[here + 1] === peer[there + 1] && local[here + 2] === peer[there + 2] && local[here + 3] === peer[there + 3]));
};

const isMapped = (words: Uint32Array, lane: number, ipv4: number): boolean =>
	words[lane] === 0 && words[lane + 1] === 0 && words[lane + 2] === mappedWord && words[lane + 3] === ipv4;

/** Whether an address of IPv6 means something on one link only (`fe80::/10`). */
const isLinkLocal = (addresses: Uint8Array, slot: number): boolean => addresses[slot * 16] === 0xFE && (addresses[slot * 16 + 1] & 0xC0) === 0x80;

/** Whether a local address means something in one network namespace only: it is of the loopback interface (`127.0.0.0/8`, mapped too, and `::1`) or of a link. */
const isOfNamespace = (addresses: Uint8Array, slot: number, isIpv4: boolean): boolean => {
	const start = slot * 16;
	if (isIpv4) {
		return addresses[start] === loopbackByte;
	}

	if (isLinkLocal(addresses, slot)) {
		return true;
	}

	const tail = addresses.subarray(start, start + 16);
	return tail.subarray(0, 10).every(byte => byte === 0)
		&& (tail[10] === 0xFF ? tail[12] === loopbackByte : tail[15] === 1 && tail.subarray(10, 15).every(byte => byte === 0));
};

const loopbackByte = 127;

/**
Whether the addresses and ports of a socket are those of another with the ends swapped. Addresses of a link are the same on the same interface only, and those
of the loopback interface in the same network namespace.
*/
export const areSwapped = (core: CoreArrays, words: AddressWords, a: number, b: number): boolean => {
	const {family, localPort, peerPort, protocol, localAddress, interfaceIndex, namespace} = core;
	if (localPort[a] !== peerPort[b] || peerPort[a] !== localPort[b] || protocol[a] !== protocol[b]) {
		return false;
	}

	const isIpv4 = family[a] === Family.inet;
	return doesLeadTo(words, family, a, b) && doesLeadTo(words, family, b, a)
		&& (isIpv4 || !isLinkLocal(localAddress, a) || interfaceIndex[a] === interfaceIndex[b])
		&& (namespace[a] === namespace[b] || !isOfNamespace(localAddress, a, isIpv4));
};
