/**
The common interface of the kernel's tables other than TCP and UDP: it creates requests, and parses answers into the table. To add a family, add a `FamilyTable` to the
list in `sources/netlink/family-tables.ts`.
*/
import type {OptionalColumn} from '../table/columns/columns.js';
import {Protocol, type ProtocolName} from '../table/columns/protocols.js';
import type {Scope} from '../table/identified-sockets.js';
import type {SocketTable} from '../table/socket-table.js';
import {
	Flag,
	headerLength,
	MessageType,
	writeHeader,
	type Views,
} from './framing.js';
import {typeMask} from './find-attribute.js';
import type {KernelVersion} from './inet-layout.js';

/** One dump of a sample. */
export type FamilyDump = {
	readonly request: (sequence: number) => Uint8Array;
	/** What its answer lists completely. */
	readonly scopes: readonly Scope[];
};

/** An exact lookup of one socket, for families that support it. */
export type FamilyLookup = {
	/** Bytes of a request. */
	readonly length: number;
	/** Writes a request for the socket in a slot into `message`, which is zeroed. */
	readonly write: (message: Uint8Array, slot: number, sequence: number) => void;
	/** Errnos that mean that the socket is gone. */
	readonly gone: readonly number[];
};

/** Reads one table of the kernel into the sockets' table. */
export type FamilyReader = {
	/** Prepares for a sample, and returns the dumps that it needs. */
	readonly prepare: (protocols: ReadonlySet<ProtocolName>, columns: ReadonlySet<OptionalColumn>) => readonly FamilyDump[];
	/**
	Merges the answer between two byte offsets of the views into the table. Answers that are too short, of an unknown type or not wanted are skipped.

	@returns The slot, or -1.
	*/
	readonly parse: (start: number, end: number) => number;
	readonly lookup?: FamilyLookup;
};

export type FamilyTable = {
	/** Names the sockets in a sentence: `UNIX sockets`. */
	readonly what: string;
	readonly protocols: readonly ProtocolName[];
	/** Errnos that mean that the kernel does not support the family, in addition to ENOENT and EPROTONOSUPPORT. */
	readonly refusals?: readonly number[];
	/** Sentences for errnos with a special meaning. */
	readonly problems?: Readonly<Record<number, string>>;
	/** `kernel` is the kernel's version, if known. */
	readonly open: (table: SocketTable, views: Views, kernel?: KernelVersion) => FamilyReader;
};

/** All states, including future ones. */
export const anyState = 0xFF_FF_FF_FF;

/** Returns the scopes of complete tables, for those of the family's own protocols that are wanted. */
export const wholeScopes = (protocols: ReadonlySet<ProtocolName>, own: readonly ProtocolName[], families: readonly number[]): readonly Scope[] =>
	own.filter(name => protocols.has(name)).flatMap(name => families.map(family => ({protocol: Protocol[name], family, states: -1})));

/** Creates a SOCK_DIAG_BY_FAMILY dump request of `length` bytes. `fill` writes everything except family, protocol and extensions (the fourth byte). */
export const familyRequest = (
	length: number,
	{family, protocol = 0, extensions = 0}: {readonly family: number; readonly protocol?: number; readonly extensions?: number},
	fill: (words: Uint32Array) => void = () => undefined,
) => (sequence: number): Uint8Array => {
	const message = new Uint8Array(headerLength + length);
	writeHeader(message, MessageType.sockDiagByFamily, Flag.request | Flag.dump, sequence);
	fill(new Uint32Array(message.buffer, headerLength));
	message[headerLength] = family;
	message[headerLength + 1] = protocol;
	message[headerLength + 3] |= extensions;
	return message;
};

/** Writes optional columns, and skips those that are not wanted. */
export const createColumnWriter = (table: SocketTable) => (slot: number, column: OptionalColumn, value: number): void => {
	const array = table.optional(column);
	if (array !== undefined) {
		array[slot] = value;
	}
};

/** Calls back with the type, payload start and payload end of each attribute between two byte offsets. Stops at the first invalid length. */
export const walkAttributes = (
	{halves}: Views, start: number, end: number, callback: (type: number, start: number, end: number) => void,
): void => {
	for (let attribute = start; attribute + 4 <= end;) {
		const length = halves[attribute >> 1];
		if (length < 4 || attribute + length > end) {
			return;
		}

		callback(halves[(attribute >> 1) + 1] & typeMask, attribute + 4, attribute + length);
		attribute += (length + 3) & ~3;
	}
};
