/** Reads between two checks of the clock. */
const readsPerCheck = 16;

/** Limits how much a piece of work may cost, in time and in reads from /proc. */
export type Allowance = {
	/** Counts reads. */
	readonly use: (reads: number) => void;
	/** Whether the work must stop. Once true it stays true. */
	readonly isSpent: () => boolean;
	/** How many reads are left, if there is time for them. */
	readonly left: () => number;
};

/**
@param now A clock in milliseconds.
@param milliseconds Time limit, from now on.
@param reads Limit of reads, which does not depend on the speed of the machine.
*/
export const createAllowance = (now: () => number, milliseconds: number, reads = Infinity): Allowance => {
	const deadline = now() + milliseconds;
	let used = 0;
	let nextCheck = 0;
	let isSpent = false;
	return {
		use(count) {
			used += count;
		},
		isSpent() {
			if (!isSpent && used >= nextCheck) {
				nextCheck = used + readsPerCheck;
				isSpent = used >= reads || now() >= deadline;
			}

			return isSpent;
		},
		left: () => Math.max(0, reads - used),
	};
};
