/** The values of all metrics as of the last sample. */
import type {BreakdownName, Tally} from './breakdowns.js';
import type {AcceptQueue} from './listeners.js';

/** A count by label combination. */
export type Counted = {readonly values: readonly string[]; readonly count: number};

/** Facts about the program. */
export type OwnState = {
	readonly version: string;
	readonly samples: number;
	readonly failedSamples: number;
	/** Seconds of processor time of the last sample. */
	readonly sampleSeconds: number;
	/** Current interval in seconds. */
	readonly interval: number;
	/** Seconds since 1970: of the last sample, and of the start. */
	readonly sampledAt: number;
	readonly startedAt: number;
	/** Seconds of processor time of the whole program. */
	readonly processorSeconds: number;
	/** Bytes. */
	readonly residentMemory: number;
	readonly droppedEvents: number;
	/** Entries of the journal that were overwritten before they were counted. */
	readonly missedEntries: number;
	readonly shortLived: number;
	readonly hiddenOwners: number;
	/** Counts of the OTLP export; absent without export. */
	readonly exported?: ExportState;
};

export type ExportState = {readonly sent: number; readonly dropped: number; readonly queued: number; readonly failures: number};

export type PortUse = {
	/** Used ports, and available ports. */
	readonly used: number;
	readonly size: number;
	/** Seconds until no port is left, at the rate since the last reading; Infinity if the number does not grow. */
	readonly left: number;
};

export type Reading = {
	readonly breakdowns: Readonly<Record<BreakdownName, readonly Tally[]>>;
	/** Sockets by transport and state. */
	readonly sockets: readonly Counted[];
	/** Closed connections by unit and reason. */
	readonly closed: readonly Counted[];
	/** Sockets by problem. */
	readonly problems: readonly Counted[];
	readonly acceptQueues: readonly AcceptQueue[];
	/** Ports of the destination with the fewest remaining ports. */
	readonly ports: PortUse;
	/** Combinations of labels beyond the cap, by family. */
	readonly folded: readonly Counted[];
	readonly own: OwnState;
};
