/**
The name that is most like a word with a slip of the finger: at most a third of its letters wrong, missing, too many or swapped with their neighbour.
A name that the word begins counts as near. Undefined when no name is near.
*/
export const nearestName = (word: string, names: Iterable<string>): string | undefined => {
	const lower = word.toLowerCase();
	let nearest: string | undefined;
	let least = Math.floor(lower.length / 3) + 0.75;
	for (const name of names) {
		const distance = lower.length > 1 && name.toLowerCase().startsWith(lower) ? 0.5 : boundedDistance(lower, name.toLowerCase(), least);
		if (distance < least) {
			least = distance;
			nearest = name;
		}
	}

	return nearest;
};

/** Whether a word of four letters or more is a name with one letter wrong, missing, too many or swapped with its neighbour. */
export const isOneSlip = (word: string, name: string): boolean => word.length > 3 && boundedDistance(word.toLowerCase(), name.toLowerCase(), 2) === 1;

/** The edit distance where it is below a bound, else infinite: what words differ in length they differ at least, and long words are not compared for nothing. */
const boundedDistance = (a: string, b: string, bound: number): number => Math.abs(a.length - b.length) < bound ? editDistance(a, b) : Infinity;

/** Letters to change, add, remove or swap with their neighbour (optimal string alignment). */
const editDistance = (a: string, b: string): number => {
	let beforeLast: number[] = [];
	let last = Array.from({length: b.length + 1}, (_, index) => index);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			let distance = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1));
			if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
				distance = Math.min(distance, beforeLast[column - 2] + 1);
			}

			current.push(distance);
		}

		beforeLast = last;
		last = current;
	}

	return last[b.length];
};
