import {Family} from '../../addresses/family.js';

/** Tests the address at `offset`. */
export type AddressDecision = (bytes: Uint8Array, offset: number, family: number) => boolean;

/** Four 32-bit words hold an address; an IPv4 address is in the first one. */
export const wordsPerAddress = 4;
/** Number of bytes of each address in its column. */
export const addressBytes = 16;

/** Returns the addresses of a column as 32-bit words. */
export const wordsOf = (addresses: Uint8Array): Uint32Array => new Uint32Array(addresses.buffer, addresses.byteOffset, addresses.length / wordsPerAddress);

const unknown = 0;
const yes = 1;
const no = 2;

/**
Makes a predicate that tests each distinct address of a column once: texts are expensive, and most sockets share a few addresses. It uses a hash table whose
keys are the addresses in the column, so it is valid until the column changes.
*/
export const memoizeAddresses = (addresses: Uint8Array, families: Uint8Array, isWanted: AddressDecision): ((slot: number) => boolean) => {
	const words = wordsOf(addresses);
	/** One more than a slot that has the address; 0 means free. */
	let entries = new Int32Array(1024);
	let results = new Uint8Array(1024);
	let size = 0;

	const hash = (slot: number): number => {
		const at = slot * wordsPerAddress;
		let mixed = words[at];
		if (families[slot] === Family.inet6) {
			mixed = Math.imul(mixed, 0x9E_37_79_B1) ^ words[at + 1];
			mixed = Math.imul(mixed, 0x85_EB_CA_6B) ^ words[at + 2];
			mixed = Math.imul(mixed, 0xC2_B2_AE_35) ^ words[at + 3];
		}

		mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85_EB_CA_6B);
		mixed = Math.imul(mixed ^ (mixed >>> 13), 0xC2_B2_AE_35);
		return mixed ^ (mixed >>> 16);
	};

	const isSame = (slot: number, other: number): boolean => {
		const at = slot * wordsPerAddress;
		const otherAt = other * wordsPerAddress;
		return words[at] === words[otherAt] && families[slot] === families[other] && (families[slot] !== Family.inet6
			|| (words[at + 1] === words[otherAt + 1] && words[at + 2] === words[otherAt + 2] && words[at + 3] === words[otherAt + 3]));
	};

	/** Returns the index of the entry of a slot's address: the existing one, or the free one where it belongs. */
	const entryIndexOf = (slot: number): number => {
		const mask = entries.length - 1;
		let entryIndex = hash(slot) & mask;
		while (entries[entryIndex] !== 0 && !isSame(slot, entries[entryIndex] - 1)) {
			entryIndex = (entryIndex + 1) & mask;
		}

		return entryIndex;
	};

	const grow = (): void => {
		const oldEntries = entries;
		const oldResults = results;
		entries = new Int32Array(oldEntries.length * 4);
		results = new Uint8Array(entries.length);
		for (const [index, entry] of oldEntries.entries()) {
			if (entry !== 0) {
				const entryIndex = entryIndexOf(entry - 1);
				entries[entryIndex] = entry;
				results[entryIndex] = oldResults[index];
			}
		}
	};

	return slot => {
		let entryIndex = entryIndexOf(slot);
		if (results[entryIndex] === unknown) {
			if ((size + 1) * 2 > entries.length) {
				grow();
				entryIndex = entryIndexOf(slot);
			}

			entries[entryIndex] = slot + 1;
			results[entryIndex] = isWanted(addresses, slot * addressBytes, families[slot]) ? yes : no;
			size++;
		}

		return results[entryIndex] === yes;
	};
};
