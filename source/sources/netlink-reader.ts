/**
Reads the kernel's tables of one network namespace over netlink (`NETLINK_SOCK_DIAG`): TCP and UDP, IPv4 and IPv6, and the others that `family-tables.ts`
lists. A sample of several namespaces dumps all of them before it settles what each dump lacked.
*/
import {constants} from 'node:os';
import type {DestroyFeed, DestroyFeedOptions} from '../netlink/destroy-feed.js';
import {outcomeProblem, type DiagSocket, type Outcome} from '../netlink/diag-socket.js';
import type {FamilyTable} from '../netlink/family-table.js';
import {dropsExtension, extensionsFor} from '../netlink/inet-extensions.js';
import {lookUpSockets} from '../netlink/inet-lookup.js';
import {createInetParser, findSlot} from '../netlink/inet-parser.js';
import {
	allStates,
	bothFamiliesRequest,
	boundInactiveStates,
	dumpRequest,
} from '../netlink/inet-request.js';
import type {Parts} from '../netlink/parts.js';
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
import {openExamination, type Examination} from './examination.js';
import {createFamilyTables} from './family-tables.js';
import {
	askFor,
	bothFamilies,
	closedState,
	isWhole,
	listening,
	portAskedProgram,
	unrestricted,
	type Asked,
} from './restriction.js';
import type {SampleRequest} from './source.js';

/** Datagrams of a dump, of some hundred sockets each, between two looks for news of ended sockets, for which the kernel may have little room. */
const datagramsBetweenDrains = 8;

/** Bound, inactive sockets change rarely and their hash table is a walk of its own: they are asked for in one sample of so many. */
const samplesBetweenBoundInactive = 5;

const {ENOENT, EINVAL, EPERM} = constants.errno;

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
	let isClosed = false;
	/** What came of the dump that is to be settled. */
	let complete: Scope[] = [];
	let problems: string[] = [];
	let isTcpComplete = true;
	/** What that dump asked for. */
	let restrict: NonNullable<SampleRequest['restrict']> = () => unrestricted;

	/** Sockets of state 13 come back as CLOSE, and only a dump that asks for 13 contains them. */
	const scopeOf = (protocol: number, family: number, states: number): Scope => {
		const inTable = protocol === Protocol.tcp ? (states === boundInactiveStates ? closedState : states & ~closedState) : states;
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
			complete.push(...scopes.filter(({protocol}) => isWhole(restrict(protocolNames[protocol]))));
		} else {
			problems.push(problem);
		}
	};

	const dumpInto = function * (request: Uint8Array, sequence: number): Parts<Outcome> {
		const dump = socket.dumpInParts(request, sequence, (start, end) => {
			parser.parse(start, end);
		});
		try {
			for (;;) {
				const {done, value} = dump.next();
				if (done) {
					return value;
				}

				drainNowAndThen();
				yield;
			}
		} finally {
			dump.return({errno: 0, truncated: 0, interrupted: true});
		}
	};

	// Dumps without the kernel's filter where the kernel does not want it: marks need a privilege, and old kernels know fewer operations.
	const dumpFiltered = function * (
		bytecode: Uint8Array | undefined, request: (bytecode: Uint8Array | undefined, sequence: number) => Uint8Array,
	): Parts<Outcome> {
		const sequence = socket.nextSequence();
		const outcome = yield * dumpInto(request(bytecode, sequence), sequence);
		return bytecode !== undefined && (outcome.errno === EPERM || outcome.errno === EINVAL) ? yield * dumpFiltered(undefined, request) : outcome;
	};

	const dumpTcp = function * (asked: Asked): Parts {
		const {states, extensions, families, bytecode} = asked;
		if (isOneWalk && families.length > 1) {
			const outcome = yield * dumpFiltered(bytecode, (program, sequence) => bothFamiliesRequest({states, extensions, bytecode: program}, sequence));
			if (outcome.errno !== EINVAL) {
				report(families.map(family => scopeOf(Protocol.tcp, family, states)), outcome);
				return;
			}

			isOneWalk = false;
		}

		yield * dumpFamilies(Protocol.tcp, asked);
	};

	const dumpFamilies = function * (protocol: number, {states, extensions, families, bytecode}: Asked): Parts {
		const {ipProtocol} = protocols[protocol];
		for (const family of families) {
			report([scopeOf(protocol, family, states)], yield * dumpFiltered(bytecode, (program, sequence) => dumpRequest({
				family, ipProtocol, states, extensions, bytecode: program,
			}, sequence)));
		}
	};

	/** Notes the sockets whose local port a program asked for: the kernel tells by its filter alone. */
	const notePorts = (protocol: number): void => {
		const asked = table.optional('portAsked');
		for (const family of asked === undefined ? [] : bothFamilies) {
			const sequence = socket.nextSequence();
			const {ipProtocol} = protocols[protocol];
			const request = dumpRequest({
				family, ipProtocol, states: allStates | boundInactiveStates, extensions: 0, bytecode: portAskedProgram,
			}, sequence);
			socket.dump(request, sequence, start => {
				const slot = findSlot(table, socket.views, start);
				if (asked !== undefined && slot !== -1) {
					asked[slot] = 1;
				}
			});
		}
	};

	return {
		namespace,
		socket,
		* dump({columns, protocols: wanted = defaults, restrict: asks = () => unrestricted}) {
			complete = [];
			problems = [];
			restrict = asks;
			const extensions = extensionsFor(columns);
			table.enter(namespace);
			endings?.mergeEarly(columns, protocol => wanted.has(protocolNames[protocol]));
			if (wanted.has('tcp')) {
				parser.prepare(Protocol.tcp, columns);
				const restriction = restrict('tcp');
				const asked = askFor(restriction, extensions);
				if (asked.families.length > 0) {
					const isApart = asked.bytecode !== undefined || (asked.states & listening) === 0 || columns.has('verdict');
					const states = isApart ? asked.states & ~listening : asked.states;
					if (states !== 0) {
						yield * dumpTcp({...asked, states});
					}

					// They cost next to nothing, and tell whose the connections are that nobody has accepted yet.
					if (isApart) {
						yield * dumpTcp({
							...asked, states: listening, bytecode: undefined, extensions: extensions | dropsExtension(columns),
						});
					}
				}

				if (hasBoundInactive && samples++ % samplesBetweenBoundInactive === 0 && (restriction.states & closedState) !== 0 && asked.families.length > 0) {
					yield * dumpTcp({...asked, states: boundInactiveStates});
				}

				notePorts(Protocol.tcp);
			}

			isTcpComplete = problems.length === 0;
			if (!wanted.has('udp')) {
				return;
			}

			parser.prepare(Protocol.udp, columns);
			yield * dumpFamilies(Protocol.udp, askFor(restrict('udp'), extensions | dropsExtension(columns)));
			notePorts(Protocol.udp);
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
		examine: slot => openExamination(table, slot, {
			socket, kernel, onEnding: endings?.onEnding, isOver: () => isClosed,
		}),
		takeNews() {
			endings?.drain();
		},
		mergeLast({columns, protocols: wanted = defaults}) {
			table.enter(namespace);
			endings?.mergeEarly(columns, protocol => wanted.has(protocolNames[protocol]));
			endings?.mergeLate(true);
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
