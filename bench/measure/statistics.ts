/** The median: the middle value, or the mean of the two middle values. */
export const median = (values: readonly number[]): number => {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length / 2;
	return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
};

/** The smallest of the values that a share of them (0 to 1) does not exceed. */
export const quantile = (values: readonly number[], share: number): number => {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
};

export type Ratio = {
	/** The median of the one divided by the median of the other. */
	readonly value: number;
	/** Lower and upper quartile of the ratios of single rounds. */
	readonly low: number;
	readonly high: number;
};

/** Compares two measurements whose rounds alternated. */
export const ratioOf = (ours: readonly number[], theirs: readonly number[]): Ratio => {
	const rounds = ours.slice(0, theirs.length).map((value, index) => value / (theirs[index] ?? NaN));
	return {value: median(ours) / median(theirs), low: quantile(rounds, 0.25), high: quantile(rounds, 0.75)};
};

/**
Runs measurements in turns, so that other load on the machine affects all of them alike.

@returns The results of each, one number per round.
*/
export const takeTurns = async <Name extends string>(
	rounds: number,
	measurements: Readonly<Record<Name, () => number | Promise<number>>>,
): Promise<Record<Name, number[]>> => {
	const entries = Object.entries(measurements) as Array<[Name, () => number | Promise<number>]>;
	const results = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<Name, number[]>;
	for (let round = 0; round < rounds; round++) {
		for (const [name, run] of entries) {
			results[name].push(await run());
		}
	}

	return results;
};
