/** The kernel's tables other than TCP and UDP, read on request. */
import {constants} from 'node:os';
import {outcomeProblem, type DiagSocket, type Outcome} from '../../netlink/diag-socket.js';
import type {FamilyReader, FamilyTable} from '../../netlink/family-table.js';
import type {KernelVersion} from '../../netlink/inet-layout.js';
import {inetTables} from '../../netlink/inet-tables.js';
import {netlinkTable} from '../../netlink/netlink-parser.js';
import {packetTable} from '../../netlink/packet-parser.js';
import {smcTable} from '../../netlink/smc-parser.js';
import {tipcTable} from '../../netlink/tipc-parser.js';
import {unixTable} from '../../netlink/unix-parser.js';
import {vsockTable} from '../../netlink/vsock-parser.js';
import {xdpTable} from '../../netlink/xdp-parser.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import type {ProtocolName} from '../../table/columns/protocols.js';
import type {Scope} from '../../table/identified-sockets.js';
import type {SocketTable} from '../../table/socket-table.js';
import {hasSocketFiles, readSocketFiles, type ReadNetFile} from './socket-files.js';

/** To add a family, add a record here. */
const tables: readonly FamilyTable[] = [unixTable, ...inetTables, packetTable, netlinkTable, vsockTable, xdpTable, tipcTable, smcTable];

/** Limit of look-ups per sample and table; further missing sockets count as missed in this sample. */
const lookupsPerSample = 256;

/** Requests in one datagram: all their answers must fit into the socket's receive buffer. */
const lookupsPerDatagram = 64;

const {ENOENT, EPROTONOSUPPORT, EAFNOSUPPORT} = constants.errno;

export type FamilySample = {
	readonly protocols: ReadonlySet<ProtocolName>;
	readonly columns: ReadonlySet<OptionalColumn>;
	/** Takes the scopes that were read completely. */
	readonly complete: (scopes: readonly Scope[]) => void;
	/** Takes a sentence for the status line. */
	readonly problem: (sentence: string) => void;
};

export type FamilyTablesOptions = {
	readonly lacking?: Set<FamilyTable> | undefined;
	readonly kernel?: KernelVersion | undefined;
	readonly readNetFile?: ReadNetFile | undefined;
};

/**
Reads tables into the sockets' table. A family that this kernel lacks is reported once and never requested again.

@param options.lacking The tables that this kernel lacks, shared by the readers of its network namespaces.
@param options.kernel 0 if unknown.
@param options.readNetFile Reads files of /proc/net in the network namespace of the socket.
@throws SystemCallError if the socket itself fails.
*/
export const createFamilyTables = (
	table: SocketTable, socket: DiagSocket, {lacking = new Set(), kernel = 0, readNetFile = () => undefined}: FamilyTablesOptions = {},
): ((sample: FamilySample) => void) => {
	const readers = new Map<FamilyTable, FamilyReader>();

	const readerOf = (family: FamilyTable): FamilyReader => {
		let reader = readers.get(family);
		if (reader === undefined) {
			reader = family.open(table, socket.views, kernel);
			readers.set(family, reader);
		}

		return reader;
	};

	/** Finds out by exact look-ups which of the sockets that the dumps did not contain are gone. */
	const confirm = ({lookup, parse}: FamilyReader, scopes: readonly Scope[]): void => {
		if (lookup === undefined) {
			return;
		}

		const missing = scopes.flatMap(scope => table.missing(scope)).slice(0, lookupsPerSample);
		for (let start = 0; start < missing.length; start += lookupsPerDatagram) {
			const slots = missing.slice(start, start + lookupsPerDatagram);
			const requests = new Uint8Array(slots.length * lookup.length);
			let first = 0;
			for (const [index, slot] of slots.entries()) {
				const sequence = socket.nextSequence();
				first ||= sequence;
				lookup.write(requests.subarray(index * lookup.length, (index + 1) * lookup.length), slot, sequence);
			}

			socket.lookUp(requests, {first, count: slots.length}, (index, result) => {
				if ('start' in result) {
					parse(result.start, result.end);
				} else if (lookup.gone.includes(result.errno)) {
					table.close(slots[index]);
				}
			});
		}
	};

	const isRefused = ({refusals = []}: FamilyTable, {errno}: Outcome): boolean =>
		[ENOENT, EPROTONOSUPPORT, EAFNOSUPPORT, ...refusals].includes(errno);

	const read = (family: FamilyTable, {protocols, columns, complete, problem}: FamilySample): void => {
		const reader = readerOf(family);
		const seen: Scope[] = [];
		const dumps = reader.prepare(protocols, columns);
		let refused = 0;
		for (const {request, scopes} of dumps) {
			const sequence = socket.nextSequence();
			const outcome = socket.dump(request(sequence), sequence, (start, end) => {
				reader.parse(start, end);
			});
			// The kernel may lack only one version of IP, which then has no sockets.
			const didRefuse = isRefused(family, outcome);
			refused += didRefuse ? 1 : 0;
			const sentence = didRefuse ? undefined : family.problems?.[outcome.errno] ?? outcomeProblem(family.what, outcome);
			if (sentence === undefined) {
				seen.push(...scopes.map(scope => ({...scope, namespace: table.namespace})));
			} else {
				problem(sentence);
			}
		}

		if (refused === dumps.length) {
			lacking.add(family);
			if (!didReadFiles(family, complete)) {
				problem(`this kernel cannot list ${family.what}`);
			}

			return;
		}

		confirm(reader, seen);
		complete(seen);
	};

	/** Reads from files what the kernel does not list over netlink. Returns whether there are such files. */
	const didReadFiles = (family: FamilyTable, complete: FamilySample['complete']): boolean => {
		const [name] = family.protocols;
		const scopes = hasSocketFiles(name) ? readSocketFiles(table, name, readNetFile) : undefined;
		complete(scopes ?? []);
		return scopes !== undefined;
	};

	return sample => {
		for (const family of tables) {
			if (family.protocols.every(name => !sample.protocols.has(name))) {
				continue;
			}

			if (lacking.has(family)) {
				didReadFiles(family, sample.complete);
			} else {
				read(family, sample);
			}
		}
	};
};
