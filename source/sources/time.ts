/** The time of a source: ages, rates and the journal go by it, not by the clock of this machine. */
export type SourceTime = {
	/** Milliseconds of a clock that never goes back. */
	readonly now: () => number;
	/** Milliseconds since 1970, at the same moment. */
	readonly wall: () => number;
};

/** The time of sockets that are read as they are now. */
export const systemTime: SourceTime = {
	now: () => performance.now(),
	wall: () => Date.now(),
};
