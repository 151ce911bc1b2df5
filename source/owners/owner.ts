/** A process that holds a socket. A process that holds it through several descriptors is listed once for each. */
export type Owner = {
	readonly pid: number;
	/** Name of the process (comm), as it is: escape it before it reaches a terminal. */
	readonly name: string;
	/** When it began, in clock ticks since the start of the machine: tells it from others that get its number. Absent where the source does not tell it. */
	readonly startTime?: number;
	/** Descriptor number, absent where the source does not tell it. */
	readonly fd?: number;
};

/** What the rest of the program may ask of the owners. */
export type OwnerSets = {
	/** The owners behind a number of the table's `owners` column, in order of pid and descriptor; empty for 0. */
	readonly of: (set: number) => readonly Owner[];
};

/** Where a source that learns the owners by itself (`ss -p`) puts them: it answers with the number for the table's `owners` column. */
export type OwnerSink = {
	readonly intern: (owners: readonly Owner[]) => number;
};
