/**
The kernel's own tables over netlink (`NETLINK_SOCK_DIAG`): TCP and UDP, IPv4 and IPv6, and the others that `family-tables.ts` lists.
*/
import {constants} from 'node:os';
import {
	allStates,
	bothFamiliesRequest,
	boundInactiveStates,
	dumpRequest,
} from '../netlink/inet-request.js';
import {extensionsFor} from '../netlink/inet-extensions.js';
import {createInetParser} from '../netlink/inet-parser.js';
import {
	openDiagSocket,
	outcomeProblem,
	type DiagSocket,
	type Outcome,
} from '../netlink/diag-socket.js';
import type {DestroyFeed, DestroyFeedOptions} from '../netlink/destroy-feed.js';
import {lookUpSockets} from '../netlink/inet-lookup.js';
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
import {SourceError, type SampleRequest, type Source} from './source.js';

/** Datagrams of a dump, of some hundred sockets each, between two looks for news of ended sockets, for which the kernel may have little room. */
const datagramsBetweenDrains = 8;

/** Bound, inactive sockets change rarely and their hash table is a walk of its own: they are asked for in one sample of so many. */
const samplesBetweenBoundInactive = 5;

const {ENOENT, EINVAL} = constants.errno;

const defaults: ReadonlySet<ProtocolName> = new Set(defaultProtocols);

export type NetlinkOptions = {
	/** Whether the kernel knows bound, inactive sockets (Linux 6.8). */
	readonly hasBoundInactive: boolean;
	/** Version of the kernel, major times 100 plus minor; 0 where it is not known. */
	readonly kernel?: number;
	/** Opens the socket; passed in by tests. */
	readonly open?: () => DiagSocket;
	/** Opens the kernel's news of ended sockets; without them, or where the kernel refuses, dumps and look-ups must do. */
	readonly openFeed?: (options: DestroyFeedOptions) => DestroyFeed;
};

/**
Opens netlink.

@throws SourceError where netlink is refused, with the reason.
*/
export const createNetlinkSource = (table: SocketTable, {hasBoundInactive, kernel = 0, open = openDiagSocket, openFeed}: NetlinkOptions): Source => {
	const socket = opened(open);
	let tellLoss = (): void => undefined;
	const endings = openEndings(table, kernel, openFeed, () => {
		tellLoss();
	});
	const confirmation = createConfirmation(table, socket);
	let datagrams = 0;
	const parser = createInetParser(table, socket.views, kernel);
	const readFamilies = createFamilyTables(table, socket);
	/** TCP of both families in one walk; a kernel without the old request gets one for each. */
	let isOneWalk = true;
	let samples = 0;

	const drainNowAndThen = (): void => {
		if (++datagrams % datagramsBetweenDrains === 0) {
			endings?.drain();
		}
	};

	const dumpInto = (request: Uint8Array, sequence: number): Outcome => socket.dump(request, sequence, (start, end) => {
		parser.parse(start, end);
	}, drainNowAndThen);

	const dumpTcp = (states: number, extensions: number, report: (scopes: readonly Scope[], outcome: Outcome) => void): void => {
		if (isOneWalk) {
			const sequence = socket.nextSequence();
			const outcome = dumpInto(bothFamiliesRequest(states, extensions, sequence), sequence);
			if (outcome.errno !== EINVAL) {
				report([scope(Protocol.tcp, Family.inet, states), scope(Protocol.tcp, Family.inet6, states)], outcome);
				return;
			}

			isOneWalk = false;
		}

		dumpFamilies(Protocol.tcp, states, extensions, report);
	};

	const dumpFamilies = (
		protocol: number, states: number, extensions: number, report: (scopes: readonly Scope[], outcome: Outcome) => void,
	): void => {
		for (const family of [Family.inet, Family.inet6]) {
			const sequence = socket.nextSequence();
			const {ipProtocol} = protocols[protocol];
			const request = dumpRequest({
				family, ipProtocol, states, extensions,
			}, sequence);
			report([scope(protocol, family, states)], dumpInto(request, sequence));
		}
	};

	const sample = ({columns, protocols: wanted = defaults}: SampleRequest) => {
		const complete: Scope[] = [];
		const problems: string[] = [];
		const extensions = extensionsFor(columns);
		const report = (scopes: readonly Scope[], outcome: Outcome): void => {
			const problem = outcomeProblem(scopes.map(scope => describe(scope)).join(' and '), outcome);
			// A protocol that this kernel lacks has no sockets.
			if (problem === undefined || outcome.errno === ENOENT) {
				complete.push(...scopes);
			} else {
				problems.push(problem);
			}
		};

		endings?.mergeEarly(columns, protocol => wanted.has(protocolNames[protocol]));
		if (wanted.has('tcp')) {
			parser.prepare(Protocol.tcp, columns);
			dumpTcp(allStates, extensions, report);
			if (hasBoundInactive && samples++ % samplesBetweenBoundInactive === 0) {
				dumpTcp(boundInactiveStates, extensions, report);
			}
		}

		const isTcpComplete = problems.length === 0;
		if (wanted.has('udp')) {
			parser.prepare(Protocol.udp, columns);
			dumpFamilies(Protocol.udp, allStates, extensions, report);
		}

		endings?.mergeLate(isTcpComplete);
		confirmation.settle(complete, {
			extensions,
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
		return {complete, problems, lostNews: endings?.lost() ?? 0};
	};

	return {
		name: 'netlink',
		sample(_table, request) {
			try {
				return sample(request);
			} catch (error) {
				if (error instanceof SystemCallError) {
					return {complete: [], problems: [`netlink failed (${error.message}); trying again`]};
				}

				throw error;
			}
		},
		refresh(slots, {columns}) {
			const living = slots.filter(slot => !table.isClosed(slot));
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
		onLoss(callback) {
			tellLoss = callback;
		},
		close() {
			endings?.close();
			socket.close();
		},
	};
};

const openEndings = (table: SocketTable, kernel: number, openFeed: NetlinkOptions['openFeed'], onLoss: () => void): Endings | undefined => {
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

const opened = (open: () => DiagSocket): DiagSocket => {
	try {
		return open();
	} catch (error) {
		if (error instanceof SystemCallError) {
			throw new SourceError(`this system refuses netlink's socket diagnostics (${error.message})`);
		}

		throw error;
	}
};

/** Sockets of state 13 come back as CLOSE, and only a dump that asks for 13 contains them. */
const scope = (protocol: number, family: number, states: number): Scope => {
	const closed = 1 << 7;
	return protocol === Protocol.tcp ? {protocol, family, states: states === boundInactiveStates ? closed : states & ~closed} : {protocol, family, states};
};

const describe = ({protocol, family}: Scope): string => `${protocols[protocol].name} over IPv${family === Family.inet ? 4 : 6}`;
