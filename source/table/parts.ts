/** Work in parts: the caller can do something else between them. */
export type Parts<Result = void> = Generator<undefined, Result, undefined>;

/** Does all parts at once. Returns the result. */
export const wholeOf = <Result>(parts: Parts<Result>): Result => {
	for (;;) {
		const {done, value} = parts.next();
		if (done) {
			return value;
		}
	}
};
