import type {DiagSocket} from '../netlink/diag-socket.js';
import type {LocalPorts} from '../names/local-ports.js';
import type {NetworkNamespaceIdentity} from '../namespaces/identity.js';
import type {OptionalColumn} from '../table/columns/columns.js';
import type {ProtocolName} from '../table/columns/protocols.js';
import type {Scope} from '../table/identified-sockets.js';
import type {Yielder} from '../parts/parts.js';
import type {SocketTable} from '../table/socket-table.js';
import type {Restriction} from '../table/socket-condition.js';
import type {SourceFacts} from './source-facts.js';
import type {SourceNames} from './source-names.js';
import type {SourceTime} from './time.js';

/** One socket that is read repeatedly, with all details. */
export type Examination = {
	/** A table with all optional columns that holds only this socket. */
	readonly table: SocketTable;
	/** Slot of the socket in that table. */
	readonly slot: number;
	/**
	Reads the socket. If it is closed, or the kernel does not find it, the last values stay; its destroy event is merged without a call.

	@param now Milliseconds of the clock of the samples.
	*/
	readonly read: (now: number) => void;
	readonly close: () => void;
};

/** What the engine requests for a sample. */
export type SampleRequest = {
	/** Optional columns to fill: the kernel is asked only for what is shown, sorted by or filtered by. */
	readonly columns: ReadonlySet<OptionalColumn>;
	/** The protocols to read. Default: TCP and UDP. */
	readonly protocols?: ReadonlySet<ProtocolName>;
	/**
	Limits on the sockets to read, by protocol. A source does not report a scope as complete if it left sockets out; a source that cannot leave any out reads
	all.
	*/
	readonly restrict?: (protocol: ProtocolName) => Restriction;
	/** Called between two pieces of work. */
	readonly yieldNow?: Yielder;
};

/** The result of a sample. */
export type SampleReport = {
	/** The scopes that were read completely, so sockets missing from them may be closed. */
	readonly complete: readonly Scope[];
	/** Sentences for the status line: what failed or was skipped. Empty if all went well. */
	readonly problems: readonly string[];
	/** Whether some or all sockets could not be read. A command that reads once has then failed: an empty result does not mean that there are no sockets. */
	readonly isFailed?: boolean;
	/** Number of destroy events that were dropped so far; absent if the source gets none. */
	readonly droppedEventCount?: number;
	/** Milliseconds of processor time that the sample took in this program; absent if that is simply the time between calls of `yieldNow`. */
	readonly time?: number;
};

export type SourceNamespaces = {
	/** The namespace with this number in the table. */
	readonly of: (number: number) => NetworkNamespaceIdentity | undefined;
	/** Name of an interface of the namespace with this number. */
	readonly interfaceName: (index: number, number: number) => string | undefined;
	/** The range of local ports that the kernel chooses from in the namespace with this number. */
	readonly localPorts: (number: number) => LocalPorts | undefined;
	/** Number of namespaces that exist but that privileges hide. */
	readonly hidden: () => number;
};

/** Reads sockets into a table: between the table's `begin` and `end`, it calls `observe` for each socket and writes its columns. */
export type SocketReader = {
	/**
	Reads the sockets once into the table.

	@throws SourceError if nothing could be read at all.
	*/
	readonly sample: (table: SocketTable, request: SampleRequest) => Promise<SampleReport> | SampleReport;
	/**
	Reads some sockets again by exact look-ups, which take 2 µs each, while a sample walks all tables. Call it, like `sample`, between `begin` and `end` of the
	table. It counts as a sample in which no scope is complete. Sockets that are not found stay as they are; the next sample decides.

	@param slots TCP and UDP sockets. Others are skipped; members of SO_REUSEPORT groups are not found by the kernel.
	*/
	readonly refresh?: (slots: readonly number[], request: SampleRequest) => void;
	/** The netlink socket in the network namespace of the socket in a slot, for look-ups and requests about it; undefined if that namespace is closed. */
	readonly diagSocket?: (slot: number) => DiagSocket | undefined;
	/**
	Starts reading one socket with all its details, by exact look-ups besides the samples; undefined if that is not possible. Call it, and use its result, only
	between samples: a sample that yields may be in the middle of a dump.
	*/
	readonly examine?: (slot: number) => Examination | undefined;
	/** The network namespaces, by their numbers in the table; absent if this program's own is the only one. */
	readonly namespaces?: SourceNamespaces;
	/** Sets a callback, called between samples, for dropped destroy events: only a new sample can show what became of those sockets. */
	readonly onLoss?: (callback: () => void) => void;
	/** Releases descriptors and processes. */
	readonly close: () => void;
};

/** A source of sockets: how they are read, and what is known about the machine they are on. */
export type Source = SocketReader & {
	readonly facts: SourceFacts;
	readonly time: SourceTime;
	/** Names on the machine of the sockets; present if the facts say that the source has names of its own. */
	readonly names?: SourceNames;
};

/** The source cannot work at all. The message is one sentence for users. */
export class SourceError extends Error {
	override name = 'SourceError';
}

/** The named file cannot be used: a usage error rather than a failure. */
export class InputError extends SourceError {
	override name = 'InputError';
}
