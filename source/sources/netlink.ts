/**
The kernel's own tables over netlink (`NETLINK_SOCK_DIAG`): TCP and UDP, IPv4 and IPv6.
*/
import {constants} from 'node:os';
import {
	allStates,
	Attribute,
	bothFamiliesRequest,
	boundInactiveStates,
	dumpRequest,
	extensionBit,
	lookupLength,
	writeLookup,
} from '../netlink/inet-request.js';
import {members} from '../netlink/inet-layout.js';
import {createInetParser} from '../netlink/inet-parser.js';
import {
	openDiagSocket,
	outcomeProblem,
	type DiagSocket,
	type Outcome,
} from '../netlink/diag-socket.js';
import {SystemCallError} from '../netlink/system-calls.js';
import type {OptionalColumn} from '../table/columns.js';
import {Family, Protocol, protocols} from '../table/protocols.js';
import type {Scope, SocketTable} from '../table/socket-table.js';
import {SourceError, type SampleRequest, type Source} from './source.js';

/** Sockets that a sample missed are looked up one by one, which settles whether they live; more than this wait for the next sample. */
const lookupsPerSample = 1024;

/** Requests in one datagram: their answers must fit into the socket's receive buffer together. */
const lookupsPerDatagram = 64;

/** Bound, inactive sockets change rarely and their hash table is a walk of its own: they are asked for in one sample of so many. */
const samplesBetweenBoundInactive = 5;

const {ENOENT, EINVAL} = constants.errno;

export type NetlinkOptions = {
	/** Whether the kernel knows bound, inactive sockets (Linux 6.8). */
	readonly hasBoundInactive: boolean;
	/** Opens the socket; passed in by tests. */
	readonly open?: () => DiagSocket;
};

/**
@throws SourceError where netlink is refused, with the reason.
*/
export const createNetlinkSource = (table: SocketTable, {hasBoundInactive, open = openDiagSocket}: NetlinkOptions): Source => {
	const socket = opened(open);
	const parser = createInetParser(table, socket.views);
	/** TCP of both families in one walk; a kernel without the old request gets one for each. */
	let isOneWalk = true;
	let samples = 0;

	const dumpTcp = (states: number, extensions: number, report: (scopes: readonly Scope[], outcome: Outcome) => void): void => {
		if (isOneWalk) {
			const sequence = socket.nextSequence();
			const outcome = socket.dump(bothFamiliesRequest(states, extensions, sequence), sequence, parser.parse);
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
			report([scope(protocol, family, states)], socket.dump(request, sequence, parser.parse));
		}
	};

	/** Settles by exact look-ups which TCP sockets that the dumps did not contain are gone. Members of reuseport groups cannot be found this way. */
	const confirm = (complete: readonly Scope[], extensions: number): void => {
		const missing = complete
			.filter(({protocol}) => protocol === Protocol.tcp)
			.flatMap(scope => table.unseen(scope))
			.slice(0, lookupsPerSample);
		for (let start = 0; start < missing.length; start += lookupsPerDatagram) {
			const slots = missing.slice(start, start + lookupsPerDatagram);
			const requests = new Uint8Array(slots.length * lookupLength);
			let first = 0;
			for (const [index, slot] of slots.entries()) {
				const sequence = socket.nextSequence();
				first ||= sequence;
				writeLookup(requests.subarray(index * lookupLength, (index + 1) * lookupLength), table, slot, extensions, sequence);
			}

			socket.lookUp(requests, {first, count: slots.length}, (index, result) => {
				if ('start' in result) {
					parser.parse(result.start, result.end);
				} else if (result.errno === ENOENT) {
					table.close(slots[index]);
				}
			});
		}
	};

	const sample = ({columns}: SampleRequest) => {
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

		parser.prepare(Protocol.tcp, columns);
		dumpTcp(allStates, extensions, report);
		if (hasBoundInactive && samples++ % samplesBetweenBoundInactive === 0) {
			dumpTcp(boundInactiveStates, extensions, report);
		}

		confirm(complete, extensions);
		parser.prepare(Protocol.udp, columns);
		dumpFamilies(Protocol.udp, allStates, extensions, report);
		return {complete, problems};
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
		close: socket.close,
	};
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

const coreAttributes = [Attribute.info];

const extensionsFor = (columns: ReadonlySet<OptionalColumn>): number => {
	let extensions = 0;
	for (const attribute of coreAttributes) {
		extensions |= extensionBit(attribute);
	}

	for (const {column, ask} of members) {
		if (ask !== undefined && columns.has(column)) {
			extensions |= extensionBit(ask);
		}
	}

	return extensions;
};
