/**
Reads the sockets of one network namespace over netlink (`NETLINK_SOCK_DIAG`). A sample has two steps: the dumps (`inet-dumps.ts`), then resolving what they
missed, by destroy events and look-ups, and reading the families of `family-tables.ts`. A sample of several namespaces dumps all of them before it resolves any.
*/
import type {DestroyFeed, DestroyFeedOptions} from '../../netlink/destroy-feed.js';
import type {DiagSocket} from '../../netlink/diag-socket.js';
import type {FamilyTable} from '../../netlink/family-table.js';
import {extensionsFor} from '../../netlink/inet-extensions.js';
import {lookUpSockets} from '../../netlink/inet-lookup.js';
import {createInetParser} from '../../netlink/inet-parser.js';
import type {WaitingParts} from '../../parts/parts.js';
import {SystemCallError} from '../../system/system-calls.js';
import {
	defaultProtocols,
	Protocol,
	protocolNames,
	type ProtocolName,
} from '../../table/columns/protocols.js';
import type {Scope} from '../../table/identified-sockets.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {SampleRequest, Examination} from '../source.js';
import {createConfirmation} from './confirmation.js';
import {createDestroyEvents, type DestroyEvents} from './destroy-events.js';
import {openExamination} from './examination.js';
import {createFamilyTables} from './family-tables.js';
import type {ReadNetFile} from './socket-files.js';
import {createInetDumps, type Dumped} from './inet-dumps.js';
import {createVanished} from './vanished.js';

const defaults: ReadonlySet<ProtocolName> = new Set(defaultProtocols);

export type NetlinkReaderOptions = {
	readonly socket: DiagSocket;
	/** Whether the kernel can list bound, inactive sockets (Linux 6.8). */
	readonly hasBoundInactive: boolean;
	/** Kernel version, major times 100 plus minor; 0 if unknown. */
	readonly kernel?: number;
	/** Number of the namespace in the table; 0 if there is only one. */
	readonly namespace?: number;
	/** The tables that this kernel lacks. Readers of one kernel share the set. */
	readonly lacking?: Set<FamilyTable>;
	/** Opens the feed of destroy events. Without it, or if the kernel refuses, the reader relies on dumps and look-ups. */
	readonly openFeed?: (options: DestroyFeedOptions) => DestroyFeed;
	/** Called when events were dropped. */
	readonly onLoss: () => void;
	/** Reads the kernel's counts of aborted connections in the namespace, like `readAbortFiles`; absent if they cannot be read. */
	readonly readAborts?: () => string | undefined;
	/** Reads files of /proc/net in the namespace, for what the kernel does not list over netlink. */
	readonly readNetFile?: ReadNetFile;
};

export type NetlinkReader = {
	/** Number of the namespace in the table. */
	readonly namespace: number;
	readonly socket: DiagSocket;
	/**
	Dumps the tables into the sockets' table, some hundred sockets in each part.

	@throws SystemCallError if the socket itself fails.
	*/
	readonly dump: (request: SampleRequest) => WaitingParts;
	/**
	Finds out by destroy events and look-ups what became of the sockets that the last dump did not contain.

	@returns The scopes that were read completely, and sentences about what failed.
	@throws SystemCallError if the socket itself fails.
	*/
	readonly resolve: (request: SampleRequest) => {readonly complete: readonly Scope[]; readonly problems: readonly string[]};
	/** Reads TCP and UDP sockets of the namespace again, by exact look-ups. */
	readonly refresh: (slots: readonly number[], request: SampleRequest) => void;
	/** Starts reading one socket with all its details; undefined if the kernel has no exact look-ups of its kind. */
	readonly examine: (slot: number) => Examination | undefined;
	/** Receives the pending destroy events, before the sockets are closed and the namespace may go. */
	readonly drain: () => void;
	/** Merges the events that were received before closing: sockets that ended get their last counters, and their rows are closed. */
	readonly mergeLast: (request: SampleRequest) => void;
	/** Number of destroy events that were dropped so far; undefined if there is no feed. */
	readonly lost: () => number | undefined;
	readonly close: () => void;
};

export const createNetlinkReader = (
	table: SocketTable, {
		socket, hasBoundInactive, kernel = 0, namespace = 0, lacking = new Set(), openFeed, onLoss, readAborts = () => undefined, readNetFile,
	}: NetlinkReaderOptions,
): NetlinkReader => {
	const feedEvents = openDestroyEvents(table, {
		kernel, namespace, onLoss, ...(openFeed && {openFeed}),
	});
	const confirmation = createConfirmation(table, socket);
	const vanished = createVanished(table, readAborts);
	const parser = createInetParser(table, socket.views, kernel, slot => {
		vanished.explain([slot]);
	});
	const readFamilies = createFamilyTables(table, socket, {lacking, kernel, readNetFile});
	const dumps = createInetDumps(table, {
		socket,
		parser,
		hasBoundInactive,
		namespace,
		drain() {
			feedEvents?.drain();
		},
		isBoundInactiveWanted: confirmation.hasVanished,
		readNetFile,
	});
	/** The result of the dump that `resolve` works on. */
	let dumped: Dumped = {
		complete: [], problems: [], isTcpComplete: true, ofFiles: [],
	};
	let isClosed = false;

	return {
		namespace,
		socket,
		* dump(request) {
			const {columns, protocols: wanted = defaults} = request;
			table.enter(namespace);
			vanished.begin();
			feedEvents?.mergeBeforeDump(columns, protocol => wanted.has(protocolNames[protocol]));
			dumped = yield * dumps.read(request, wanted);
		},
		resolve({columns, protocols: wanted = defaults}) {
			const complete = [...dumped.complete];
			const problems = [...dumped.problems];
			table.enter(namespace);
			feedEvents?.mergeAfterDump(dumped.isTcpComplete);
			confirmation.confirm(complete, {
				extensions: extensionsFor(columns),
				hasEvents: feedEvents?.isWhole() ?? false,
				finished: feedEvents?.finished() ?? [],
				parse(protocol, start, end) {
					parser.prepare(protocol, columns);
					parser.parse(start, end);
				},
				vanished: vanished.explain,
			});
			complete.push(...dumped.ofFiles);
			feedEvents?.discountFins();
			readFamilies({
				protocols: wanted,
				columns,
				complete(scopes) {
					complete.push(...scopes);
				},
				problem(sentence) {
					problems.push(sentence);
				},
			});
			return {complete, problems};
		},
		refresh(slots, {columns}) {
			table.enter(namespace);
			const living = slots.filter(slot => table.core.namespace[slot] === namespace && !table.isClosed(slot));
			for (const protocol of [Protocol.tcp, Protocol.udp]) {
				const ofProtocol = living.filter(slot => table.core.protocol[slot] === protocol);
				parser.prepare(protocol, columns);
				lookUpSockets(socket, table, {slots: ofProtocol, extensions: extensionsFor(columns)}, (_slot, result) => {
					if ('start' in result) {
						parser.parse(result.start, result.end);
					}
				});
			}
		},
		examine: slot => openExamination(table, slot, {
			socket, kernel, onEvent: feedEvents?.onEvent, isOver: () => isClosed,
		}),
		drain() {
			feedEvents?.drain();
		},
		mergeLast({columns, protocols: wanted = defaults}) {
			table.enter(namespace);
			feedEvents?.mergeBeforeDump(columns, protocol => wanted.has(protocolNames[protocol]));
			feedEvents?.mergeAfterDump(true);
			feedEvents?.discountFins();
			for (const slot of feedEvents?.finished() ?? []) {
				table.close(slot);
			}
		},
		lost: () => feedEvents?.lost(),
		close() {
			isClosed = true;
			feedEvents?.close();
			socket.close();
		},
	};
};

const openDestroyEvents = (
	table: SocketTable, {kernel, namespace, openFeed, onLoss}: Pick<NetlinkReaderOptions, 'openFeed' | 'onLoss'> & {readonly kernel: number; readonly namespace: number},
): DestroyEvents | undefined => {
	try {
		const feed = openFeed?.({onLoss});
		return feed && createDestroyEvents(table, feed, {kernel, namespace});
	} catch (error) {
		if (error instanceof SystemCallError) {
			return undefined;
		}

		throw error;
	}
};
