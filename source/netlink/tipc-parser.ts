/**
TIPC sockets: `struct tipc_sock_diag_req` (`linux/tipc_sockets_diag.h`, Linux 4.17) and TIPC_NLA_SOCK_* (`linux/tipc_netlink.h`). An answer has no struct, only
attributes.
*/
import {
	domainFamilies,
	Protocol,
	protocolGroups,
	type ProtocolName,
} from '../table/columns/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {
	anyState,
	createColumnWriter,
	familyRequest,
	walkAttributes,
	wholeScopes,
	type FamilyReader,
	type FamilyTable,
} from './family-table.js';
import {highWord, lowWord, type Views} from './framing.js';

const family = domainFamilies.tipc;

/** TIPC_NLA_SOCK, which contains all other attributes. */
const socketNest = 2;

const Socket = {
	node: 1, reference: 2, connection: 3, published: 4, statistics: 5, type: 6, inode: 7, uid: 8, state: 9, cookie: 10,
} as const;

const Connection = {
	node: 2, socket: 3, serviceType: 4, serviceInstance: 5,
} as const;

/** These numbers start with 0. */
const Statistics = {
	receiveQueue: 0, sendQueue: 1, linkCongestion: 2, connectionCongestion: 3, drops: 4,
} as const;

/** Values of `tipcCongestion`. */
const Congestion = {none: 0, link: 1, connection: 2} as const;

const byType: Readonly<Record<number, ProtocolName>> = {
	1: 'ti_st', 2: 'ti_dg', 4: 'ti_rd', 5: 'ti_sq',
};

/** The values of an answer, collected before it is known whether it is a socket. */
const createAnswer = () => ({
	type: 0, state: 0, inode: 0, uid: -1, cookieLow: 0, cookieHigh: 0, node: 0, reference: 0, peerNode: -1, peerReference: 0, recvQ: 0, sendQ: 0, drops: -1,
	serviceType: -1, serviceInstance: 0, isPublished: 0, congestion: Congestion.none as number,
});

const createTipcReader = (table: SocketTable, views: Views): FamilyReader => {
	const {words} = views;
	let wanted: ReadonlySet<ProtocolName> = new Set();
	const set = createColumnWriter(table);
	let answer = createAnswer();

	const connectionMembers: Readonly<Record<number, 'peerNode' | 'peerReference' | 'serviceType' | 'serviceInstance'>> = {
		[Connection.node]: 'peerNode',
		[Connection.socket]: 'peerReference',
		[Connection.serviceType]: 'serviceType',
		[Connection.serviceInstance]: 'serviceInstance',
	};

	const readConnection = (type: number, start: number, end: number): void => {
		if (end - start < 4) {
			return;
		}

		const member = connectionMembers[type];
		if (member !== undefined) {
			answer[member] = words[start >> 2];
		}
	};

	const statistics: Readonly<Record<number, 'recvQ' | 'sendQ' | 'drops'>> = {
		[Statistics.receiveQueue]: 'recvQ', [Statistics.sendQueue]: 'sendQ', [Statistics.drops]: 'drops',
	};

	const readStatistics = (type: number, start: number, end: number): void => {
		// Flags, which have no payload.
		if (type === Statistics.linkCongestion || type === Statistics.connectionCongestion) {
			answer.congestion ||= type === Statistics.linkCongestion ? Congestion.link : Congestion.connection;
			return;
		}

		if (end - start < 4) {
			return;
		}

		const statistic = statistics[type];
		if (statistic !== undefined) {
			answer[statistic] = words[start >> 2];
		}
	};

	const members: Readonly<Record<number, 'node' | 'reference' | 'type' | 'inode' | 'uid' | 'state'>> = {
		[Socket.node]: 'node',
		[Socket.reference]: 'reference',
		[Socket.type]: 'type',
		[Socket.inode]: 'inode',
		[Socket.uid]: 'uid',
		[Socket.state]: 'state',
	};

	const readSocket = (type: number, start: number, end: number): void => {
		const member = members[type];
		switch (type) {
			case Socket.published: {
				answer.isPublished = 1;

				break;
			}

			case Socket.connection: {
				walkAttributes(views, start, end, readConnection);

				break;
			}

			case Socket.statistics: {
				walkAttributes(views, start, end, readStatistics);

				break;
			}

			default: {if (type === Socket.cookie && end - start >= 8) {
				answer.cookieLow = words[(start >> 2) + lowWord];
				answer.cookieHigh = words[(start >> 2) + highWord];
			} else if (member !== undefined && end - start >= 4) {
				answer[member] = words[start >> 2];
			}}
		}
	};

	return {
		prepare(protocols) {
			wanted = protocols;
			return [{
				scopes: wholeScopes(protocols, protocolGroups.tipc, [family]),
				request: familyRequest(8, {family}, request => {
					request[1] = anyState;
				}),
			}];
		},
		parse(start, end) {
			answer = createAnswer();
			walkAttributes(views, start, end, (type, nestStart, nestEnd) => {
				if (type === socketNest) {
					walkAttributes(views, nestStart, nestEnd, readSocket);
				}
			});
			const name = byType[answer.type];
			if (name === undefined || !wanted.has(name) || (answer.cookieLow === 0 && answer.cookieHigh === 0)) {
				return -1;
			}

			const slot = table.observe(answer.cookieLow, answer.cookieHigh);
			table.setState(slot, Protocol[name], answer.state);
			const {core, texts} = table;
			core.family[slot] = family;
			core.inode[slot] = answer.inode;
			core.recvQ[slot] = answer.recvQ;
			core.sendQ[slot] = answer.sendQ;
			core.localName[slot] = texts.intern(`${answer.node}:${answer.reference}`);
			core.peerName[slot] = answer.peerNode === -1 ? 0 : texts.intern(`${answer.peerNode}:${answer.peerReference}`);
			if (answer.uid !== -1) {
				core.uid[slot] = answer.uid;
			}

			if (answer.drops !== -1) {
				set(slot, 'drops', answer.drops);
			}

			set(slot, 'tipcCongestion', answer.congestion);
			set(slot, 'tipcPublished', answer.isPublished);
			set(slot, 'tipcService', answer.serviceType === -1 ? 0 : texts.intern(`${answer.serviceType},${answer.serviceInstance}`));

			return slot;
		},
	};
};

export const tipcTable: FamilyTable = {what: 'TIPC sockets', protocols: protocolGroups.tipc, open: createTipcReader};
