/** Texts from the output of `ss`, which is read as one character per byte. */
import {Buffer} from 'node:buffer';

/** Decodes the bytes of such a text as UTF-8. */
export const toText = (bytes: string): string => /[\u{80}-\u{FF}]/v.test(bytes) ? Buffer.from(bytes, 'latin1').toString() : bytes;

/** Decodes bytes as one character each. */
export const bytesAsText = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** A 32-bit FNV-1a hash of a text; different seeds give independent hashes. */
export const hashText = (text: string, seed = 0x81_1C_9D_C5): number => {
	let hash = seed;
	for (let at = 0; at < text.length; at++) {
		// eslint-disable-next-line unicorn/prefer-code-point -- A character is one byte here.
		hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93);
	}

	// MurmurHash3's finalizer. Without it, FNV's low bits depend only on the low bits of the text, whatever the seed.
	hash = Math.imul(hash ^ (hash >>> 16), 0x85_EB_CA_6B);
	hash = Math.imul(hash ^ (hash >>> 13), 0xC2_B2_AE_35);
	return (hash ^ (hash >>> 16)) >>> 0;
};
