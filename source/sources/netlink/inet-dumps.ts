/**
Dumps the kernel's tables of TCP and UDP sockets of one network namespace, in few walks: TCP of both families in one walk, rare kinds only in some samples, and
with the filter of a query if the kernel can apply it.
*/
import {constants} from 'node:os';
import {outcomeProblem, type DiagSocket, type Outcome} from '../../netlink/diag-socket.js';
import {dropsExtension, extensionsFor} from '../../netlink/inet-extensions.js';
import type {InetParser} from '../../netlink/inet-parser.js';
import {
	bothFamiliesRequest,
	boundInactiveStates,
	dumpRequest,
} from '../../netlink/inet-request.js';
import type {WaitingParts} from '../../parts/parts.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {Family} from '../../addresses/family.js';
import {
	Protocol,
	protocolNames,
	protocols,
	type ProtocolName,
} from '../../table/columns/protocols.js';
import type {Scope} from '../../table/identified-sockets.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {SampleRequest} from '../source.js';
import {readSocketFiles, type FileProtocol, type ReadNetFile} from './socket-files.js';
import {noteAskedPorts} from './asked-ports.js';
import {
	askFor,
	closedState,
	isUnrestricted,
	listening,
	unrestricted,
	type Asked,
} from './restriction.js';

/** Datagrams of a dump, with some hundred sockets each, between two reads of destroy events, for which the kernel may have little buffer space. */
const datagramsBetweenDrains = 8;

/** Bound, inactive sockets rarely change, and dumping them is a walk of its own: one sample in this many requests them. */
const samplesBetweenBoundInactive = 5;

const {ENOENT, EINVAL, EPERM, EOPNOTSUPP} = constants.errno;

export type InetDumpsOptions = {
	readonly socket: DiagSocket;
	/** Parses the answers into the table. */
	readonly parser: InetParser;
	/** Whether the kernel can list bound, inactive sockets (Linux 6.8). */
	readonly hasBoundInactive: boolean;
	/** Number of the namespace in the table. */
	readonly namespace: number;
	/** Receives destroy events, from time to time during a dump. */
	readonly drain: () => void;
	/** Whether bound, inactive sockets must be requested in this sample: connections have ended, and their processes may hold the sockets. */
	readonly isBoundInactiveWanted?: () => boolean;
	/** Reads files of /proc/net in the namespace, for a protocol that the kernel does not list over netlink. */
	readonly readNetFile?: ReadNetFile | undefined;
	/** The protocols that this kernel was found not to list over netlink. Readers of one kernel share them. */
	readonly unlisted?: Set<FileProtocol>;
};

/** The result of the dumps of a sample. */
export type Dumped = {
	/** The scopes that were read completely. */
	readonly complete: readonly Scope[];
	/** Sentences about what failed. */
	readonly problems: readonly string[];
	/** Whether the dumps contained all of TCP that was requested. */
	readonly isTcpComplete: boolean;
	/** The scopes that files contained whole: over netlink, nothing can be looked up there. */
	readonly ofFiles: readonly Scope[];
};

export type InetDumps = {
	/**
	Dumps the TCP and UDP tables that a sample wants into the sockets' table, some hundred sockets in each part.

	@throws SystemCallError if the socket itself fails.
	*/
	readonly read: (request: SampleRequest, wanted: ReadonlySet<ProtocolName>) => WaitingParts<Dumped>;
};

export const createInetDumps = (
	table: SocketTable, {
		socket, parser, hasBoundInactive, namespace, drain, isBoundInactiveWanted = () => false, readNetFile = () => undefined, unlisted = new Set(),
	}: InetDumpsOptions,
): InetDumps => {
	let datagrams = 0;
	/** Whether TCP of both families is dumped in one walk. A kernel without the old request needs one for each. */
	let isOneWalk = true;
	let samples = 0;
	/** The results of the dumps so far. */
	let complete: Scope[] = [];
	let problems: string[] = [];
	/** The scopes that the kernel says to know nothing of. */
	let lacking: Scope[] = [];
	let ofFiles: readonly Scope[] = [];
	/** The restrictions of the current request. */
	let restrict: NonNullable<SampleRequest['restrict']> = () => unrestricted;

	/** Sockets in state 13 are reported as CLOSE, and only a dump that requests 13 contains them. */
	const scopeOf = (protocol: number, family: number, states: number): Scope => {
		const inTable = protocol === Protocol.tcp ? (states === boundInactiveStates ? closedState : states & ~closedState) : states;
		return {
			protocol, family, states: inTable, namespace,
		};
	};

	const drainSometimes = (): void => {
		if (++datagrams % datagramsBetweenDrains === 0) {
			drain();
		}
	};

	const report = (scopes: readonly Scope[], outcome: Outcome): void => {
		const problem = outcomeProblem(scopes.map(scope => describe(scope)).join(' and '), outcome);
		if (outcome.errno === ENOENT) {
			lacking.push(...scopes);
		} else if (problem === undefined) {
			complete.push(...scopes.filter(({protocol}) => isUnrestricted(restrict(protocolNames[protocol]))));
		} else {
			problems.push(problem);
		}
	};

	const dumpInto = function * (request: Uint8Array, sequence: number): WaitingParts<Outcome> {
		const dump = socket.dumpInParts(request, sequence, (start, end) => {
			parser.parse(start, end);
		});
		try {
			for (;;) {
				const {done, value} = dump.next();
				if (done) {
					return value;
				}

				drainSometimes();
				yield value;
			}
		} finally {
			dump.return({errno: 0, truncated: 0, interrupted: true});
		}
	};

	// If the kernel rejects the filter, dumps again without it: marks need a privilege, and old kernels know fewer operations.
	const dumpFiltered = function * (
		bytecode: Uint8Array | undefined, request: (bytecode: Uint8Array | undefined, sequence: number) => Uint8Array,
	): WaitingParts<Outcome> {
		const sequence = socket.nextSequence();
		const outcome = yield * dumpInto(request(bytecode, sequence), sequence);
		return bytecode !== undefined && (outcome.errno === EPERM || outcome.errno === EINVAL) ? yield * dumpFiltered(undefined, request) : outcome;
	};

	const dumpTcp = function * (asked: Asked): WaitingParts {
		const {states, extensions, families, bytecode} = asked;
		if (isOneWalk && families.length > 1) {
			const outcome = yield * dumpFiltered(bytecode, (program, sequence) => bothFamiliesRequest({states, extensions, bytecode: program}, sequence));
			if (outcome.errno !== EINVAL && outcome.errno !== EOPNOTSUPP) {
				report(families.map(family => scopeOf(Protocol.tcp, family, states)), outcome);
				return;
			}

			isOneWalk = false;
		}

		yield * dumpFamilies(Protocol.tcp, asked);
	};

	const dumpFamilies = function * (protocol: number, {states, extensions, families, bytecode}: Asked): WaitingParts {
		const {ipProtocol} = protocols[protocol];
		for (const family of families) {
			report([scopeOf(protocol, family, states)], yield * dumpFiltered(bytecode, (program, sequence) => dumpRequest({
				family, ipProtocol, states, extensions, bytecode: program,
			}, sequence)));
		}
	};

	const readTcp = function * (columns: ReadonlySet<OptionalColumn>): WaitingParts {
		parser.prepare(Protocol.tcp, columns);
		const restriction = restrict('tcp');
		const extensions = extensionsFor(columns);
		const asked = askFor(restriction, extensions);
		const canHaveSockets = asked.families.length > 0;
		if (canHaveSockets) {
			const isApart = asked.bytecode !== undefined || (asked.states & listening) === 0 || columns.has('healthProblem');
			const states = isApart ? asked.states & ~listening : asked.states;
			if (states !== 0) {
				yield * dumpTcp({...asked, states});
			}

			// Listeners cost next to nothing, and tell who will get the connections that wait for accept.
			if (isApart) {
				yield * dumpTcp({
					...asked, states: listening, bytecode: undefined, extensions: extensions | dropsExtension(columns),
				});
			}
		}

		const isTurn = samples++ % samplesBetweenBoundInactive === 0;
		if (hasBoundInactive && (isTurn || isBoundInactiveWanted()) && (restriction.states & closedState) !== 0 && canHaveSockets) {
			yield * dumpTcp({...asked, states: boundInactiveStates});
		}

		noteAskedPorts(table, socket, Protocol.tcp);
	};

	const readUdp = function * (columns: ReadonlySet<OptionalColumn>): WaitingParts {
		parser.prepare(Protocol.udp, columns);
		yield * dumpFamilies(Protocol.udp, askFor(restrict('udp'), extensionsFor(columns) | dropsExtension(columns)));
		noteAskedPorts(table, socket, Protocol.udp);
	};

	/** Reads from files what the kernel does not list over netlink. One that does not list a protocol may have sockets of it all the same. */
	const readFiles = (name: FileProtocol): void => {
		const scopes = readSocketFiles(table, name, readNetFile);
		const what = `this kernel does not list ${name.toUpperCase()} sockets over netlink (is the module ${name}_diag missing?)`;
		problems.push(scopes === undefined ? what : `${what}; reading /proc/net/${name} instead, which has no details`);
		ofFiles = [...ofFiles, ...scopes ?? []];
	};

	const readListed = function * (name: 'tcp' | 'udp', dump: () => WaitingParts): WaitingParts {
		lacking = [];
		if (!unlisted.has(name)) {
			yield * dump();
		}

		if (!(unlisted.has(name) || lacking.some(({protocol}) => protocol === Protocol[name]))) {
			return;
		}

		unlisted.add(name);
		readFiles(name);
	};

	return {
		* read({columns, restrict: asks = () => unrestricted}, wanted) {
			complete = [];
			problems = [];
			restrict = asks;
			ofFiles = [];
			if (wanted.has('tcp')) {
				yield * readListed('tcp', () => readTcp(columns));
			}

			const isTcpComplete = problems.length === 0;
			if (wanted.has('udp')) {
				yield * readListed('udp', () => readUdp(columns));
			}

			return {
				complete, problems, isTcpComplete, ofFiles,
			};
		},
	};
};

const describe = ({protocol, family}: Scope): string => `${protocols[protocol].name} over IPv${family === Family.inet ? 4 : 6}`;
