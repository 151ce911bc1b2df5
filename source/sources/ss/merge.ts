/**
Rows → table.

What a row does not tell stays as it was learnt: TIME-WAIT, SYN-RECV and the small form of FIN-WAIT-2 have neither owner nor inode nor `tcp_info`.
*/
import type {OptionalColumn} from '../../table/columns.js';
import {knownTimeWait} from '../../table/known-age.js';
import {isMiniForm} from '../../table/mini-form.js';
import {Protocol, protocolNames, type ProtocolName} from '../../table/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/states.js';
import type {OwnerSink} from '../../owners/owner.js';
import {createDetails} from './details.js';
import {createLocator} from './locate.js';
import {createNamedMerger} from './named-merge.js';
import type {NamedRow} from './named-row.js';
import type {Row} from './row.js';
import {codeAt} from './scan.js';
import {readUsers} from './users.js';
import type {Version} from './version.js';

export type MergerOptions = {
	readonly ss: Version;
	readonly kernel: Version;
	readonly owners: OwnerSink;
	/** Index of the interface with a name, undefined when there is none (any more). */
	readonly interfaceIndex: (name: string) => number | undefined;
};

export type Merger = {
	/** Prepares for a sample that fills these columns. Rows of other protocols are left out. */
	readonly prepare: (columns: ReadonlySet<OptionalColumn>, protocols: ReadonlySet<ProtocolName>) => void;
	/** Merges a row of `text` into the table. */
	readonly merge: (row: Row, text: string) => void;
	readonly mergeNamed: (row: NamedRow, text: string) => void;
};

/** FNV-1a of the text between two positions; never 0. */
const hashOf = (text: string, start: number, end: number): number => {
	let hash = 0x81_1C_9D_C5;
	for (let at = start; at < end; at++) {
		hash = Math.imul(hash ^ codeAt(text, at), 0x01_00_01_93);
	}

	return (hash | 1) >>> 0;
};

export const createMerger = (table: SocketTable, {ss, kernel, owners, interfaceIndex}: MergerOptions): Merger => {
	const locate = createLocator(table);
	const details = createDetails(table, ss, kernel);
	const interfaces = new Map<string, number>();
	let columns: ReadonlySet<OptionalColumn> = new Set();
	let protocols: ReadonlySet<ProtocolName> = new Set();
	let {core} = table;
	/** By slot, the hash of the process column that its owners were read from: unchanged, it is not taken apart again. */
	let knownUsers = new Uint32Array(table.capacity);

	const bind = (): void => {
		({core} = table);
		if (knownUsers.length < table.capacity) {
			const old = knownUsers;
			knownUsers = new Uint32Array(table.capacity);
			knownUsers.set(old);
		}

		details.bind(columns);
	};

	const indexOf = (name: string): number => {
		if (name === '') {
			return 0;
		}

		let index = interfaces.get(name);
		if (index === undefined) {
			// `if7` is what ss calls the interface 7 whose name it cannot find.
			index = interfaceIndex(name) ?? Number(/^if(?<index>\d{1,9})$/v.exec(name)?.groups?.index ?? 0);
			interfaces.set(name, index);
		}

		return index;
	};

	const mergeUsers = (slot: number, text: string, start: number, end: number): void => {
		const hash = hashOf(text, start, end);
		if (knownUsers[slot] === hash) {
			return;
		}

		knownUsers[slot] = hash;
		const list = readUsers(text, start, end);
		if (list.length > 0) {
			core.owners[slot] = owners.intern(list);
		}
	};

	const mergeNamed = createNamedMerger(table, indexOf);

	return {
		prepare(newColumns, newProtocols) {
			columns = newColumns;
			protocols = newProtocols;
			interfaces.clear();
			bind();
		},
		mergeNamed(row, text) {
			if (!protocols.has(row.name)) {
				return;
			}

			const slot = mergeNamed(row);
			if (table.core !== core) {
				bind();
			}

			if (core.openedAt[slot] === table.now) {
				knownUsers[slot] = 0;
			}

			if (row.usersStart !== -1) {
				mergeUsers(slot, text, row.usersStart, row.usersEnd);
			}
		},
		merge(row, text) {
			if (!protocols.has(protocolNames[row.protocol])) {
				return;
			}

			const isSmall = isMiniForm(row.state, row.timer);
			// Only netlink gives the open directions, and only for full sockets; only /proc gives a small one a congestion window.
			const isFromNetlink = row.hasShutdown || (isSmall && !row.hasInfo);
			row.interfaceIndex = indexOf(row.interfaceName);
			const slot = locate(row, isFromNetlink);
			if (table.core !== core) {
				bind();
			}

			if (table.isNew(slot)) {
				knownUsers[slot] = 0;
			}

			table.setState(slot, row.protocol, row.state);
			core.family[slot] = row.family;
			core.localAddress.set(row.localAddress, slot * 16);
			core.peerAddress.set(row.peerAddress, slot * 16);
			core.localPort[slot] = row.localPort;
			core.peerPort[slot] = row.peerPort;
			core.interfaceIndex[slot] = row.interfaceIndex;
			core.recvQ[slot] = row.recvQ;
			core.sendQ[slot] = row.sendQ;
			core.timer[slot] = row.timer;
			core.timerExpires[slot] = row.timerExpires;
			core.timerRetransmits[slot] = row.timerRetransmits;
			if (row.inode > 0) {
				core.inode[slot] = row.inode;
			}

			// Ss leaves out the uid 0. The sockets without inode have a made-up 0.
			const isRoot = Number.isNaN(row.uid);
			if (!isRoot || (row.inode > 0 && !isSmall)) {
				core.uid[slot] = isRoot ? 0 : row.uid;
			}

			if (row.usersStart !== -1) {
				mergeUsers(slot, text, row.usersStart, row.usersEnd);
			}

			const hasInfo = isFromNetlink && row.hasInfo && row.protocol === Protocol.tcp;
			if (hasInfo && row.state !== State.listen) {
				details.mergeCounters(slot, row);
			} else if (row.protocol === Protocol.mptcp && row.state !== State.listen) {
				details.mergeMultipathCounters(slot, row);
			} else {
				table.clearRates(slot);
				if (table.isFound(slot)) {
					const age = knownTimeWait(row.state, row.timer, row.timerExpires);
					table.setKnownAge(slot, age, age);
				}
			}

			if (isFromNetlink) {
				details.mergeColumns(slot, row, text, hasInfo);
			} else if (!isSmall) {
				details.mergeProc(slot, row);
			}
		},
	};
};
