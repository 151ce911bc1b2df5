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
	/** One more than the largest number given. */
	readonly size: number;
};

/** Numbers below this one are no pair's. */
export const roots = 256;

/** A prefix that is still exact beside a word in one number of 53 bits. */
const exactPrefixes = 2 ** 21;

export const createInterner = (): Interner => {
	const numbers = new Map<number | string, number>();
	const intern = (prefix: number, word: number): number => {
		const key = prefix < exactPrefixes ? prefix * 0x1_00_00_00_00 + word : `${prefix} ${word}`;
		let number = numbers.get(key);
		if (number === undefined) {
			number = roots + numbers.size;
			numbers.set(key, number);
		}

		return number;
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
		get size() {
			return roots + numbers.size;
		},
	};
};
