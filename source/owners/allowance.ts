/** Reads between two looks at the clock. */
const readsPerLook = 16;

/** How much a piece of work may cost: in time, and in reads from /proc. */
export type Allowance = {
	/** Notes that something was read. */
	readonly use: (reads: number) => void;
	/** Whether the work must stop. Once true it stays true. */
	readonly isSpent: () => boolean;
};

/**
@param now A clock in milliseconds.
@param milliseconds Time from now on.
@param reads Limit of reads, a second measure that does not depend on the machine.
*/
export const createAllowance = (now: () => number, milliseconds: number, reads = Infinity): Allowance => {
	const deadline = now() + milliseconds;
	let used = 0;
	let nextLook = 0;
	let isSpent = false;
	return {
		use(count) {
			used += count;
		},
		isSpent() {
			if (!isSpent && used >= nextLook) {
				nextLook = used + readsPerLook;
				isSpent = used >= reads || now() >= deadline;
			}

			return isSpent;
		},
	};
};
