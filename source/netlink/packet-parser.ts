/**
Packet sockets: `struct packet_diag_req`, `struct packet_diag_msg` and PACKET_DIAG_* (`linux/packet_diag.h`).
*/
import type {OptionalColumn} from '../table/columns.js';
import {
	domainFamilies,
	Protocol,
	protocolGroups,
	type ProtocolName,
} from '../table/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/states.js';
import {
	familyRequest,
	walkAttributes,
	wholeScopes,
	type FamilyReader,
	type FamilyTable,
} from './family-table.js';
import type {Views} from './framing.js';
import {createMemoryReader, readQueues} from './sk-memory.js';

const family = domainFamilies.packet;
const messageLength = 16;
const rawType = 3;
/** ETH_P_ALL. */
const everyProtocol = 3;

const Attribute = {
	info: 0, receiveRing: 2, sendRing: 3, fanout: 4, uid: 5, memory: 6,
} as const;

/** Bits of `pdiag_show`. The memory is always asked for: its first members are the queues. */
const Show = {
	info: 1, rings: 4, fanout: 8, memory: 0x10,
} as const;

/** Words of `ss` for the members of `struct packet_diag_ring`, in its order; the sixth is not printed there. */
const ringWords = ['blk_size', 'blk_nr', 'frm_size', 'frm_nr', 'tmo', '', 'features'] as const;

const createPacketReader = (table: SocketTable, views: Views): FamilyReader => {
	const {bytes, words, halves} = views;
	const memory = createMemoryReader(table, views);
	let wanted: ReadonlySet<ProtocolName> = new Set();
	let slot = -1;

	const set = (column: OptionalColumn, value: number): void => {
		const array = table.optional(column);
		if (array !== undefined) {
			array[slot] = value;
		}
	};

	const ringText = (word: number): string => ringWords
		.map((name, index) => name === '' ? '' : `${name}:${name === 'features' ? `0x${words[word + index].toString(16)}` : words[word + index]}`)
		.filter(text => text !== '')
		.join(',');

	const readAttribute = (type: number, start: number, end: number): void => {
		const {core} = table;
		const word = start >> 2;
		const length = end - start;
		if (type === Attribute.info && length >= 24) {
			core.interfaceIndex[slot] = words[word];
			set('packetVersion', words[word + 1]);
			set('packetCopyThreshold', words[word + 3]);
			set('packetFlags', words[word + 5]);
		} else if (type === Attribute.memory) {
			readQueues(table, slot, views, start, end);
			memory.read(slot, start, end);
		} else if (type === Attribute.uid && length >= 4) {
			core.uid[slot] = words[word];
		} else if (type === Attribute.fanout && length >= 4) {
			set('packetFanout', words[word]);
		} else if (type === Attribute.receiveRing && length >= 28) {
			set('packetReceiveRing', table.texts.intern(ringText(word)));
		} else if (type === Attribute.sendRing && length >= 28) {
			set('packetSendRing', table.texts.intern(ringText(word)));
		}
	};

	return {
		prepare(protocols, columns) {
			wanted = protocols;
			memory.prepare(columns);
			const show = Show.info | Show.memory
				| (columns.has('packetReceiveRing') || columns.has('packetSendRing') ? Show.rings : 0)
				| (columns.has('packetFanout') ? Show.fanout : 0);
			return [{
				scopes: wholeScopes(protocols, protocolGroups.packet, [family]),
				request: familyRequest(20, {family}, request => {
					request[2] = show;
				}),
			}];
		},
		parse(start, end) {
			if (end - start < messageLength) {
				return -1;
			}

			const name = bytes[start + 1] === rawType ? 'p_raw' : 'p_dgr';
			if (!wanted.has(name)) {
				return -1;
			}

			const word = start >> 2;
			slot = table.observe(words[word + 2], words[word + 3]);
			table.setState(slot, Protocol[name], State.unconnected);
			const {core} = table;
			const number = halves[(start >> 1) + 1];
			core.family[slot] = family;
			core.localName[slot] = table.texts.intern(number === everyProtocol ? '*' : `[${number}]`);
			core.inode[slot] = words[word + 1];
			walkAttributes(views, start + messageLength, end, readAttribute);
			return slot;
		},
	};
};

export const packetTable: FamilyTable = {what: 'packet sockets', protocols: protocolGroups.packet, open: createPacketReader};
