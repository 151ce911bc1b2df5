/**
What the tables of the kernel besides those of TCP and UDP have in common: requests out, answers into the table. Adding a family is adding a
`FamilyTable` to the list in `sources/family-tables.ts`.
*/
import type {OptionalColumn} from '../table/columns/columns.js';
import {Protocol, type ProtocolName} from '../table/columns/protocols.js';
import type {Scope, SocketTable} from '../table/socket-table.js';
import {
	Flag,
	headerLength,
	MessageType,
	writeHeader,
	type Views,
} from './framing.js';
import type {KernelVersion} from './inet-layout.js';

/** One dump of a sample. */
export type FamilyDump = {
	readonly request: (sequence: number) => Uint8Array;
	/** What its answer shows whole. */
	readonly scopes: readonly Scope[];
};

/** An exact look-up of one socket, for families whose kernel side knows it. */
export type FamilyLookup = {
	/** Bytes of a request. */
	readonly length: number;
	/** Writes a request for the socket in a slot into `message`, which is zeroed. */
	readonly write: (message: Uint8Array, slot: number, sequence: number) => void;
	/** Errors that say that the socket is gone. */
	readonly gone: readonly number[];
};

/** Reads one table of the kernel into the sockets' table. */
export type FamilyReader = {
	/** Prepares for a sample, and tells the dumps that it takes. */
	readonly prepare: (protocols: ReadonlySet<ProtocolName>, columns: ReadonlySet<OptionalColumn>) => readonly FamilyDump[];
	/**
	Merges the answer between two byte offsets of the views into the table. What is too short, of an unknown type or not asked for is skipped.

	@returns The slot, or -1.
	*/
	readonly parse: (start: number, end: number) => number;
	readonly lookup?: FamilyLookup;
};

export type FamilyTable = {
	/** What it holds, in words for a sentence: `UNIX sockets`. */
	readonly what: string;
	readonly protocols: readonly ProtocolName[];
	/** Answers that say "not this family", besides ENOENT and EPROTONOSUPPORT. */
	readonly refusals?: readonly number[];
	/** What errors mean that are not failures of the machine: sentences for people. */
	readonly problems?: Readonly<Record<number, string>>;
	/** `kernel` is left out where it is not known. */
	readonly open: (table: SocketTable, views: Views, kernel?: KernelVersion) => FamilyReader;
};

/** Every state that there is or will be. */
export const anyState = 0xFF_FF_FF_FF;

/** Scopes of whole tables. */
export const wholeScopes = (protocols: ReadonlySet<ProtocolName>, own: readonly ProtocolName[], families: readonly number[]): readonly Scope[] =>
	own.filter(name => protocols.has(name)).flatMap(name => families.map(family => ({protocol: Protocol[name], family, states: -1})));

/** A dump with SOCK_DIAG_BY_FAMILY whose request has so many bytes; `fill` writes them, all but family, protocol and extensions (the fourth byte) are 0. */
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

/** Writes optional columns; those that are not wanted do not exist, and are left. */
export const createColumnWriter = (table: SocketTable) => (slot: number, column: OptionalColumn, value: number): void => {
	const array = table.optional(column);
	if (array !== undefined) {
		array[slot] = value;
	}
};

/** Hands on the attributes between two byte offsets: type, start and end of the payload. Ends at the first that cannot be. */
export const walkAttributes = (
	{halves}: Views, start: number, end: number, visit: (type: number, start: number, end: number) => void,
): void => {
	for (let attribute = start; attribute + 4 <= end;) {
		const length = halves[attribute >> 1];
		if (length < 4 || attribute + length > end) {
			return;
		}

		visit(halves[(attribute >> 1) + 1] & 0x3F_FF, attribute + 4, attribute + length);
		attribute += (length + 3) & ~3;
	}
};
