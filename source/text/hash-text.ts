/** 32 bits of a text by FNV-1a; other seeds give independent ones. */
export const hashText = (text: string, seed = 0x81_1C_9D_C5): number => {
	let hash = seed;
	for (let at = 0; at < text.length; at++) {
		// eslint-disable-next-line unicorn/prefer-code-point -- All texts that are hashed are ASCII, or have a character for each byte.
		hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93);
	}

	// MurmurHash3's finalizer: alone, FNV's low bits follow from the low bits of the text, whatever the seed.
	hash = Math.imul(hash ^ (hash >>> 16), 0x85_EB_CA_6B);
	hash = Math.imul(hash ^ (hash >>> 13), 0xC2_B2_AE_35);
	return (hash ^ (hash >>> 16)) >>> 0;
};
