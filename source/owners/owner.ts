/** A process that holds a socket, with its descriptor. A process with several descriptors of the socket is listed once for each. */
export type Owner = {
	readonly pid: number;
	/** Name of the process (comm), not escaped. */
	readonly name: string;
	/** Start time in clock ticks since boot, which distinguishes it from later processes with the same pid. Absent if the source does not report it. */
	readonly startTime?: number;
	/** Descriptor number, absent if the source does not report it. */
	readonly fd?: number;
};

/** Read access to the lists of owners. */
export type OwnerSets = {
	/** Returns the owners for a number of the table's `owners` column, in order of pid and descriptor; empty for 0. */
	readonly of: (set: number) => readonly Owner[];
	/** The same list, not kept for the next call: for callers that read the lists of all sockets once. */
	readonly read: (set: number) => readonly Owner[];
	/** If the list has one owner, the number of its process, which all lists with this one process have; else 0. */
	readonly soleProcess: (set: number) => number;
	/** Differs, for a number above 0, whenever the number has been given to another list. Never 0. */
	readonly version: (set: number) => number;
};

/** Takes the owners from a source that knows them (`ss -p`). */
export type OwnerSink = {
	/** Returns the number of the list for the table's `owners` column. */
	readonly intern: (owners: readonly Owner[]) => number;
};
