/**
XDP sockets: `struct xdp_diag_req`, `struct xdp_diag_msg` and XDP_DIAG_* (`linux/xdp_diag.h`, Linux 5.1).
*/
import {constants} from 'node:os';
import type {OptionalColumn} from '../table/columns/columns.js';
import {domainFamilies, Protocol} from '../table/columns/protocols.js';
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
import {readNumber64, type Views} from './framing.js';
import {createMemoryReader} from './sk-memory.js';

const family = domainFamilies.xdp;
const messageLength = 16;

const Attribute = {
	info: 1, uid: 2, receiveRing: 3, sendRing: 4, umem: 5, fillRing: 6, completionRing: 7, memory: 8, stats: 9,
} as const;

/** Bits of `xdiag_show`. The memory is always requested, because its first members are the queues. */
const Show = {
	info: 1, rings: 2, umem: 4, memory: 8, stats: 0x10,
} as const;

const ringColumns: Readonly<Record<number, OptionalColumn>> = {
	[Attribute.receiveRing]: 'xdpReceiveRing',
	[Attribute.sendRing]: 'xdpSendRing',
	[Attribute.fillRing]: 'xdpFillRing',
	[Attribute.completionRing]: 'xdpCompletionRing',
};

/** In the order of `struct xdp_diag_stats`, 64 bits each. */
const statColumns = [
	'xdpReceiveDropped', 'xdpReceiveInvalid', 'xdpReceiveFull', 'xdpFillEmpty', 'xdpSendInvalid', 'xdpSendEmpty',
] as const satisfies readonly OptionalColumn[];

const names = ['xdp'] as const;

const createXdpReader = (table: SocketTable, views: Views): FamilyReader => {
	const {words} = views;
	const memory = createMemoryReader(table, views);
	const set = createColumnWriter(table);
	let slot = -1;

	const umemText = (start: number): string => {
		const word = start >> 2;
		return [
			`id:${words[word + 2]}`,
			`size:${readNumber64(words, start)}`,
			`num_pages:${words[word + 3]}`,
			`chunk_size:${words[word + 4]}`,
			`headroom:${words[word + 5]}`,
			`ifindex:${words[word + 6]}`,
			`qid:${words[word + 7]}`,
			`zc:${words[word + 8] & 1}`,
			`refs:${words[word + 9]}`,
		].join(',');
	};

	const readAttribute = (type: number, start: number, end: number): void => {
		const {core, texts} = table;
		const word = start >> 2;
		const length = end - start;
		const ring = ringColumns[type];
		if (type === Attribute.info && length >= 8) {
			core.interfaceIndex[slot] = words[word];
			core.localName[slot] = texts.intern(`q${words[word + 1]}`);
		} else if (type === Attribute.uid && length >= 4) {
			core.uid[slot] = words[word];
		} else if (type === Attribute.memory) {
			memory.readQueues(slot, start, end);
			memory.read(slot, start, end);
		} else if (ring !== undefined && length >= 4) {
			set(slot, ring, words[word]);
		} else if (type === Attribute.umem && length >= 40) {
			set(slot, 'xdpMemory', texts.intern(umemText(start)));
		} else if (type === Attribute.stats) {
			for (const [index, column] of statColumns.entries()) {
				if (length >= index * 8 + 8) {
					set(slot, column, readNumber64(words, start + index * 8));
				}
			}
		}
	};

	return {
		prepare(protocols, columns) {
			memory.prepare(columns);
			const isRingWanted = Object.values(ringColumns).some(column => columns.has(column));
			const show = Show.info | Show.memory
				| (isRingWanted ? Show.rings : 0)
				| (isRingWanted || columns.has('xdpMemory') ? Show.umem : 0)
				| (statColumns.some(column => columns.has(column)) ? Show.stats : 0);
			return [{
				scopes: wholeScopes(protocols, names, [family]),
				request: familyRequest(20, {family}, request => {
					request[2] = show;
				}),
			}];
		},
		parse(start, end) {
			if (end - start < messageLength) {
				return -1;
			}

			const word = start >> 2;
			slot = table.observe(words[word + 2], words[word + 3]);
			table.setState(slot, Protocol.xdp, State.unconnected);
			const {core} = table;
			core.family[slot] = family;
			core.inode[slot] = words[word + 1];
			walkAttributes(views, start + messageLength, end, readAttribute);
			return slot;
		},
	};
};

export const xdpTable: FamilyTable = {
	what: 'XDP sockets',
	protocols: names,
	// The kernel fails at a socket that is not bound, and ends the dump there.
	problems: {[constants.errno.EMSGSIZE]: 'the kernel stopped listing XDP sockets at one that is not bound: some may be missing'},
	open: createXdpReader,
};
