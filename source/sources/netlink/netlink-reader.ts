/**
Reads the sockets of one network namespace over netlink (`NETLINK_SOCK_DIAG`). A sample is two steps: the dumps (`inet-dumps.ts`), then settling what they
lacked, by the news of ends and by look-ups, and reading the families that `family-tables.ts` lists. A sample of several namespaces dumps all of them before
it settles any.
*/
import type {DestroyFeed, DestroyFeedOptions} from '../../netlink/destroy-feed.js';
import type {DiagSocket} from '../../netlink/diag-socket.js';
import type {FamilyTable} from '../../netlink/family-table.js';
import {extensionsFor} from '../../netlink/inet-extensions.js';
import {lookUpSockets} from '../../netlink/inet-lookup.js';
import {createInetParser} from '../../netlink/inet-parser.js';
import type {Parts} from '../../table/parts.js';
import {SystemCallError} from '../../system/system-calls.js';
import {
	defaultProtocols,
	Protocol,
	protocolNames,
	type ProtocolName,
} from '../../table/columns/protocols.js';
import type {Scope, SocketTable} from '../../table/socket-table.js';
import type {SampleRequest, Examination} from '../source.js';
import {createConfirmation} from './confirmation.js';
import {createDestroyEvents, type DestroyEvents} from './destroy-events.js';
import {openExamination} from './examination.js';
import {createFamilyTables} from './family-tables.js';
import type {ReadNetFile} from './raw-files.js';
import {createInetDumps, type Dumped} from './inet-dumps.js';
import {createVanished} from './vanished.js';

const defaults: ReadonlySet<ProtocolName> = new Set(defaultProtocols);

export type NetlinkReaderOptions = {
	readonly socket: DiagSocket;
	/** Whether the kernel knows bound, inactive sockets (Linux 6.8). */
	readonly hasBoundInactive: boolean;
	/** Version of the kernel, major times 100 plus minor; 0 where it is not known. */
	readonly kernel?: number;
	/** Number of the namespace in the table; 0 where there is but one. */
	readonly namespace?: number;
	/** The tables that this kernel was found to lack. Readers of one kernel share them. */
	readonly lacking?: Set<FamilyTable>;
	/** Opens the kernel's news of ended sockets; without them, or where the kernel refuses, dumps and look-ups must do. */
	readonly openFeed?: (options: DestroyFeedOptions) => DestroyFeed;
	/** Called when news were lost. */
	readonly onLoss: () => void;
	/** Reads the kernel's counts of aborted connections in the namespace, as `readAbortFiles` does; absent where they cannot be read. */
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

	@throws SystemCallError when the socket itself fails.
	*/
	readonly dump: (request: SampleRequest) => Parts;
	/**
	Settles by the news of ends and by look-ups what became of the sockets that the dump just made did not contain.

	@returns The scopes that were seen whole, and sentences about what failed.
	@throws SystemCallError when the socket itself fails.
	*/
	readonly settle: (request: SampleRequest) => {readonly complete: readonly Scope[]; readonly problems: readonly string[]};
	/** Reads these TCP and UDP sockets of the namespace again, by exact look-ups. */
	readonly refresh: (slots: readonly number[], request: SampleRequest) => void;
	/** Begins to read one socket with all that the kernel tells of it; undefined where there are no exact look-ups of its kind. */
	readonly examine: (slot: number) => Examination | undefined;
	/** Takes the news of ends that have come, before the sockets are closed and the namespace may go. */
	readonly takeNews: () => void;
	/** Merges the news taken before the sockets were closed: what ended gets its last counters, and nothing of it lives on. */
	readonly mergeLast: (request: SampleRequest) => void;
	/** News of ended sockets that were lost so far. */
	readonly lost: () => number;
	readonly close: () => void;
};

export const createNetlinkReader = (
	table: SocketTable, {
		socket, hasBoundInactive, kernel = 0, namespace = 0, lacking = new Set(), openFeed, onLoss, readAborts = () => undefined, readNetFile,
	}: NetlinkReaderOptions,
): NetlinkReader => {
	const endings = openEndings(table, {
		kernel, namespace, onLoss, ...(openFeed && {openFeed}),
	});
	const confirmation = createConfirmation(table, socket);
	const vanished = createVanished(table, readAborts);
	const parser = createInetParser(table, socket.views, kernel, slot => {
		vanished.judge([slot]);
	});
	const readFamilies = createFamilyTables(table, socket, {lacking, kernel, readNetFile});
	const dumps = createInetDumps(table, {
		socket,
		parser,
		hasBoundInactive,
		namespace,
		drain() {
			endings?.drain();
		},
		isBoundInactiveWanted: confirmation.hasVanished,
	});
	/** What came of the dump that is to be settled. */
	let dumped: Dumped = {complete: [], problems: [], isTcpComplete: true};
	let isClosed = false;

	return {
		namespace,
		socket,
		* dump(request) {
			const {columns, protocols: wanted = defaults} = request;
			table.enter(namespace);
			vanished.begin();
			endings?.mergeBeforeDump(columns, protocol => wanted.has(protocolNames[protocol]));
			dumped = yield * dumps.read(request, wanted);
		},
		settle({columns, protocols: wanted = defaults}) {
			const complete = [...dumped.complete];
			const problems = [...dumped.problems];
			table.enter(namespace);
			endings?.mergeAfterDump(dumped.isTcpComplete);
			confirmation.settle(complete, {
				extensions: extensionsFor(columns),
				hasNews: endings?.isWhole() ?? false,
				finished: endings?.finished() ?? [],
				parse(protocol, start, end) {
					parser.prepare(protocol, columns);
					parser.parse(start, end);
				},
				vanished: vanished.judge,
			});
			endings?.settle();
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
			socket, kernel, onEvent: endings?.onEvent, isOver: () => isClosed,
		}),
		takeNews() {
			endings?.drain();
		},
		mergeLast({columns, protocols: wanted = defaults}) {
			table.enter(namespace);
			endings?.mergeBeforeDump(columns, protocol => wanted.has(protocolNames[protocol]));
			endings?.mergeAfterDump(true);
			endings?.settle();
			for (const slot of endings?.finished() ?? []) {
				table.close(slot);
			}
		},
		lost: () => endings?.lost() ?? 0,
		close() {
			isClosed = true;
			endings?.close();
			socket.close();
		},
	};
};

const openEndings = (
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
