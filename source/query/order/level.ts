/** One criterion of an order; it applies to items that are equal by all levels before it. */
export type Level = {
	readonly compare: (a: number, b: number) => number;
	/** If the level compares numbers: returns an array of them, indexed by item, filled for the given items. It is valid until the next call for any level. */
	readonly column?: (items: Uint32Array) => Float64Array;
};

/** Compares by all levels in turn. */
export const compareByLevels = (levels: readonly Level[]): ((a: number, b: number) => number) => {
	const comparators = levels.map(({compare}) => compare);
	const [first = () => 0] = comparators;
	return (a, b) => {
		let order = first(a, b);
		for (let level = 1; order === 0 && level < comparators.length; level++) {
			order = comparators[level](a, b);
		}

		return order;
	};
};

export const compareNumbers = (a: number, b: number): number => a < b ? -1 : (a > b ? 1 : 0);
