/** The middle value; the mean of the two in the middle of an even number. */
export const median = (values: readonly number[]): number => {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length / 2;
	return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
};

/** The smallest value that so large a share of the values does not exceed. */
export const quantile = (values: readonly number[], share: number): number => {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
};

export type Ratio = {
	/** The median of one contestant over the median of the other. */
	readonly value: number;
	/** The quarters of the ratios of single rounds: half of the rounds lie between. */
	readonly low: number;
	readonly high: number;
};

/** How two contestants compare whose rounds alternated. */
export const ratioOf = (ours: readonly number[], theirs: readonly number[]): Ratio => {
	const rounds = ours.slice(0, theirs.length).map((value, index) => value / (theirs[index] ?? NaN));
	return {value: median(ours) / median(theirs), low: quantile(rounds, 0.25), high: quantile(rounds, 0.75)};
};

/**
Lets contestants take turns, so that what else the machine does hits all of them alike.

@returns What each measured, one number for each round.
*/
export const takeTurns = async <Name extends string>(
	rounds: number,
	contestants: Readonly<Record<Name, () => number | Promise<number>>>,
): Promise<Record<Name, number[]>> => {
	const entries = Object.entries(contestants) as Array<[Name, () => number | Promise<number>]>;
	const results = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<Name, number[]>;
	for (let round = 0; round < rounds; round++) {
		for (const [name, run] of entries) {
			results[name].push(await run());
		}
	}

	return results;
};
