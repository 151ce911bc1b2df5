/**
Packet sockets: `struct packet_diag_req`, `struct packet_diag_msg` and PACKET_DIAG_* (`linux/packet_diag.h`).
*/
import {absentIn, type OptionalColumn} from '../table/columns/columns.js';
import {
	domainFamilies,
	Protocol,
	protocolGroups,
	type ProtocolName,
} from '../table/columns/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/columns/states.js';
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

const family = domainFamilies.packet;
const messageLength = 16;
const rawType = 3;
/** ETH_P_ALL. */
const everyProtocol = 3;

const Attribute = {
	info: 0, multicast: 1, receiveRing: 2, sendRing: 3, fanout: 4, uid: 5, memory: 6, filter: 7,
} as const;

/** Bits of `pdiag_show`. The memory is always requested, because its first members are the queues. */
const Show = {
	info: 1, multicast: 2, rings: 4, fanout: 8, memory: 0x10, filter: 0x20,
} as const;

/** Columns that a socket can lose: the kernel then omits the attribute. */
const losable = ['packetFanout', 'packetReceiveRing', 'packetSendRing', 'packetFilterLength', 'packetFilter'] as const satisfies readonly OptionalColumn[];

/** The words of `ss` for the members of `struct packet_diag_ring`. `ss` does not print the sixth. */
const ringWords = ['blk_size', 'blk_nr', 'frm_size', 'frm_nr', 'tmo', '', 'features'] as const;

/** PACKET_MR_* (`linux/if_packet.h`): which packets an interface must accept in addition to its own. */
const membershipTypes: Readonly<Record<number, string>> = {
	0: 'multicast', 1: 'promisc', 2: 'allmulti', 3: 'unicast',
};

/** Length of `struct packet_diag_mclist`, and of the address at its end. */
const membershipLength = 44;
const membershipAddress = 12;
const maximumAddress = 32;

/** Length of `struct sock_filter`. */
const instructionLength = 8;

const createPacketReader = (table: SocketTable, views: Views): FamilyReader => {
	const {bytes, words, halves} = views;
	const memory = createMemoryReader(table, views);
	let wanted: ReadonlySet<ProtocolName> = new Set();
	const set = createColumnWriter(table);
	let slot = -1;

	const ringText = (word: number): string => ringWords
		.map((name, index) => name === '' ? '' : `${name}:${name === 'features' ? `0x${words[word + index].toString(16)}` : words[word + index]}`)
		.filter(text => text !== '')
		.join(',');

	/** Formats memberships: `#1 promisc, #2 multicast 01:00:5e:00:00:fb ×2`. Fields replace the interface numbers by names. */
	const membershipsText = (start: number, end: number): string => {
		const texts: string[] = [];
		for (let at = start; at + membershipLength <= end; at += membershipLength) {
			const word = at >> 2;
			const half = at >> 1;
			const address = [...bytes.subarray(at + membershipAddress, at + membershipAddress + Math.min(halves[half + 5], maximumAddress))]
				.map(byte => byte.toString(16).padStart(2, '0')).join(':');
			const type = membershipTypes[halves[half + 4]] ?? `type${halves[half + 4]}`;
			const hasAddress = type !== 'promisc' && type !== 'allmulti' && address !== '';
			texts.push(`#${words[word]} ${type}${hasAddress ? ` ${address}` : ''}${words[word + 1] > 1 ? ` ×${words[word + 1]}` : ''}`);
		}

		return texts.join(', ');
	};

	/** Formats instructions as `ss -b` does: code, jump if true, jump if false, operand. */
	const filterText = (start: number, end: number): string => {
		const instructions: string[] = [];
		for (let at = start; at + instructionLength <= end; at += instructionLength) {
			instructions.push(`0x${halves[at >> 1].toString(16).padStart(2, '0')} ${bytes[at + 2]} ${bytes[at + 3]} ${words[(at >> 2) + 1]}`);
		}

		return instructions.join(', ');
	};

	const readAttribute = (type: number, start: number, end: number): void => {
		const {core} = table;
		const word = start >> 2;
		const length = end - start;
		if (type === Attribute.info && length >= 24) {
			core.interfaceIndex[slot] = words[word];
			set(slot, 'packetVersion', words[word + 1]);
			set(slot, 'packetCopyThreshold', words[word + 3]);
			set(slot, 'packetFlags', words[word + 5]);
			set(slot, 'packetReserve', words[word + 2]);
			set(slot, 'packetTimestamps', words[word + 4]);
		} else if (type === Attribute.memory) {
			memory.readQueues(slot, start, end);
			memory.read(slot, start, end);
		} else if (type === Attribute.uid && length >= 4) {
			core.uid[slot] = words[word];
		} else if (type === Attribute.fanout && length >= 4) {
			set(slot, 'packetFanout', words[word]);
		} else if (type === Attribute.receiveRing && length >= 28) {
			set(slot, 'packetReceiveRing', table.texts.intern(ringText(word)));
		} else if (type === Attribute.sendRing && length >= 28) {
			set(slot, 'packetSendRing', table.texts.intern(ringText(word)));
		} else if (type === Attribute.multicast) {
			set(slot, 'packetMulticast', table.texts.intern(membershipsText(start, end)));
		} else if (type === Attribute.filter && length >= instructionLength) {
			// Without the privilege to read it, the attribute is empty.
			set(slot, 'packetFilterLength', Math.floor(length / instructionLength));
			set(slot, 'packetFilter', table.texts.intern(filterText(start, end)));
		}
	};

	return {
		prepare(protocols, columns) {
			wanted = protocols;
			memory.prepare(columns);
			const show = Show.info | Show.memory
				| (columns.has('packetReceiveRing') || columns.has('packetSendRing') ? Show.rings : 0)
				| (columns.has('packetFanout') ? Show.fanout : 0)
				| (columns.has('packetMulticast') ? Show.multicast : 0)
				| (columns.has('packetFilter') || columns.has('packetFilterLength') ? Show.filter : 0);
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
			for (const column of losable) {
				set(slot, column, absentIn(column));
			}

			walkAttributes(views, start + messageLength, end, readAttribute);
			return slot;
		},
	};
};

export const packetTable: FamilyTable = {what: 'packet sockets', protocols: protocolGroups.packet, open: createPacketReader};
