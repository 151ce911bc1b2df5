/**
Netlink sockets: `struct netlink_diag_req`, `struct netlink_diag_msg` and NETLINK_DIAG_* (`linux/netlink_diag.h`). A dump lists members of multicast
groups twice; the cookie identifies them.
*/
import {domainFamilies, Protocol, protocolGroups} from '../table/columns/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/columns/states.js';
import {netlinkName} from '../text/netlink-names.js';
import {
	createColumnWriter,
	familyRequest,
	walkAttributes,
	wholeScopes,
	type FamilyReader,
	type FamilyTable,
} from './family-table.js';
import type {Views} from './framing.js';
import {createMemoryReader} from './sk-memory.js';

const family = domainFamilies.netlink;
const messageLength = 28;
/** `sdiag_protocol` for all protocols (NDIAG_PROTO_ALL). */
const allProtocols = 0xFF;
/** `ndiag_state` NETLINK_CONNECTED. */
const connected = 1;
const Attribute = {memory: 0, groups: 1, flags: 4} as const;
/** Bits of `ndiag_show`. The memory is always requested, because its first members are the queues. */
const Show = {memory: 1, groups: 2, flags: 8} as const;

const createNetlinkReader = (table: SocketTable, views: Views): FamilyReader => {
	const {bytes, words} = views;
	const memory = createMemoryReader(table, views);
	const set = createColumnWriter(table);
	let slot = -1;

	/** Formats the group numbers in a bitmap, whose first bit is group 1. */
	const groupsText = (start: number, end: number): string => {
		const groups: number[] = [];
		for (let word = start >> 2; word < end >> 2; word++) {
			for (let bit = 0; bit < 32; bit++) {
				if (((words[word] >>> bit) & 1) === 1) {
					groups.push((word - (start >> 2)) * 32 + bit + 1);
				}
			}
		}

		return groups.join(' ');
	};

	const readAttribute = (type: number, start: number, end: number): void => {
		if (type === Attribute.memory) {
			memory.readQueues(slot, start, end);
			memory.read(slot, start, end);
		} else if (type === Attribute.groups) {
			set(slot, 'netlinkGroups', table.texts.intern(groupsText(start, end)));
		} else if (type === Attribute.flags && end - start >= 4) {
			set(slot, 'netlinkFlags', words[start >> 2]);
		}
	};

	return {
		prepare(protocols, columns) {
			memory.prepare(columns);
			return [{
				scopes: wholeScopes(protocols, protocolGroups.netlink, [family]),
				request: familyRequest(20, {family, protocol: allProtocols}, request => {
					request[2] = Show.memory | (columns.has('netlinkGroups') ? Show.groups : 0) | (columns.has('netlinkFlags') ? Show.flags : 0);
				}),
			}];
		},
		parse(start, end) {
			if (end - start < messageLength) {
				return -1;
			}

			const word = start >> 2;
			slot = table.observe(words[word + 5], words[word + 6]);
			table.setState(slot, Protocol.nl, State.unconnected);
			const {core, texts} = table;
			core.family[slot] = family;
			core.inode[slot] = words[word + 4];
			core.localName[slot] = texts.intern(netlinkName(bytes[start + 2], words[word + 1]));
			core.peerName[slot] = bytes[start + 3] === connected ? texts.intern(`${words[word + 3]}:${words[word + 2]}`) : 0;
			walkAttributes(views, start + messageLength, end, readAttribute);
			return slot;
		},
	};
};

export const netlinkTable: FamilyTable = {what: 'netlink sockets', protocols: protocolGroups.netlink, open: createNetlinkReader};
