/** Texts in numeric columns: paths, protocol names and other strings from the kernel. Each text is stored once; columns hold its number. */
import {Buffer} from 'node:buffer';
import {decodeBytes} from '../../text/escape.js';

/** Number of unused texts that `tidy` tolerates, beyond twice those in use. */
const slack = 4096;

export type Texts = {
	/** The number of a text; 0 for the empty one. */
	readonly intern: (text: string) => number;
	/** The number of the text in `bytes`, which need not be valid UTF-8. A known text allocates no string. */
	readonly internBytes: (bytes: Uint8Array, start: number, end: number) => number;
	/** The text with a number; empty for 0 and for numbers that were freed. */
	readonly of: (number: number) => string;
	/**
	Frees the texts that are no longer used. Cheap to call after every sample: it does nothing until many new texts have been added.

	@param inUse Gives every number that a column still holds.
	*/
	readonly tidy: (inUse: () => Iterable<number>) => void;
	/** Number of texts stored. */
	readonly size: number;
};

const empty = new Uint8Array(0);

/** FNV-1a. */
const hashOf = (bytes: Uint8Array, start: number, end: number): number => {
	let hash = 0x81_1C_9D_C5;
	for (let at = start; at < end; at++) {
		hash = Math.imul(hash ^ bytes[at], 0x01_00_01_93);
	}

	return hash;
};

const isSame = (stored: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean => {
	const {length} = stored;
	if (length !== end - start) {
		return false;
	}

	let index = 0;
	while (index < length && stored[index] === bytes[start + index]) {
		index++;
	}

	return index === length;
};

export const createTexts = (): Texts => {
	/** By number. Text 0 is the empty one; a freed number has no bytes. */
	const stored: Uint8Array[] = [empty];
	const texts = [''];
	/** Numbers by the hash of their bytes. Collisions are rare. */
	const byHash = new Map<number, number[]>();
	const free: number[] = [];
	let tidyAt = slack;

	const internBytes = (bytes: Uint8Array, start: number, end: number): number => {
		if (start >= end) {
			return 0;
		}

		const hash = hashOf(bytes, start, end);
		const numbers = byHash.get(hash);
		for (const number of numbers ?? []) {
			if (isSame(stored[number], bytes, start, end)) {
				return number;
			}
		}

		const number = free.pop() ?? stored.length;
		stored[number] = bytes.slice(start, end);
		texts[number] = decodeBytes(stored[number]);
		if (numbers === undefined) {
			byHash.set(hash, [number]);
		} else {
			numbers.push(number);
		}

		return number;
	};

	const forget = (number: number): void => {
		const bytes = stored[number];
		const hash = hashOf(bytes, 0, bytes.length);
		const others = byHash.get(hash)?.filter(other => other !== number) ?? [];
		if (others.length === 0) {
			byHash.delete(hash);
		} else {
			byHash.set(hash, others);
		}

		stored[number] = empty;
		texts[number] = '';
		free.push(number);
	};

	const size = (): number => stored.length - 1 - free.length;

	return {
		intern(text) {
			const bytes = Buffer.from(text);
			return internBytes(bytes, 0, bytes.length);
		},
		internBytes,
		of: number => texts[number] ?? '',
		tidy(inUse) {
			if (size() < tidyAt) {
				return;
			}

			const usage = new Uint8Array(stored.length);
			for (const number of inUse()) {
				usage[number] = 1;
			}

			for (const [number, bytes] of stored.entries()) {
				if (usage[number] === 0 && bytes.length > 0) {
					forget(number);
				}
			}

			tidyAt = 2 * size() + slack;
		},
		get size() {
			return size();
		},
	};
};
