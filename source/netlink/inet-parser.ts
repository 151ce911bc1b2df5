/**
Parses inet_diag answers in the receive buffer into the table. This is the hot path: no object and no string per socket.

Layouts: `struct inet_diag_msg` (`linux/inet_diag.h`, 72 bytes), then attributes. Newer kernels add attributes and members. Unknown attributes are skipped, and members
beyond the end of an attribute are absent.
*/
import type {OptionalColumn} from '../table/columns/columns.js';
import {Protocol, sharedCookieBit} from '../table/columns/protocols.js';
import {knownTimeWait} from '../table/known-age.js';
import {isMinisocket} from '../table/minisocket.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/columns/states.js';
import {findAttribute, typeMask} from './find-attribute.js';
import type {Views} from './framing.js';
import {Attribute} from './inet-request.js';
import type {KernelVersion} from './inet-layout.js';
import {createInfoReader} from './info-reader.js';
import {createMemberReader} from './member-reader.js';
import {messageEndpoints} from './message-endpoints.js';

const messageLength = 72;
const timerOn = 1;
/** SCTP_EVENT_TIMEOUT_T3_RTX: SCTP's number for the timer that TCP reports as 1. */
const sctpRetransmission = 4;

export type InetParser = {
	/** Prepares for a protocol and the columns to fill, with the table's current arrays. Call it once per dump. */
	readonly prepare: (protocol: number, columns: ReadonlySet<OptionalColumn>) => void;
	/**
	Merges the answer between two byte offsets of the views into the table.

	@returns The slot, or -1 if the answer is too short.
	*/
	readonly parse: (start: number, end: number) => number;
	/** Merges only the attributes of an answer, for the socket in a slot: the final values of a closed socket. */
	readonly parseAttributes: (slot: number, start: number, end: number) => void;
	/** Merges only the addresses and ports of the answer that starts there. */
	readonly parseEndpoints: (slot: number, start: number) => void;
};

/** Finds the slot of the socket in the answer that starts at a byte offset of the views; -1 if there is no open one. */
export const findSlot = (table: SocketTable, {words}: Views, start: number): number => table.find(words[(start >> 2) + 11], words[(start >> 2) + 12]);

/** The table's states for `enum sctp_state` (`linux/sctp.h`). */
const associationStates: readonly number[] = [
	State.unconnected,
	State.cookieWait,
	State.cookieEchoed,
	State.established,
	State.shutdownPending,
	State.shutdownSent,
	State.shutdownReceived,
	State.shutdownAckSent,
];

/**
Creates a parser that reads from these views and writes to this table.

@param table Where the sockets are merged.
@param views Where the answers are.
@param kernel The version of the answers' kernel. If it is not known, members whose offset depends on it are absent.
@param onOver Called before a TCP socket whose connection has closed, but which is still bound, gets its new state.
*/
export const createInetParser = (
	table: SocketTable, views: Views, kernel: KernelVersion = 0, onOver: (slot: number) => void = () => undefined,
): InetParser => {
	const {bytes, words, halves} = views;
	let protocol: number = Protocol.tcp;
	let hasSharedCookies = false;
	let columns: ReadonlySet<OptionalColumn> = new Set();
	let {core} = table;
	let localAddress = new Uint32Array(core.localAddress.buffer);
	let peerAddress = new Uint32Array(core.peerAddress.buffer);
	const members = createMemberReader(table, views, kernel);
	const info = createInfoReader(table, views, kernel);

	const bind = (): void => {
		({core} = table);
		localAddress = new Uint32Array(core.localAddress.buffer);
		peerAddress = new Uint32Array(core.peerAddress.buffer);
		members.prepare(protocol, columns);
		info.prepare(protocol, columns);
	};

	/** Whether an answer is an SCTP association, not an endpoint: only associations have peer addresses. */
	const isAssociation = (start: number, end: number): boolean => findAttribute(views, start + messageLength, end, Attribute.peers) !== -1;

	/**
	The upper half of the identity for protocols whose sockets may share a cookie: accepted MPTCP connections have that of their listener, SCTP associations that of
	their endpoint. These get a hash of ports and addresses instead. The MPTCP token is not suitable, because it is lost when a connection falls back to TCP.
	*/
	const upperHalf = (start: number, end: number): number => {
		const word = start >> 2;
		const isShared = protocol === Protocol.sctp ? isAssociation(start, end) : halves[(start >> 1) + 3] !== 0;
		if (!isShared) {
			return words[word + 12];
		}

		let hash = words[word + 12];
		for (let index = 1; index < 10; index++) {
			hash = Math.imul(hash ^ words[word + index], 0x9E_37_79_B1);
			hash ^= hash >>> 15;
		}

		return (hash | sharedCookieBit) >>> 0;
	};

	/** Whether an unconnected socket had a connection in the last sample. */
	const isOver = (slot: number): boolean => core.peerPort[slot] !== 0 && core.state[slot] !== State.unconnected && core.state[slot] !== State.listen;

	/** Converts the state of an SCTP socket, and selects the attributes to read: associations have other ones than endpoints. */
	const readSctpState = (slot: number, state: number): number => {
		const isEndpoint = (core.cookieHigh[slot] & sharedCookieBit) === 0;
		members.selectSctp(isEndpoint);
		return isEndpoint ? state : associationStates[state] ?? State.unknown;
	};

	const readEndpoints = (slot: number, start: number): void => {
		const word = start >> 2;
		core.localPort[slot] = (bytes[start + 4] << 8) | bytes[start + 5];
		core.peerPort[slot] = (bytes[start + 6] << 8) | bytes[start + 7];
		const lane = slot << 2;
		localAddress[lane] = words[word + 2];
		localAddress[lane + 1] = words[word + 3];
		localAddress[lane + 2] = words[word + 4];
		localAddress[lane + 3] = words[word + 5];
		peerAddress[lane] = words[word + 6];
		peerAddress[lane + 1] = words[word + 7];
		peerAddress[lane + 2] = words[word + 8];
		peerAddress[lane + 3] = words[word + 9];
	};

	/** Reads the members of the inet_diag_msg that all sockets have, except the state. */
	const readMessage = (slot: number, start: number): void => {
		const word = start >> 2;
		const timer = bytes[start + 2];
		readEndpoints(slot, start);
		core.family[slot] = bytes[start];
		core.timer[slot] = protocol === Protocol.sctp && timer === sctpRetransmission ? timerOn : timer;
		core.timerRetransmits[slot] = bytes[start + 3];
		core.interfaceIndex[slot] = words[word + 10];
		core.timerExpires[slot] = words[word + 13];
		core.recvQ[slot] = words[word + 14];
		core.sendQ[slot] = words[word + 15];
	};

	/** Reads a minisocket. It has neither user nor inode nor counters, so the known ones stay. */
	const readMinisocket = (slot: number, state: number, start: number): void => {
		table.clearRates(slot);
		if (!table.isFound(slot)) {
			return;
		}

		const age = knownTimeWait(state, bytes[start + 2], words[(start >> 2) + 13]);
		table.setKnownAge(slot, age, age);
	};

	/** Reads user and inode of a full socket, and resets the columns that its attributes may leave out. */
	const readFullSocket = (slot: number, start: number): void => {
		const word = start >> 2;
		core.uid[slot] = words[word + 16];
		const inode = words[word + 17];
		if (inode !== 0) {
			core.inode[slot] = inode;
		}

		members.reset(slot);
	};

	/** The start of the message that is parsed. */
	let current = 0;

	/** Finds the row that a TCP socket with an unknown cookie had under another one. */
	const formerRow = (): number => {
		const state = bytes[current + 1];
		return !table.hasFormer || protocol !== Protocol.tcp || state === State.listen || state === State.synReceived || state === State.unconnected
			? -1
			: table.findFormer(messageEndpoints(bytes, current), isMinisocket(state, bytes[current + 2]) ? 'minisocket' : 'connection');
	};

	const parse = (start: number, end: number): number => {
		if (end - start < messageLength) {
			return -1;
		}

		const word = start >> 2;
		current = start;
		const isSeen = bytes[start + 1] === State.unconnected && protocol === Protocol.tcp && table.hasSeen(words[word + 11], words[word + 12]);
		const slot = table.observe(words[word + 11], hasSharedCookies ? upperHalf(start, end) : words[word + 12], formerRow);
		if (table.core !== core) {
			bind();
		}

		const state = protocol === Protocol.sctp ? readSctpState(slot, bytes[start + 1]) : bytes[start + 1];
		if (state === State.unconnected && protocol === Protocol.tcp && isOver(slot)) {
			// The connection is in TIME-WAIT already; this is the socket that a process still holds. Or it has ended after this sample saw it: the next one tells how.
			if (core.state[slot] === State.timeWait || isSeen) {
				return slot;
			}

			onOver(slot);
		}

		table.setState(slot, protocol, state);
		readMessage(slot, start);
		if (isMinisocket(state, bytes[start + 2])) {
			readMinisocket(slot, state, start);
		} else {
			readFullSocket(slot, start);
		}

		readAttributes(slot, state, start + messageLength, end);
		return slot;
	};

	const readAttributes = (slot: number, state: number, start: number, end: number): void => {
		for (let attribute = start; attribute + 4 <= end;) {
			const length = halves[attribute >> 1];
			const attributeEnd = attribute + length;
			if (length < 4 || attributeEnd > end) {
				break;
			}

			const type = halves[(attribute >> 1) + 1] & typeMask;
			if (type === Attribute.info) {
				info.read(slot, state, attribute + 4, attributeEnd);
			} else if (type === Attribute.skMemInfo) {
				info.readDrops(slot, state, attribute + 4, attributeEnd);
			}

			members.read(slot, type, attribute + 4, attributeEnd);

			attribute += (length + 3) & ~3;
		}
	};

	return {
		prepare(newProtocol, newColumns) {
			protocol = newProtocol;
			hasSharedCookies = protocol === Protocol.mptcp || protocol === Protocol.sctp;
			columns = newColumns;
			bind();
		},
		parse,
		parseAttributes(slot, start, end) {
			readAttributes(slot, table.core.state[slot], start + messageLength, end);
		},
		parseEndpoints: readEndpoints,
	};
};

