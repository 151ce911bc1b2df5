/**
UNIX sockets: `struct unix_diag_req`, `struct unix_diag_msg` and UNIX_DIAG_* (`linux/unix_diag.h`).
*/
import {constants} from 'node:os';
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
import {
	Flag,
	headerLength,
	MessageType,
	writeHeader,
	type Views,
} from './framing.js';
import {createMemoryReader, isMemoryWanted} from './sk-memory.js';

const family = domainFamilies.unix;
const messageLength = 16;
const requestLength = 24;

const Attribute = {
	name: 0, vfs: 1, peer: 2, pending: 3, queues: 4, memory: 5, shutdown: 6, uid: 7,
} as const;

/** Bits of `udiag_show`. */
const Show = {
	name: 1, vfs: 2, peer: 4, pending: 8, queues: 0x10, memory: 0x20, uid: 0x40,
} as const;

/** Protocols by the type number of socket(2). */
const byType: Readonly<Record<number, ProtocolName>> = {1: 'u_str', 2: 'u_dgr', 5: 'u_seq'};

const atSign = 0x40;

const createUnixReader = (table: SocketTable, views: Views): FamilyReader => {
	const {bytes, words} = views;
	const {texts} = table;
	const memory = createMemoryReader(table, views);
	let wanted: ReadonlySet<ProtocolName> = new Set();
	let show = 0;
	const set = createColumnWriter(table);
	let slot = -1;
	/** Reused buffer for an abstract name with `@`, as in `ss`, instead of the leading NUL. */
	let abstractName = new Uint8Array(128);

	/** Interns a name. A path ends at its NUL. An abstract name starts with a NUL, and any bytes may follow. */
	const internName = (start: number, end: number): number => {
		if (start < end && bytes[start] !== 0) {
			const nul = bytes.indexOf(0, start);
			return texts.internBytes(bytes, start, nul === -1 || nul > end ? end : nul);
		}

		const length = end - start;
		if (length > abstractName.length) {
			abstractName = new Uint8Array(length);
		}

		abstractName.set(bytes.subarray(start, end));
		abstractName[0] = atSign;
		return texts.internBytes(abstractName, 0, length);
	};

	const readAttribute = (type: number, start: number, end: number): void => {
		const {core} = table;
		const word = start >> 2;
		const length = end - start;
		if (type === Attribute.name) {
			core.localName[slot] = internName(start, end);
		} else if (type === Attribute.memory) {
			memory.read(slot, start, end);
		} else if (type === Attribute.shutdown && length > 0) {
			set(slot, 'shutdown', bytes[start]);
		} else if (type === Attribute.pending) {
			set(slot, 'pendingConnections', texts.intern(words.subarray(word, end >> 2).join(' ')));
		} else if (type === Attribute.peer && length >= 4) {
			core.peerInode[slot] = words[word];
		} else if (type === Attribute.uid && length >= 4) {
			core.uid[slot] = words[word];
		} else if (type === Attribute.queues && length >= 8) {
			core.recvQ[slot] = words[word];
			core.sendQ[slot] = words[word + 1];
		} else if (type === Attribute.vfs && length >= 8) {
			set(slot, 'vfsInode', words[word]);
			set(slot, 'vfsDevice', words[word + 1]);
		}
	};

	return {
		prepare(protocols, columns) {
			wanted = protocols;
			memory.prepare(columns);
			show = Show.name | Show.peer | Show.queues | Show.uid
				| (columns.has('pendingConnections') ? Show.pending : 0)
				| (columns.has('vfsInode') || columns.has('vfsDevice') ? Show.vfs : 0)
				| (isMemoryWanted(columns) ? Show.memory : 0);
			return [{
				scopes: wholeScopes(protocols, protocolGroups.unix, [family]),
				request: familyRequest(requestLength, {family}, request => {
					request[1] = anyState;
					request[3] = show;
				}),
			}];
		},
		parse(start, end) {
			if (end - start < messageLength) {
				return -1;
			}

			const name = byType[bytes[start + 1]];
			const word = start >> 2;
			const inode = words[word + 1];
			// A socket without an inode belongs to a connection that is not accepted yet. The listener counts it.
			if (name === undefined || !wanted.has(name) || inode === 0) {
				return -1;
			}

			slot = table.observe(words[word + 2], words[word + 3]);
			table.setState(slot, Protocol[name], bytes[start + 2]);
			const {core} = table;
			core.family[slot] = family;
			core.inode[slot] = inode;
			core.peerInode[slot] = 0;
			set(slot, 'pendingConnections', 0);
			walkAttributes(views, start + messageLength, end, readAttribute);
			return slot;
		},
		lookup: {
			length: headerLength + requestLength,
			write(message, lookedUp, sequence) {
				const {core} = table;
				writeHeader(message, MessageType.sockDiagByFamily, Flag.request, sequence);
				message[headerLength] = family;
				const request = new Uint32Array(message.buffer, message.byteOffset + headerLength, requestLength / 4);
				request[1] = anyState;
				request[2] = core.inode[lookedUp];
				request[3] = show;
				request[4] = core.cookieLow[lookedUp];
				request[5] = core.cookieHigh[lookedUp];
			},
			// ESTALE: the inode belongs to another socket now.
			gone: [constants.errno.ENOENT, constants.errno.ESTALE],
		},
	};
};

export const unixTable: FamilyTable = {what: 'UNIX sockets', protocols: protocolGroups.unix, open: createUnixReader};
