/** The changes that a sample made to the table of sockets. */

/** What one sample did to the table. Slots are valid until the next `begin`. */
export type Changes = {
	/** Slots of new sockets. */
	readonly opened: readonly number[];
	/** Slots of sockets whose state changed, and in the same order the states they had. */
	readonly changed: readonly number[];
	readonly previousStates: readonly number[];
	/** Slots of closed sockets; their rows linger. */
	readonly closed: readonly number[];
	/** Slots of short-lived sockets: they opened and closed since the previous sample. They are in neither of the other lists; some of their rows linger. */
	readonly shortLived: readonly number[];
	/** Slots of sockets whose last counters came with this sample, by a destroy event. They may be in another list, too. */
	readonly counted: readonly number[];
	/** What destroy events reported of sockets whose rows were closed earlier. */
	readonly late: readonly LateCounters[];
};

/** Late counters of a socket that was closed before, while its process kept the descriptor. Values that are still unknown are absent. */
export type LateCounters = {
	/** Id of the socket's row, which may be gone. */
	readonly id: number;
	/** A value of `CloseEvidence`. */
	readonly evidence?: number;
	/** Payload bytes. */
	readonly bytesSent?: number;
	readonly bytesReceived?: number;
	/** Microseconds. */
	readonly rtt?: number;
};
