/**
Reads the kernel's tables of one network namespace over netlink (`NETLINK_SOCK_DIAG`): TCP and UDP, IPv4 and IPv6, and the others that `family-tables.ts`
lists. A sample of several namespaces dumps all of them before it settles what each dump lacked.
*/
import {constants} from 'node:os';
import type {DestroyFeed, DestroyFeedOptions} from '../netlink/destroy-feed.js';
import {outcomeProblem, type DiagSocket, type Outcome} from '../netlink/diag-socket.js';
import type {FamilyTable} from '../netlink/family-table.js';
import {extensionsFor} from '../netlink/inet-extensions.js';
import {lookUpSockets} from '../netlink/inet-lookup.js';
import {createInetParser} from '../netlink/inet-parser.js';
import {
	allStates,
	bothFamiliesRequest,
	boundInactiveStates,
	dumpRequest,
} from '../netlink/inet-request.js';
import {SystemCallError} from '../netlink/system-calls.js';
import {
	defaultProtocols,
	Family,
	Protocol,
	protocolNames,
	protocols,
	type ProtocolName,
} from '../table/protocols.js';
import type {Scope, SocketTable} from '../table/socket-table.js';
import {createConfirmation} from './confirmation.js';
import {createEndings, type Endings} from './endings.js';
import {createFamilyTables} from './family-tables.js';
import type {SampleRequest} from './source.js';

/** Datagrams of a dump, of some hundred sockets each, between two looks for news of ended sockets, for which the kernel may have little room. */
const datagramsBetweenDrains = 8;

/** Bound, inactive sockets change rarely and their hash table is a walk of its own: they are asked for in one sample of so many. */
const samplesBetweenBoundInactive = 5;

const {ENOENT, EINVAL} = constants.errno;

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
};

export type NetlinkReader = {
	/** Number of the namespace in the table. */
	readonly namespace: number;
	readonly socket: DiagSocket;
	/**
	Dumps the tables into the sockets' table.

	@throws SystemCallError when the socket itself fails.
	*/
	readonly dump: (request: SampleRequest) => void;
	/**
	Settles by the news of ends and by look-ups what became of the sockets that the dump just made did not contain.

	@returns The scopes that were seen whole, and sentences about what failed.
	@throws SystemCallError when the socket itself fails.
	*/
	readonly settle: (request: SampleRequest) => {readonly complete: readonly Scope[]; readonly problems: readonly string[]};
	/** Reads these TCP and UDP sockets of the namespace again, by exact look-ups. */
	readonly refresh: (slots: readonly number[], request: SampleRequest) => void;
	/** News of ended sockets that were lost so far. */
	readonly lost: () => number;
	readonly close: () => void;
};

export const createNetlinkReader = (
	table: SocketTable, {
		socket, hasBoundInactive, kernel = 0, namespace = 0, lacking = new Set(), openFeed, onLoss,
	}: NetlinkReaderOptions,
): NetlinkReader => {
	const endings = openEndings(table, kernel, openFeed, onLoss);
	const confirmation = createConfirmation(table, socket);
	const parser = createInetParser(table, socket.views, kernel);
	const readFamilies = createFamilyTables(table, socket, lacking);
	let datagrams = 0;
	/** TCP of both families in one walk; a kernel without the old request gets one for each. */
	let isOneWalk = true;
	let samples = 0;
	/** What came of the dump that is to be settled. */
	let complete: Scope[] = [];
	let problems: string[] = [];
	let isTcpComplete = true;

	/** Sockets of state 13 come back as CLOSE, and only a dump that asks for 13 contains them. */
	const scopeOf = (protocol: number, family: number, states: number): Scope => {
		const closed = 1 << 7;
		const inTable = protocol === Protocol.tcp ? (states === boundInactiveStates ? closed : states & ~closed) : states;
		return {
			protocol, family, states: inTable, namespace,
		};
	};

	const drainNowAndThen = (): void => {
		if (++datagrams % datagramsBetweenDrains === 0) {
			endings?.drain();
		}
	};

	const report = (scopes: readonly Scope[], outcome: Outcome): void => {
		const problem = outcomeProblem(scopes.map(scope => describe(scope)).join(' and '), outcome);
		// A protocol that this kernel lacks has no sockets.
		if (problem === undefined || outcome.errno === ENOENT) {
			complete.push(...scopes);
		} else {
			problems.push(problem);
		}
	};

	const dumpInto = (request: Uint8Array, sequence: number): Outcome => socket.dump(request, sequence, (start, end) => {
		parser.parse(start, end);
	}, drainNowAndThen);

	const dumpTcp = (states: number, extensions: number): void => {
		if (isOneWalk) {
			const sequence = socket.nextSequence();
			const outcome = dumpInto(bothFamiliesRequest(states, extensions, sequence), sequence);
			if (outcome.errno !== EINVAL) {
				report([scopeOf(Protocol.tcp, Family.inet, states), scopeOf(Protocol.tcp, Family.inet6, states)], outcome);
				return;
			}

			isOneWalk = false;
		}

		dumpFamilies(Protocol.tcp, states, extensions);
	};

	const dumpFamilies = (protocol: number, states: number, extensions: number): void => {
		for (const family of [Family.inet, Family.inet6]) {
			const sequence = socket.nextSequence();
			const {ipProtocol} = protocols[protocol];
			const request = dumpRequest({
				family, ipProtocol, states, extensions,
			}, sequence);
			report([scopeOf(protocol, family, states)], dumpInto(request, sequence));
		}
	};

	return {
		namespace,
		socket,
		dump({columns, protocols: wanted = defaults}) {
			complete = [];
			problems = [];
			const extensions = extensionsFor(columns);
			table.enter(namespace);
			endings?.mergeEarly(columns, protocol => wanted.has(protocolNames[protocol]));
			if (wanted.has('tcp')) {
				parser.prepare(Protocol.tcp, columns);
				dumpTcp(allStates, extensions);
				if (hasBoundInactive && samples++ % samplesBetweenBoundInactive === 0) {
					dumpTcp(boundInactiveStates, extensions);
				}
			}

			isTcpComplete = problems.length === 0;
			if (!wanted.has('udp')) {
				return;
			}

			parser.prepare(Protocol.udp, columns);
			dumpFamilies(Protocol.udp, allStates, extensions);
		},
		settle({columns, protocols: wanted = defaults}) {
			table.enter(namespace);
			endings?.mergeLate(isTcpComplete);
			confirmation.settle(complete, {
				extensions: extensionsFor(columns),
				hasNews: endings?.isWhole() ?? false,
				finished: endings?.finished() ?? [],
				parse(protocol, start, end) {
					parser.prepare(protocol, columns);
					parser.parse(start, end);
				},
			});
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
				lookUpSockets(socket, table, ofProtocol, extensionsFor(columns), (_slot, result) => {
					if ('start' in result) {
						parser.parse(result.start, result.end);
					}
				});
			}
		},
		lost: () => endings?.lost() ?? 0,
		close() {
			endings?.close();
			socket.close();
		},
	};
};

const openEndings = (table: SocketTable, kernel: number, openFeed: NetlinkReaderOptions['openFeed'], onLoss: () => void): Endings | undefined => {
	try {
		const feed = openFeed?.({onLoss});
		return feed && createEndings(table, feed, kernel);
	} catch (error) {
		if (error instanceof SystemCallError) {
			return undefined;
		}

		throw error;
	}
};

const describe = ({protocol, family}: Scope): string => `${protocols[protocol].name} over IPv${family === Family.inet ? 4 : 6}`;
