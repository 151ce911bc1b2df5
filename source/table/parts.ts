/** Work that is done in parts, so that something else can be done between them. */
export type Parts<Result = void> = Generator<undefined, Result, undefined>;

/** Does all parts at once. */
export const wholeOf = <Result>(parts: Parts<Result>): Result => {
	for (;;) {
		const {done, value} = parts.next();
		if (done) {
			return value;
		}
	}
};
