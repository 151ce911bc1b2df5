/**
Decides whether two sockets are the endpoints of one connection: the local endpoint of each is the peer of the other. This file holds both parts of that rule: a
hash that both sockets share, and the exact comparison.
*/
import {Family} from '../addresses/family.js';
import type {CoreArrays} from './columns/columns.js';

/** The addresses of a table as 32-bit words, four per socket. Of an IPv4 address only the first word counts. */
export type AddressWords = {readonly local: Uint32Array; readonly peer: Uint32Array};

export const addressWords = ({localAddress, peerAddress}: CoreArrays): AddressWords => ({
	local: new Uint32Array(localAddress.buffer), peer: new Uint32Array(peerAddress.buffer),
});

/** The third word of `::ffff:a.b.c.d`, in this machine's byte order. */
const mappedWord = new Uint32Array(Uint8Array.of(0, 0, 0xFF, 0xFF).buffer)[0];

/** The index of the word that an IPv4 address and its mapped IPv6 form share, and that differs most between addresses. */
const hashedWord = (family: number): number => family === Family.inet ? 0 : 3;

const mix = (word: number, port: number): number => {
	const hash = Math.imul(word ^ Math.imul(port, 0x9E_37_79_B1), 0x85_EB_CA_6B);
	return hash ^ (hash >>> 15);
};

const join = (first: number, second: number): number => {
	const hash = Math.imul(first ^ Math.imul(second, 0xC2_B2_AE_35), 0x27_D4_EB_2F);
	return hash ^ (hash >>> 16);
};

/** A hash of both endpoints, local first. With `isSwapped` peer first, which gives the hash of the socket at the other end. */
export const hashEndpoints = ({family, localPort, peerPort}: CoreArrays, {local, peer}: AddressWords, slot: number, isSwapped: boolean): number => {
	const lane = (slot << 2) + hashedWord(family[slot]);
	const localHash = mix(local[lane], localPort[slot]);
	const peerHash = mix(peer[lane], peerPort[slot]);
	return isSwapped ? join(peerHash, localHash) : join(localHash, peerHash);
};

/** Whether the local address of one socket is the peer address of another. An IPv4 address equals its mapped IPv6 form. */
const isPeerAddressOf = ({local, peer}: AddressWords, family: Uint8Array, a: number, b: number): boolean => {
	const localLane = a << 2;
	const peerLane = b << 2;
	const isIpv4 = family[a] === Family.inet;
	if (isIpv4 !== (family[b] === Family.inet)) {
		return isIpv4 ? isMapped(peer, peerLane, local[localLane]) : isMapped(local, localLane, peer[peerLane]);
	}

	return local[localLane] === peer[peerLane]
		&& (isIpv4 || (local[localLane + 1] === peer[peerLane + 1] && local[localLane + 2] === peer[peerLane + 2] && local[localLane + 3] === peer[peerLane + 3]));
};

const isMapped = (words: Uint32Array, lane: number, ipv4: number): boolean =>
	words[lane] === 0 && words[lane + 1] === 0 && words[lane + 2] === mappedWord && words[lane + 3] === ipv4;

/** Whether an IPv6 address is valid on one link only (`fe80::/10`). */
const isLinkLocal = (addresses: Uint8Array, slot: number): boolean => addresses[slot * 16] === 0xFE && (addresses[slot * 16 + 1] & 0xC0) === 0x80;

/** Whether a local address is valid in one network namespace only: a loopback address (`127.0.0.0/8`, also mapped, and `::1`) or a link-local one. */
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
Whether addresses and ports of a socket are those of another one with the endpoints swapped. Link-local addresses must be on the same interface, loopback
addresses in the same network namespace.
*/
export const areSwapped = (core: CoreArrays, words: AddressWords, a: number, b: number): boolean => {
	const {family, localPort, peerPort, protocol, localAddress, interfaceIndex, namespace} = core;
	if (localPort[a] !== peerPort[b] || peerPort[a] !== localPort[b] || protocol[a] !== protocol[b]) {
		return false;
	}

	const isIpv4 = family[a] === Family.inet;
	return isPeerAddressOf(words, family, a, b) && isPeerAddressOf(words, family, b, a)
		&& (isIpv4 || !isLinkLocal(localAddress, a) || interfaceIndex[a] === interfaceIndex[b])
		&& (namespace[a] === namespace[b] || !isOfNamespace(localAddress, a, isIpv4));
};
