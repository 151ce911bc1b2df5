/**
VSOCK, the sockets between virtual machines and their host: `struct vsock_diag_req` and `struct vsock_diag_msg` (`linux/vm_sockets_diag.h`, Linux 4.15).
There are no attributes, hence neither queues nor a user.
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
	wholeScopes,
	type FamilyReader,
	type FamilyTable,
} from './family-table.js';
import type {Views} from './framing.js';

const family = domainFamilies.vsock;
const messageLength = 32;
const byType: Readonly<Record<number, ProtocolName>> = {1: 'v_str', 2: 'v_dgr', 5: 'v_seq'};

/** VMADDR_CID_ANY and VMADDR_PORT_ANY. */
const any = 0xFF_FF_FF_FF;

const part = (number: number): string => number === any ? '*' : String(number);

const createVsockReader = (table: SocketTable, {bytes, words}: Views): FamilyReader => {
	const set = createColumnWriter(table);
	let wanted: ReadonlySet<ProtocolName> = new Set();
	return {
		prepare(protocols) {
			wanted = protocols;
			return [{
				scopes: wholeScopes(protocols, protocolGroups.vsock, [family]),
				request: familyRequest(24, {family}, request => {
					request[1] = anyState;
				}),
			}];
		},
		parse(start, end) {
			const name = byType[bytes[start + 1]];
			if (end - start < messageLength || name === undefined || !wanted.has(name)) {
				return -1;
			}

			const word = start >> 2;
			const slot = table.observe(words[word + 6], words[word + 7]);
			table.setState(slot, Protocol[name], bytes[start + 2]);
			const {core, texts} = table;
			core.family[slot] = family;
			core.inode[slot] = words[word + 5];
			core.localName[slot] = texts.intern(`${part(words[word + 1])}:${part(words[word + 2])}`);
			core.peerName[slot] = texts.intern(`${part(words[word + 3])}:${part(words[word + 4])}`);
			set(slot, 'shutdown', bytes[start + 3]);
			return slot;
		},
	};
};

export const vsockTable: FamilyTable = {what: 'VSOCK sockets', protocols: protocolGroups.vsock, open: createVsockReader};
