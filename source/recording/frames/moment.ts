/** Facts about a frame that are stored beside it. */

/** Counts of one sample. */
export type SampleCounts = {
	/** Recorded sockets that are open. */
	readonly sockets: number;
	/** Short-lived sockets count as opened and as closed. */
	readonly opened: number;
	readonly closed: number;
	/** Connections that were reset, timed out or failed. */
	readonly resets: number;
	/** Sockets with health problems. */
	readonly problems: number;
	/** Destroy events that the kernel dropped; as many closed sockets may be missing. */
	readonly dropped: number;
};

export type Moment = SampleCounts & {
	/** Milliseconds since 1970. */
	readonly time: number;
	/** Identifies the run of the recorder. */
	readonly run: number;
	/** Number of the frame in its run. */
	readonly number: number;
	readonly isKey: boolean;
	/** Milliseconds since the previous sample; absent for the first of a run. */
	readonly elapsed?: number;
};
