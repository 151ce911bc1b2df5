import type {DiagSocket} from '../netlink/diag-socket.js';
import type {LocalPorts} from '../names/local-ports.js';
import type {NetworkNamespaceIdentity} from '../namespaces/identity.js';
import type {OptionalColumn} from '../table/columns/columns.js';
import type {ProtocolName} from '../table/columns/protocols.js';
import type {Scope, SocketTable} from '../table/socket-table.js';
import type {Restriction} from '../table/socket-condition.js';
import type {SourceFacts} from './source-facts.js';
import type {SourceNames} from './source-names.js';
import type {SourceTime} from './time.js';

/** One socket that is read again and again. */
export type Examination = {
	/** A table with all optional columns that holds this socket only. */
	readonly table: SocketTable;
	/** Slot of the socket in that table. */
	readonly slot: number;
	/**
	Reads the socket. Of one that is closed, or that the kernel does not find, the last values stay; its destroy event arrives by itself.

	@param now Milliseconds of the clock of the samples.
	*/
	readonly read: (now: number) => void;
	readonly close: () => void;
};

/** What the engine asks of a sample. */
export type SampleRequest = {
	/** Optional columns to fill: only what is shown, sorted by or filtered for is asked of the kernel. */
	readonly columns: ReadonlySet<OptionalColumn>;
	/** The protocols whose tables are to be read; TCP and UDP unless told. */
	readonly protocols?: ReadonlySet<ProtocolName>;
	/**
	Which sockets of a protocol are asked for at all. What a source leaves out for this it does not say to have seen whole; one that cannot leave anything
	out reads all.
	*/
	readonly restrict?: (protocol: ProtocolName) => Restriction;
	/** Asked between two pieces of work; a promise must be awaited before the next one, because somebody else wants a turn. */
	readonly yieldNow?: () => Promise<void> | undefined;
};

/** What came of a sample. */
export type SampleReport = {
	/** The scopes that were seen whole, so that what they did not contain may be closed. */
	readonly complete: readonly Scope[];
	/** Sentences for the status line: what failed or was skipped. Empty when all went well. */
	readonly problems: readonly string[];
	/** Whether the sockets could not be read, or not all of them: then a command that reads once has failed, and none does not mean that there are none. */
	readonly isFailed?: boolean;
	/** News of ended sockets that were lost so far; absent where the source gets none. */
	readonly lostNews?: number;
	/** Milliseconds of processor time that the sample took in this program; absent where that is all that went by between two calls of `yieldNow`. */
	readonly time?: number;
};

export type SourceNamespaces = {
	/** The namespace with a number in the table. */
	readonly of: (number: number) => NetworkNamespaceIdentity | undefined;
	/** Name of an interface of the namespace with a number. */
	readonly interfaceName: (index: number, number: number) => string | undefined;
	/** The local ports that the kernel chooses from in the namespace with a number. */
	readonly localPorts: (number: number) => LocalPorts | undefined;
	/** How many there are that privileges hide. */
	readonly hidden: () => number;
};

/** What reads sockets into a table: between the table's `begin` and `end`, it calls `observe` for each socket and writes its columns. */
export type SocketReader = {
	/**
	Reads the sockets once into the table.

	@throws SourceError when nothing could be read at all.
	*/
	readonly sample: (table: SocketTable, request: SampleRequest) => Promise<SampleReport> | SampleReport;
	/**
	Reads these sockets again, by exact look-ups: 2 µs each, where a sample walks all tables. To be called, like `sample`, between `begin` and `end` of the
	table, and so a sample of its own; but no scope was seen whole. What is not found stays as it is, for the next sample to settle.

	@param slots TCP and UDP sockets; others are left alone, and so are members of SO_REUSEPORT groups, which the kernel does not find.
	*/
	readonly refresh?: (slots: readonly number[], request: SampleRequest) => void;
	/**
	The netlink socket in the network namespace of a socket, for look-ups and orders about it; undefined when that namespace is closed.

	@param slot
	*/
	readonly diagSocket?: (slot: number) => DiagSocket | undefined;
	/**
	Begins to read one socket with all that the kernel tells of it, by exact look-ups beside the samples; undefined where that cannot be done. To be asked and
	used when no sample is under way: one that rests may be in the midst of a dump.

	@param slot
	*/
	readonly examine?: (slot: number) => Examination | undefined;
	/** What is known of the network namespaces, by their numbers in the table; absent where the only one is that of this program. */
	readonly namespaces?: SourceNamespaces;
	/** Takes who wants to know, between samples, that news of ended sockets were lost: only a new sample can tell what became of those. */
	readonly onLoss?: (callback: () => void) => void;
	/** Gives memory of the process that is not used back to the system; takes some milliseconds. Absent where that takes a library that the reader does not need. */
	readonly releaseMemory?: () => void;
	/** Gives back descriptors and processes. */
	readonly close: () => void;
};

/** Where sockets come from: what reads them, and what is known of the machine that they are of. */
export type Source = SocketReader & {
	readonly facts: SourceFacts;
	readonly time: SourceTime;
	/** What numbers stand for on the machine of the sockets; there where the facts say that the source has names of its own. */
	readonly names?: SourceNames;
};

/** A source cannot work at all. The message is one sentence for people. */
export class SourceError extends Error {
	override name = 'SourceError';
}

/** The file that was named cannot be used: wrong usage rather than a failure. */
export class InputError extends SourceError {
	override name = 'InputError';
}
