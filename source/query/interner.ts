import {CookieIndex} from '../table/cookie-index.js';

/** Numbers for pairs of numbers: what a group is called by, for as long as the interner lives. */
export type Interner = {
	/**
	The number of a pair: small, the same for the same pair, and not that of any other.

	@param prefix A number that the interner gave, or one below `roots`; either as `nested` gives it, too.
	@param word Of 32 bits.
	*/
	readonly intern: (prefix: number, word: number) => number;
	/** The number of a sequence of such words. */
	readonly internAll: (prefix: number, words: Iterable<number>) => number;
	/** The number that a pair was made with `nested` of. */
	readonly outerOf: (number: number) => number;
	/** One more than the largest number given. */
	readonly size: number;
};

/** Numbers below this one are no pair's. */
export const roots = 256;

/** A prefix that is another one than the number itself, for pairs with a meaning of their own. */
export const nested = (number: number): number => number + nesting;

const nesting = 0x80_00_00_00;

/** Pairs stand in two columns, in an index as sockets do with the halves of their cookies: no object and no text for one, however many there are. */
export const createInterner = (): Interner => {
	const index = new CookieIndex();
	let prefixes = new Uint32Array(1024);
	let seconds = new Uint32Array(1024);
	const intern = (prefix: number, word: number): number => {
		const second = word >>> 0;
		const known = index.find(prefix, second, prefixes, seconds);
		if (known !== -1) {
			return roots + known;
		}

		const number = index.size;
		if (number === prefixes.length) {
			prefixes = twice(prefixes);
			seconds = twice(seconds);
		}

		prefixes[number] = prefix;
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
		outerOf: number => prefixes[number - roots] - nesting,
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
