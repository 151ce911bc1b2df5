/**
Finds the name closest to a mistyped word: at most a third of the word's letters are wrong, missing, extra or swapped with their neighbour. A name that starts
with the word is close, too. Returns undefined if no name is close.
*/
export const nearestName = (word: string, names: Iterable<string>): string | undefined => {
	const lower = word.toLowerCase();
	let nearest: string | undefined;
	let smallest = Math.floor(lower.length / 3) + 0.75;
	for (const name of names) {
		const distance = lower.length > 1 && name.toLowerCase().startsWith(lower) ? 0.5 : boundedDistance(lower, name.toLowerCase(), smallest);
		if (distance < smallest) {
			smallest = distance;
			nearest = name;
		}
	}

	return nearest;
};

/** Whether a word of at least four letters is a name with one typing error: a letter wrong, missing, extra or swapped with its neighbour. */
export const isOneSlip = (word: string, name: string): boolean => word.length > 3 && boundedDistance(word.toLowerCase(), name.toLowerCase(), 2) === 1;

/** The edit distance if it can be below a bound, else infinite. The distance is at least the difference in length, so many words need no comparison. */
const boundedDistance = (a: string, b: string, bound: number): number => Math.abs(a.length - b.length) < bound ? editDistance(a, b) : Infinity;

/** How many letters to change, add, remove or swap with their neighbour (optimal string alignment distance). */
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
