/**
The interval between samples: the requested one, stretched if sampling would take more than its share of one core.

One slow sample does not stretch it (the first compiles the code, another may have been descheduled): the cheaper of the last two counts.
*/
export const createInterval = (asked: number, share = 0.2): {
	/** Takes the milliseconds that a sample took. Returns the milliseconds from the start of one sample to the start of the next. */
	readonly after: (sampleTime: number) => number;
} => {
	let previous = 0;
	return {
		after(sampleTime) {
			const cost = Math.min(previous, sampleTime);
			previous = sampleTime;
			return Math.max(asked, cost / share);
		},
	};
};
