/** Work in slices that needs the table as it is: it begins when no sample is under way, and the next sample waits for its end. */
export type Holding = {
	readonly hold: (work: () => Promise<void>) => void;
	/** Begins what waits. Call it when a sample has ended. */
	readonly resume: () => void;
	/** Resolves when no such work is under way; undefined if none is. */
	readonly until: () => Promise<void> | undefined;
};

export const createHolding = (isSampling: () => boolean): Holding => {
	const waiting: Array<() => Promise<void>> = [];
	let current: Promise<void> | undefined;

	const run = async (): Promise<void> => {
		for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) {
			await work(); // eslint-disable-line no-await-in-loop -- One after the other.
		}
	};

	const begin = async (): Promise<void> => {
		if (current !== undefined || waiting.length === 0 || isSampling()) {
			return;
		}

		current = run();
		await current;
		current = undefined;
	};

	return {
		hold(work) {
			waiting.push(work);
			void begin();
		},
		resume() {
			void begin();
		},
		until: (): Promise<void> | undefined => current,
	};
};
