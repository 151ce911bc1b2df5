/**
The identity of sockets that have no cookie: 64 bits of a hash over protocol, addresses, ports and interface.
*/
import {hashBit} from '../../table/cookie.js';
import type {Row} from './row.js';

/** One step of MurmurHash3 with 32 bits. */
const mix = (hash: number, value: number): number => {
	value = Math.imul(value, 0xCC_9E_2D_51);
	value = Math.imul((value << 15) | (value >>> 17), 0x1B_87_35_93);
	hash ^= value;
	return Math.imul((hash << 13) | (hash >>> 19), 5) + 0xE6_54_6B_64;
};

/** MurmurHash3's finalizer. */
const finish = (hash: number): number => {
	hash = Math.imul(hash ^ (hash >>> 16), 0x85_EB_CA_6B);
	hash = Math.imul(hash ^ (hash >>> 13), 0xC2_B2_AE_35);
	return hash ^ (hash >>> 16);
};

const word = (bytes: Uint8Array, offset: number): number =>
	(bytes[offset] << 24) | (bytes[offset + 1] << 16) | (bytes[offset + 2] << 8) | bytes[offset + 3];

const hashTuple = (seed: number, row: Row, occurrence: number): number => {
	let hash = mix(seed, (row.protocol << 8) | row.family);
	hash = mix(hash, (row.localPort << 16) | row.peerPort);
	for (let offset = 0; offset < 16; offset += 4) {
		hash = mix(hash, word(row.localAddress, offset));
		hash = mix(hash, word(row.peerAddress, offset));
	}

	hash = mix(hash, row.interfaceIndex);
	// A socket without peer keeps its inode for life: with it, the members of a SO_REUSEPORT group stay apart even when one of them closes.
	hash = mix(hash, row.peerPort === 0 ? row.inode : 0);
	return finish(mix(hash, occurrence));
};

/** Writes the identity of a row to `halves`: low, high. `occurrence` is how many sockets like it the same sample saw before. */
export const identify = (halves: Uint32Array, row: Row, occurrence: number): void => {
	halves[0] = hashTuple(0, row, occurrence);
	halves[1] = hashTuple(0x9E_37_79_B9, row, occurrence) | hashBit;
};
