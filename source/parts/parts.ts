/** Work in parts: the caller can do something else between them. */
export type Parts<Result = void> = Generator<undefined, Result, undefined>;

/** Work that another thread does meanwhile. Resolves, never rejects, to the milliseconds that it took there. */
export type ThreadWork = Promise<number>;

/** Like `Parts`. Some parts end with work in another thread, which must be finished before the next part. */
export type WaitingParts<Result = void> = Generator<ThreadWork | undefined, Result, undefined>;

/**
Called by long work between two of its parts. Returns a promise to await before the next part if other work is waiting, else undefined.

@param threadWork Work in another thread, which ends the part. It is awaited in any case.
*/
export type Yielder = (threadWork?: ThreadWork) => Promise<unknown> | undefined;

/** Items of a list, such as slots of a table, in one part: few enough to take a millisecond if each takes a microsecond or less. */
export const itemsPerPart = 4096;

/**
Does work on `count` items in parts; `work` gets the bounds of each. The loop over items is in `work`, a plain function, because V8 compiles a long loop in a
generator late, over and over, and together with all that it calls.
*/
export const inParts = function * (count: number, work: (from: number, to: number) => void): Parts {
	for (let from = 0; from < count; from += itemsPerPart) {
		work(from, Math.min(from + itemsPerPart, count));
		if (from + itemsPerPart <= count) {
			yield;
		}
	}
};

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
export const runParts = async <Result>(parts: WaitingParts<Result>, yieldNow: Yielder = () => undefined): Promise<Result> => {
	for (;;) {
		const {done, value} = parts.next();
		if (done) {
			return value;
		}

		const turn = yieldNow(value);
		if (turn !== undefined) {
			await turn; // eslint-disable-line no-await-in-loop -- The parts run in sequence.
		}

		if (value !== undefined) {
			await value; // eslint-disable-line no-await-in-loop -- The same.
		}
	}
};
