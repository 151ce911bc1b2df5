/** What the values of metrics are read from: all that was counted, as of the last sample. */
import type {BreakdownName, Tally} from './breakdowns.js';
import type {AcceptQueue} from './listeners.js';

/** Something counted by combinations of labels. */
export type Counted = {readonly values: readonly string[]; readonly count: number};

/** What the program knows of itself. */
export type OwnState = {
	readonly version: string;
	readonly samples: number;
	readonly failedSamples: number;
	/** Seconds of processor time of the last sample. */
	readonly sampleSeconds: number;
	/** Seconds between two samples at the moment. */
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
	/** What is exported by OTLP; absent without. */
	readonly exported?: ExportState;
};

export type ExportState = {readonly sent: number; readonly dropped: number; readonly queued: number; readonly failures: number};

export type PortUse = {
	/** Ports in use, and ports that there are. */
	readonly used: number;
	readonly size: number;
	/** Seconds until none is left, at the rate since the last reading; Infinity if it gets no worse. */
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
	/** The ports that the destination with the fewest left uses. */
	readonly ports: PortUse;
	/** Combinations of labels beyond the cap, by family. */
	readonly folded: readonly Counted[];
	readonly own: OwnState;
};
