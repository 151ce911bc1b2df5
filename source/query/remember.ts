/** Decides on each number or text once, whatever the verdict is. Next to a socket stand others of the same kind: what was asked last is at hand. */
export const remember = <Key extends number | string, Verdict extends NonNullable<unknown> = boolean>(
	decide: (key: Key) => Verdict,
): ((key: Key) => Verdict) => {
	const verdicts = new Map<Key, Verdict>();
	let lastKey: Key | undefined;
	let last: Verdict | undefined;
	return key => {
		if (last !== undefined && key === lastKey) {
			return last;
		}

		let verdict = verdicts.get(key);
		if (verdict === undefined) {
			verdict = decide(key);
			verdicts.set(key, verdict);
		}

		lastKey = key;
		last = verdict;
		return verdict;
	};
};
