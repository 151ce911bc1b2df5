/** The time of a source. Ages, rates and the journal use it instead of this machine's clock. */
export type SourceTime = {
	/** Milliseconds of a monotonic clock. */
	readonly now: () => number;
	/** Milliseconds since 1970, at the same moment. */
	readonly wall: () => number;
};

/** The time of live sources. */
export const systemTime: SourceTime = {
	now: () => performance.now(),
	wall: () => Date.now(),
};
