import {CookieIndex} from '../../table/cookie-index.js';

/** Numbers for pairs of numbers: what a group is called by, for as long as the interner lives. */
export type Interner = {
	/**
	The number of a pair: small, the same for the same pair, and not that of any other.

	@param prefix A number that the interner gave, or one below `roots`.
	@param word Of 32 bits.
	*/
	readonly intern: (prefix: number, word: number) => number;
	/** The number of a sequence of such words. */
	readonly internAll: (prefix: number, words: Iterable<number>) => number;
	/** The number of a group within another, by the numbers of both. It is not that of a pair of `intern`. */
	readonly nest: (outer: number, inner: number) => number;
	/** The outer group of a number that `nest` gave. */
	readonly outerOf: (number: number) => number;
	/** One more than the largest number given. */
	readonly size: number;
};

/** Numbers below this one are no pair's. */
export const roots = 256;

/** What is added to the number of an outer group. More than any number that is given: there is not memory for so many. */
const nesting = 2 ** 28;

/** Pairs stand in two columns, in an index as sockets do with the halves of their cookies: no object and no text for one, however many there are. */
export const createInterner = (): Interner => {
	const index = new CookieIndex();
	/** A prefix, and the highest bit of the word. */
	let prefixes = new Uint32Array(1024);
	let seconds = new Uint32Array(1024);
	/**
	By inner group: the outer one for which it was asked last, 0 for none, and the number for both. Most stand in one only, as a host in its network: then the
	index need not be asked.
	*/
	let outers = new Uint32Array(1024);
	let nestedNumbers = new Uint32Array(1024);
	const intern = (prefix: number, word: number): number => {
		// Both halves stay below 2 ** 31: V8 hands larger numbers to a function as objects.
		const first = (prefix << 1) | (word >>> 31);
		const second = word & 0x7F_FF_FF_FF;
		const known = index.find(first, second, prefixes, seconds);
		if (known !== -1) {
			return roots + known;
		}

		const number = index.size;
		if (number === prefixes.length) {
			prefixes = twice(prefixes);
			seconds = twice(seconds);
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
				outers = twice(outers);
				nestedNumbers = twice(nestedNumbers);
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

const twice = (array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
	const longer = new Uint32Array(array.length * 2);
	longer.set(array);
	return longer;
};
