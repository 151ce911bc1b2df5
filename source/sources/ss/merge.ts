/**
Merges rows into the table.

Values that a row does not mention stay as they are: TIME-WAIT, SYN-RECV and the minisocket form of FIN-WAIT-2 have neither owner nor inode nor `tcp_info`.
*/
import {Family} from '../../addresses/family.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {knownTimeWait} from '../../table/known-age.js';
import {isMinisocket} from '../../table/minisocket.js';
import {
	hasInetEnds,
	Protocol,
	protocolNames,
	type ProtocolName,
} from '../../table/columns/protocols.js';
import type {Scope} from '../../table/identified-sockets.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';
import type {OwnerSink} from '../../owners/owner.js';
import {hashText} from '../../text/hash-text.js';
import {createColumnWriter} from './columns.js';
import {readDetails, type Details} from './details.js';
import {writeNamedSocket} from './families.js';
import {readInetEndpoint} from './inet-endpoint.js';
import {createLocator, type Locator, type Tuple} from './locate.js';
import type {Outcome, Row} from './rows.js';
import {readUsers} from './users.js';
import type {Version} from './version.js';
import {createWords, type Words} from './words.js';

export type MergerOptions = {
	readonly ss: Version;
	readonly kernel: Version;
	readonly owners: OwnerSink;
	/** Index of the interface with a name; undefined if there is none, or no longer. */
	readonly interfaceIndex: (name: string) => number | undefined;
	/** Finds the sockets of rows. Default: a locator for samples of a machine. */
	readonly locator?: Locator;
};

export type Merger = {
	/** Prepares for a sample that fills these columns. Rows of other protocols are skipped. */
	readonly prepare: (columns: ReadonlySet<OptionalColumn>, protocols: ReadonlySet<ProtocolName>) => void;
	/** Merges a row into the table. */
	readonly merge: (row: Row) => Outcome;
	/** Whether the sample has had sockets of a scope's protocol and family; without a scope, of any. */
	readonly hasSeen: (scope?: Pick<Scope, 'protocol' | 'family'>) => boolean;
};

/**
Whether a row comes from netlink, not from /proc. Only netlink gives the shutdown mark (and only for full sockets) and an RTT; only /proc gives a minisocket a
congestion window. From /proc, `sk:` is no cookie. Without `-e`, which old versions print without the mark, nothing distinguishes them, but nothing depends on
it then.
*/
const isOfNetlink = ({state}: Row, {hasShutdown, cookie, inode, timer, numbers}: Details): boolean =>
	hasShutdown || numbers.has('rtt') || (cookie === undefined && inode === undefined) || (isMinisocket(state, timer) && !numbers.has('cwnd'));

/** Since this version, `*` is the dual-stack wildcard `::`; before, it was the wildcard of IPv4. */
const dualStackSince = 414;

export const createMerger = (table: SocketTable, {
	ss, kernel, owners, interfaceIndex, locator = createLocator(table),
}: MergerOptions): Merger => {
	const wildcardFamily = ss < dualStackSince ? Family.inet : Family.inet6;
	const {locateTuple, locateNamed} = locator;
	const writer = createColumnWriter(table, ss, kernel);
	const interfaces = new Map<string, number>();
	/** By slot, the hash of the process column that the owners were parsed from, so an unchanged column is not parsed again. */
	const knownUsers: number[] = [];
	const localAddress = new Uint8Array(16);
	const peerAddress = new Uint8Array(16);
	let columns: ReadonlySet<OptionalColumn> = new Set();
	let protocols: ReadonlySet<ProtocolName> = new Set();
	let words: Words | undefined;
	/** Protocol times 256 plus family, for all rows of the sample. */
	const seen = new Set<number>();
	let {core} = table;

	const bind = (): void => {
		({core} = table);
		writer.bind(columns);
	};

	const indexOf = (name: string): number => {
		if (name === '') {
			return 0;
		}

		let index = interfaces.get(name);
		if (index === undefined) {
			// `ss` prints `if7` for the interface 7 if it cannot find the name.
			index = interfaceIndex(name) ?? Number(/^if(?<index>\d{1,9})$/v.exec(name)?.groups?.index ?? 0);
			interfaces.set(name, index);
		}

		return index;
	};

	/** Writes the values that rows of all families have. */
	const writeCommon = (slot: number, {protocol, state, recvQ, sendQ, users}: Row): void => {
		if (table.core !== core) {
			bind();
		}

		if (table.isNew(slot)) {
			knownUsers[slot] = 0;
		}

		table.setState(slot, protocol, state);
		core.recvQ[slot] = recvQ;
		core.sendQ[slot] = sendQ;
		const hash = users === '' ? 0 : hashText(users);
		if (hash === 0 || hash === knownUsers[slot]) {
			return;
		}

		knownUsers[slot] = hash;
		const list = readUsers(users);
		if (list.length > 0) {
			core.owners[slot] = owners.intern(list);
		}
	};

	/** Writes addresses, ports, timer and user of an IP socket. */
	const writeInet = (slot: number, {family, localPort, peerPort, interfaceIndex: index, inode}: Tuple, {timer, timerExpires, timerRetransmits, uid}: Details): void => {
		core.family[slot] = family;
		core.localAddress.set(localAddress, slot * 16);
		core.peerAddress.set(peerAddress, slot * 16);
		core.localPort[slot] = localPort;
		core.peerPort[slot] = peerPort;
		core.interfaceIndex[slot] = index;
		core.timer[slot] = timer;
		core.timerExpires[slot] = timerExpires;
		core.timerRetransmits[slot] = timerRetransmits;
		if (inode > 0) {
			core.inode[slot] = inode;
		}

		// `ss` omits the uid 0. For sockets without inode, the uid 0 is made up.
		if (uid !== undefined || (inode > 0 && !isMinisocket(core.state[slot], timer))) {
			core.uid[slot] = uid ?? 0;
		}
	};

	/** Writes what `ss -i` and `ss -m` print about an IP socket. */
	const writeInfo = (slot: number, {protocol, state}: Row, details: Details, isFromNetlink: boolean): void => {
		const hasInfo = isFromNetlink && protocol === Protocol.tcp && details.numbers.has('cwnd');
		if (hasInfo && state !== State.listen) {
			writer.writeCounters(slot, details);
		} else if (protocol === Protocol.mptcp && state !== State.listen) {
			writer.writeMultipathCounters(slot, details);
		} else {
			table.clearRates(slot);
			if (table.isFound(slot)) {
				const age = knownTimeWait(state, details.timer, details.timerExpires);
				table.setKnownAge(slot, age, age);
			}
		}

		if (isFromNetlink) {
			writer.writeColumns(slot, details, hasInfo);
		} else if (!isMinisocket(state, details.timer)) {
			writer.writeProc(slot, details);
		}
	};

	const mergeInet = (row: Row, details: Details): Outcome => {
		const local = readInetEndpoint(row.local, localAddress);
		const peer = readInetEndpoint(row.peer, peerAddress);
		const family = local?.family ?? peer?.family ?? wildcardFamily;
		if (local === undefined || peer === undefined || (peer.family ?? family) !== family) {
			return 'invalid';
		}

		const {inode = 0, cookie} = details;
		const isFromNetlink = isOfNetlink(row, details);
		const tuple = {
			protocol: row.protocol, family, localAddress, peerAddress, localPort: local.port, peerPort: peer.port, interfaceIndex: indexOf(local.interfaceName), inode,
		};
		const slot = locateTuple(tuple, isFromNetlink ? cookie : undefined);
		writeCommon(slot, row);
		writeInet(slot, tuple, details);
		writeInfo(slot, row, details, isFromNetlink);
		seen.add(row.protocol * 256 + family);
		return 'merged';
	};

	const mergeNamed = (row: Row, details: Details): Outcome => {
		const inode = row.inode === 0 ? details.inode ?? 0 : row.inode;
		const slot = locateNamed(row.protocol, row.local, inode, details.cookie);
		writeCommon(slot, row);
		writeNamedSocket(table, slot, {...row, inode}, {uid: details.uid, indexOf});
		writer.writeColumns(slot, details, false);
		seen.add(row.protocol * 256 + core.family[slot]);
		return 'merged';
	};

	return {
		prepare(newColumns, newProtocols) {
			columns = newColumns;
			protocols = newProtocols;
			words = createWords(columns, ss);
			interfaces.clear();
			seen.clear();
			bind();
		},
		hasSeen: scope => scope === undefined ? seen.size > 0 : seen.has(scope.protocol * 256 + scope.family),
		merge(row) {
			if (words === undefined || !protocols.has(protocolNames[row.protocol])) {
				return 'merged';
			}

			const details = readDetails(row.details, words);
			return hasInetEnds(row.protocol) ? mergeInet(row, details) : mergeNamed(row, details);
		},
	};
};
