/** A bounded list of numbers, oldest first, for a graph. */
export type Series = {
	readonly push: (value: number) => void;
	/** The numbers so far, at most `length`. */
	readonly values: () => readonly number[];
};

/** A graph is never wider than a screen. */
const defaultLength = 300;

export const createSeries = (length = defaultLength): Series => {
	const values: number[] = [];
	return {
		push(value) {
			values.push(value);
			if (values.length > length) {
				values.shift();
			}
		},
		values: () => values,
	};
};
