/** Makes a function that computes the result for each number or text once. */
export const memoize = <Key extends number | string, Result extends NonNullable<unknown> = boolean>(
	decide: (key: Key) => Result,
): ((key: Key) => Result) => {
	const results = new Map<Key, Result>();
	return key => {
		let result = results.get(key);
		if (result === undefined) {
			result = decide(key);
			results.set(key, result);
		}

		return result;
	};
};
