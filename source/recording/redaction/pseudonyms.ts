/**
Pseudonyms for everything that identifies people and machines: a name has the same pseudonym everywhere in a recording. Pseudonyms of addresses preserve prefixes:
two addresses with a common prefix get pseudonyms with a common prefix of the same length, so that networks can still be distinguished. Loopback, link-local, private,
multicast and public addresses stay in their class.
*/
import {createHmac, randomBytes} from 'node:crypto';

export type Pseudonyms = {
	/** Overwrites an address with its pseudonym; `length` is 4 or 16 bytes. */
	readonly address: (bytes: Uint8Array, offset: number, length: 4 | 16) => void;
	/** The pseudonym of a name of a kind (`process`, `user`, `unit` …). An empty name stays empty. */
	readonly name: (kind: string, name: string) => string;
};

/** Number of leading bits that are kept because they determine the class of the address. Addresses that are the same on every machine are kept completely. */
const keptBits = (bytes: Uint8Array): number => bytes.length === 4 ? keptBitsOf4(bytes) : keptBitsOf6(bytes);

const keptBitsOf4 = ([first, second]: Uint8Array): number => {
	if ([0, 127, 255].includes(first)) {
		return 32;
	}

	if (first === 10) {
		return 8;
	}

	if ((first === 172 && second >= 16 && second < 32) || (first === 100 && second >= 64 && second < 128)) {
		return first === 172 ? 12 : 10;
	}

	if ((first === 192 && second === 168) || (first === 169 && second === 254)) {
		return 16;
	}

	return first >= 224 ? 4 : 0;
};

const keptBitsOf6 = (bytes: Uint8Array): number => {
	// `::`, `::1` and similar addresses. IPv4-mapped addresses are treated as IPv4.
	if (bytes.subarray(0, 15).every(byte => byte === 0)) {
		return 128;
	}

	if (bytes[0] === 0xFE && (bytes[1] & 0xC0) === 0x80) {
		return 10;
	}

	return (bytes[0] & 0xFE) === 0xFC ? 7 : (bytes[0] === 0xFF ? 16 : 3);
};

const isMapped = (bytes: Uint8Array): boolean => bytes.length === 16 && bytes.subarray(0, 10).every(byte => byte === 0) && bytes[10] === 0xFF && bytes[11] === 0xFF;

/** Whether an IPv4 address is public; its pseudonym must be public, too. */
const isPublic4 = (bytes: Uint8Array): boolean => keptBitsOf4(bytes) === 0;

/** Names that are the same on every machine. */
const common: Readonly<Record<string, readonly string[]>> = {user: ['root']};

/** @param key Determines the pseudonyms. Default: a random key, so that names cannot be found by trying. */
export const createPseudonyms = (key: Uint8Array = randomBytes(32)): Pseudonyms => {
	const addresses = new Map<string, Uint8Array>();
	const names = new Map<string, string>();
	const counts = new Map<string, number>();

	/** A pseudorandom bit that depends on all bits of the prefix. */
	const bitAfter = (salt: string, prefix: string): number => createHmac('sha256', key).update(`${salt} ${prefix}`).digest()[0] & 1;

	/** Flips each bit depending on the bits before it (Xu, Fan, Ammar, Moon: Prefix-preserving IP address anonymization, 2002). */
	const mix = (bytes: Uint8Array, salt: string): Uint8Array => {
		const kept = keptBits(bytes);
		const mixed = Uint8Array.from(bytes);
		let prefix = String(bytes.length);
		for (let bit = 0; bit < bytes.length * 8; bit++) {
			const shift = 7 - (bit % 8);
			const value = (bytes[bit >> 3] >> shift) & 1;
			if (bit >= kept && bitAfter(salt, prefix) === 1) {
				mixed[bit >> 3] ^= 1 << shift;
			}

			prefix += value;
		}

		return mixed;
	};

	const pseudonymOf = (bytes: Uint8Array): Uint8Array => {
		let mixed = mix(bytes, '');
		for (let salt = 1; bytes.length === 4 && isPublic4(bytes) && !isPublic4(mixed); salt++) {
			mixed = mix(bytes, String(salt));
		}

		return mixed;
	};

	return {
		address(all, offset, length) {
			const own = all.subarray(offset, offset + length);
			const bytes = isMapped(own) ? own.subarray(12) : own;
			const name = bytes.join('.');
			let pseudonym = addresses.get(name);
			if (pseudonym === undefined) {
				pseudonym = pseudonymOf(bytes);
				addresses.set(name, pseudonym);
			}

			bytes.set(pseudonym);
		},
		name(kind, name) {
			if (name === '' || common[kind]?.includes(name)) {
				return name;
			}

			const full = `${kind} ${name}`;
			let pseudonym = names.get(full);
			if (pseudonym === undefined) {
				const count = (counts.get(kind) ?? 0) + 1;
				counts.set(kind, count);
				pseudonym = `${kind}${count}`;
				names.set(full, pseudonym);
			}

			return pseudonym;
		},
	};
};
