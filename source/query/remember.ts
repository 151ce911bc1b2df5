/** Decides on each number or text once. */
export const remember = <Key extends number | string>(isWanted: (key: Key) => boolean): ((key: Key) => boolean) => {
	const verdicts = new Map<Key, boolean>();
	return key => {
		let verdict = verdicts.get(key);
		if (verdict === undefined) {
			verdict = isWanted(key);
			verdicts.set(key, verdict);
		}

		return verdict;
	};
};
