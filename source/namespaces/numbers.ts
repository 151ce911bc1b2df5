/** Numbers that are given, given back, and given again. */
export type Numbers = {
	/** A number that nobody has, from 1; undefined when there is none. `now` in milliseconds. */
	readonly take: (now: number) => number | undefined;
	readonly giveBack: (number: number, now: number) => void;
};

/**
Makes numbers that rest before they are given again: others may still speak of whoever had them.

@param most The largest.
@param rest Milliseconds.
*/
export const createNumbers = (most: number, rest: number): Numbers => {
	const resting: Array<{readonly number: number; readonly since: number}> = [];
	let last = 0;
	return {
		take(now) {
			const [longest] = resting;
			if (longest !== undefined && now - longest.since >= rest) {
				resting.shift();
				return longest.number;
			}

			return last < most ? ++last : undefined;
		},
		giveBack(number, now) {
			resting.push({number, since: now});
		},
	};
};
