import {CookieIndex} from '../../table/cookie-index.js';
import {resized} from '../../table/columns/resized.js';

/** Assigns numbers to sequences of numbers. These numbers identify groups for as long as the interner lives. */
export type Interner = {
	/**
	Returns the number of a pair: a small number, always the same for the same pair and different for any other pair.

	@param prefix A number that the interner returned, or one below `roots`.
	@param word 32 bits.
	*/
	readonly intern: (prefix: number, word: number) => number;
	/** Returns the number of a sequence of words. */
	readonly internAll: (prefix: number, words: Iterable<number>) => number;
	/** Returns the number of a group within another, by the numbers of both. It differs from the numbers of `intern`. */
	readonly nest: (outer: number, inner: number) => number;
	/** Returns the outer group of a number that `nest` returned. */
	readonly outerOf: (number: number) => number;
	/** One more than the largest number assigned. */
	readonly size: number;
};

/** Numbers below this one are never assigned. */
export const roots = 256;

/** Added to the number of an outer group. It is larger than any assigned number: there is not enough memory for so many. */
const nesting = 2 ** 28;

/** Pairs are stored in two columns with an index, as sockets are by the halves of their cookies: no object or text for each pair, however many there are. */
export const createInterner = (): Interner => {
	const index = new CookieIndex();
	/** A prefix and the highest bit of the word; then the other bits of the word. */
	let prefixes = new Uint32Array(1024);
	let seconds = new Uint32Array(1024);
	/**
	By inner group: the outer group of the last request, 0 for none, and the number assigned to both. Most inner groups are in one outer group only, as a host
	is in its network, so the index is rarely needed.
	*/
	let outers = new Uint32Array(1024);
	let nestedNumbers = new Uint32Array(1024);
	const intern = (prefix: number, word: number): number => {
		// Both halves stay below 2 ** 31, because V8 passes larger numbers to a function as objects.
		const first = (prefix << 1) | (word >>> 31);
		const second = word & 0x7F_FF_FF_FF;
		const known = index.find(first, second, prefixes, seconds);
		if (known !== -1) {
			return roots + known;
		}

		const number = index.size;
		if (number === prefixes.length) {
			prefixes = resized(prefixes, new Uint32Array(prefixes.length * 2));
			seconds = resized(seconds, new Uint32Array(seconds.length * 2));
		}

		prefixes[number] = first;
		seconds[number] = second;
		index.add(number, prefixes, seconds);
		return roots + number;
	};

	return {
		intern,
		internAll(prefix, words) {
			let number = prefix;
			for (const word of words) {
				number = intern(number, word);
			}

			return number;
		},
		nest(outer, inner) {
			while (inner >= outers.length) {
				outers = resized(outers, new Uint32Array(outers.length * 2));
				nestedNumbers = resized(nestedNumbers, new Uint32Array(nestedNumbers.length * 2));
			}

			if (outers[inner] !== outer) {
				outers[inner] = outer;
				nestedNumbers[inner] = intern(outer + nesting, inner);
			}

			return nestedNumbers[inner];
		},
		outerOf: number => (prefixes[number - roots] >>> 1) - nesting,
		get size() {
			return roots + index.size;
		},
	};
};
