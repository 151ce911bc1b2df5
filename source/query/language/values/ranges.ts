/** `!=` and `!~` are `not` around these, so they match sockets where the field is absent. */
export type Comparison = '=' | '<' | '<=' | '>' | '>=';

/** Whole numbers from `from` to `to`, both included. */
export type Range = {readonly from: number; readonly to: number};

/** Returns the same numbers in as few ranges as possible, in order. */
export const mergeRanges = (ranges: readonly Range[]): readonly Range[] => {
	const merged: Range[] = [];
	for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
		const last = merged.at(-1);
		if (last !== undefined && range.from <= last.to + 1) {
			merged[merged.length - 1] = {from: last.from, to: Math.max(last.to, range.to)};
		} else {
			merged.push(range);
		}
	}

	return merged;
};

/** Returns the numbers between `min` and `max` for which a comparison with a value holds; undefined if there are none. */
export const rangeOf = (comparison: Comparison, value: number, {from: min, to: max}: Range): Range | undefined => {
	const [from, to] = boundsOf(comparison, value, min, max);
	return from > to ? undefined : {from, to};
};

const boundsOf = (comparison: Comparison, value: number, min: number, max: number): readonly [from: number, to: number] => {
	switch (comparison) {
		case '=': {
			return [value, value];
		}

		case '<': {
			return [min, value - 1];
		}

		case '<=': {
			return [min, value];
		}

		case '>': {
			return [value + 1, max];
		}

		case '>=': {
			return [value, max];
		}
	}
};

export const isInRanges = (value: number, ranges: readonly Range[]): boolean => {
	for (const {from, to} of ranges) {
		if (value >= from && value <= to) {
			return true;
		}
	}

	return false;
};
