/** Makes a function that computes the result for each number or text once. */
export const memoize = <Key extends number | string, Verdict extends NonNullable<unknown> = boolean>(
	decide: (key: Key) => Verdict,
): ((key: Key) => Verdict) => {
	const verdicts = new Map<Key, Verdict>();
	return key => {
		let verdict = verdicts.get(key);
		if (verdict === undefined) {
			verdict = decide(key);
			verdicts.set(key, verdict);
		}

		return verdict;
	};
};
