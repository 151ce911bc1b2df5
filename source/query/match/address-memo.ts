import {Family} from '../../addresses/family.js';

/** Decides on an address that stands at `offset`. */
export type AddressDecision = (bytes: Uint8Array, offset: number, family: number) => boolean;

/** Four 32-bit words hold an address; one of IPv4 takes the first. */
export const wordsPerAddress = 4;
/** Bytes that each address takes in its column. */
export const addressBytes = 16;

/** The words of the addresses of a column. */
export const wordsOf = (addresses: Uint8Array): Uint32Array => new Uint32Array(addresses.buffer, addresses.byteOffset, addresses.length / wordsPerAddress);

const unknown = 0;
const yes = 1;
const no = 2;

/**
Decides on the addresses of one column, on each distinct one once: text is dear, and most sockets share a few addresses. A hash table whose keys stand
in the column itself; it holds while the column does not change.
*/
export const memoizeAddresses = (addresses: Uint8Array, families: Uint8Array, isWanted: AddressDecision): ((slot: number) => boolean) => {
	const words = wordsOf(addresses);
	/** One more than a slot that has the address; 0 is free. */
	let places = new Int32Array(1024);
	let verdicts = new Uint8Array(1024);
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

	/** The place of a slot's address: where it is, or the free one where it belongs. */
	const placeOf = (slot: number): number => {
		const mask = places.length - 1;
		let place = hash(slot) & mask;
		while (places[place] !== 0 && !isSame(slot, places[place] - 1)) {
			place = (place + 1) & mask;
		}

		return place;
	};

	const grow = (): void => {
		const oldPlaces = places;
		const oldVerdicts = verdicts;
		places = new Int32Array(oldPlaces.length * 4);
		verdicts = new Uint8Array(places.length);
		for (const [index, entry] of oldPlaces.entries()) {
			if (entry !== 0) {
				const place = placeOf(entry - 1);
				places[place] = entry;
				verdicts[place] = oldVerdicts[index];
			}
		}
	};

	return slot => {
		let place = placeOf(slot);
		if (verdicts[place] === unknown) {
			if ((size + 1) * 2 > places.length) {
				grow();
				place = placeOf(slot);
			}

			places[place] = slot + 1;
			verdicts[place] = isWanted(addresses, slot * addressBytes, families[slot]) ? yes : no;
			size++;
		}

		return verdicts[place] === yes;
	};
};
