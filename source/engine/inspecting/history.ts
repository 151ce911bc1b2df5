/** A bounded run of numbers, oldest first: what the header's graphs show. */
export type Series = {
	readonly push: (value: number) => void;
	/** The numbers so far, at most `length` of them. */
	readonly values: () => readonly number[];
};

/** One graph is never wider than a screen. */
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
