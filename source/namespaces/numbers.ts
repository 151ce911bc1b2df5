/** A pool of numbers. `now` is in milliseconds. */
export type Numbers = {
	/** Takes a free number, from 1; undefined if there is none. */
	readonly take: (now: number) => number | undefined;
	readonly giveBack: (number: number, now: number) => void;
};

/**
Creates a pool. A returned number is not reused for a while, because other parts of the program may still refer to its former owner.

@param maximum The largest number.
@param delay Milliseconds before a number is reused.
*/
export const createNumbers = (maximum: number, delay: number): Numbers => {
	const returned: Array<{readonly number: number; readonly since: number}> = [];
	let last = 0;
	return {
		take(now) {
			const [oldest] = returned;
			if (oldest !== undefined && now - oldest.since >= delay) {
				returned.shift();
				return oldest.number;
			}

			return last < maximum ? ++last : undefined;
		},
		giveBack(number, now) {
			returned.push({number, since: now});
		},
	};
};
