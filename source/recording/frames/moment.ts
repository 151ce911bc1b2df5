/** What is known of a frame without reading it. */

/** What one sample saw. */
export type SampleCounts = {
	/** Living sockets that were recorded. */
	readonly sockets: number;
	/** Sockets that came and went since the sample before count in both. */
	readonly opened: number;
	readonly closed: number;
	/** Connections that closed by a reset, by silence or before they were made. */
	readonly resets: number;
	/** Sockets with which something is wrong. */
	readonly problems: number;
	/** Destroy events that the kernel dropped: so many closed sockets may be missing. */
	readonly dropped: number;
};

export type Moment = SampleCounts & {
	/** Milliseconds since 1970. */
	readonly time: number;
	/** Tells one run of a recorder from others. */
	readonly run: number;
	/** Number of the frame in its run. */
	readonly number: number;
	readonly isKey: boolean;
	/** Milliseconds since the sample before; absent for the first of a run. */
	readonly elapsed?: number;
};
