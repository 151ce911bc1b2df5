/** Work in parts: the caller can do something else between them. */
export type Parts<Result = void> = Generator<undefined, Result, undefined>;

/** Called by long work between two of its parts. Returns a promise to await before the next part if other work is waiting, else undefined. */
export type Yielder = () => Promise<void> | undefined;

/** Slots of a table that are passed over in one part: 50,000 take about a millisecond. */
export const slotsPerPart = 50_000;

/** Does all parts at once. Returns the result. */
export const wholeOf = <Result>(parts: Parts<Result>): Result => {
	for (;;) {
		const {done, value} = parts.next();
		if (done) {
			return value;
		}
	}
};

/** Does the parts one after the other, and calls `yieldNow` between them. Returns the result. */
export const runParts = async <Result>(parts: Parts<Result>, yieldNow: Yielder = () => undefined): Promise<Result> => {
	for (;;) {
		const {done, value} = parts.next();
		if (done) {
			return value;
		}

		const turn = yieldNow();
		if (turn !== undefined) {
			await turn; // eslint-disable-line no-await-in-loop -- The parts run in sequence.
		}
	}
};
