/**
Requests for inet_diag: dumps and exact lookups. Layouts: `linux/inet_diag.h`.
*/
import type {SocketTable} from '../table/socket-table.js';
import {Protocol, protocols} from '../table/columns/protocols.js';
import {
	Flag,
	headerLength,
	MessageType,
	writeHeader,
} from './framing.js';

/** The attributes of an inet_diag answer that are read (INET_DIAG_*). */
export const Attribute = {
	info: 2,
	vegasInfo: 3,
	congestion: 4,
	tos: 5,
	trafficClass: 6,
	skMemInfo: 7,
	shutdown: 8,
	dctcpInfo: 9,
	protocol: 10,
	v6Only: 11,
	locals: 12,
	peers: 13,
	mark: 15,
	bbrInfo: 16,
	classId: 17,
	ulpInfo: 19,
	cgroupId: 21,
	socketOptions: 22,
} as const;

/** The bit of `idiag_ext` that requests an attribute: bit n-1 for attribute n. */
export const extensionBit = (attribute: number): number => 1 << (attribute - 1);

/** All states except the pseudo-state 13 (bound, inactive), which has its own hash table and costs another walk. */
export const allStates = 0x1F_FE;

/** TCP sockets that are bound but neither listening nor connected (Linux 6.8). The kernel reports them in state CLOSE. */
export const boundInactiveStates = 1 << 13;

/** Which sockets a dump requests. */
export type DumpRequest = {
	readonly family: number;
	/** IPPROTO number. */
	readonly ipProtocol: number;
	/** Bit n requests state n. */
	readonly states: number;
	/** `idiag_ext`. */
	readonly extensions: number;
	/** Only sockets with this local port. */
	readonly localPort?: number;
	/** Only sockets that pass this program of `bytecode.ts`. */
	readonly bytecode?: Uint8Array | undefined;
};

/** INET_DIAG_REQ_PROTOCOL (Linux 5.9): a protocol that does not fit a byte, such as MPTCP. Older kernels see protocol 0 and refuse. */
const protocolAttribute = 3;

/** Creates a SOCK_DIAG_BY_FAMILY dump request (inet_diag_req_v2, 56 bytes). */
export const dumpRequest = ({family, ipProtocol, states, extensions, localPort = 0, bytecode}: DumpRequest, sequence: number): Uint8Array => {
	const isOneByte = ipProtocol <= 0xFF;
	const message = new Uint8Array(headerLength + 56 + (isOneByte ? 0 : 8));
	writeHeader(message, MessageType.sockDiagByFamily, Flag.request | Flag.dump, sequence);
	message[headerLength] = family;
	message[headerLength + 1] = isOneByte ? ipProtocol : 0;
	message[headerLength + 2] = extensions;
	message[headerLength + 8] = localPort >> 8;
	message[headerLength + 9] = localPort & 0xFF;
	const words = new Uint32Array(message.buffer);
	words[(headerLength + 4) >> 2] = states;
	if (!isOneByte) {
		const attribute = new Uint16Array(message.buffer, headerLength + 56, 2);
		attribute[0] = 8;
		attribute[1] = protocolAttribute;
		words[(headerLength + 60) >> 2] = ipProtocol;
	}

	return withBytecode(message, bytecode);
};

/** INET_DIAG_REQ_BYTECODE. */
const bytecodeAttribute = 1;

/** Adds a filter program to a request. */
const withBytecode = (message: Uint8Array, bytecode: Uint8Array | undefined): Uint8Array => {
	if (bytecode === undefined) {
		return message;
	}

	const longer = new Uint8Array(message.length + 4 + bytecode.length);
	longer.set(message);
	longer.set(bytecode, message.length + 4);
	new Uint32Array(longer.buffer, 0, 1)[0] = longer.length;
	new Uint16Array(longer.buffer, message.length, 2).set([4 + bytecode.length, bytecodeAttribute]);
	return longer;
};

/**
Creates a request that dumps TCP of both families in one walk of the kernel's tables (TCPDIAG_GETSOCK with inet_diag_req, 60 bytes). On most machines the walk costs
more than the sockets, so this halves the cost.
*/
export const bothFamiliesRequest = (
	{states, extensions, bytecode}: Pick<DumpRequest, 'states' | 'extensions' | 'bytecode'>, sequence: number,
): Uint8Array => {
	const message = new Uint8Array(headerLength + 60);
	writeHeader(message, MessageType.getSockCompat, Flag.request | Flag.dump, sequence);
	message[headerLength + 3] = extensions;
	new Uint32Array(message.buffer)[(headerLength + 52) >> 2] = states;
	return withBytecode(message, bytecode);
};

/** Length of a lookup request and of a request to close. */
export const lookupLength = headerLength + 56;

/** Protocols whose lookups take the endpoints of an incoming datagram, from the peer to the local one. */
const swapped: ReadonlySet<number> = new Set([Protocol.udp, Protocol.udplite]);

/**
Writes a request for the socket in a slot, by tuple and cookie, into `message` (`lookupLength` bytes). Without the cookie, the kernel would return the listener if the
connection is gone.
*/
export const writeLookup = (
	message: Uint8Array, table: SocketTable, slot: number, {extensions, sequence}: {readonly extensions: number; readonly sequence: number},
): void => {
	message.fill(0);
	writeHeader(message, MessageType.sockDiagByFamily, Flag.request, sequence);
	message[headerLength + 2] = extensions;
	writeIdentity(message, table, slot, swapped.has(table.core.protocol[slot]));
};

/**
Creates a request to close the socket in a slot (SOCK_DESTROY, Linux 4.5), which the kernel acknowledges. The kernel closes only the socket with this cookie. Unlike in a
lookup, the endpoints are never swapped.
*/
export const closeRequest = (table: SocketTable, slot: number, sequence: number): Uint8Array => {
	const message = new Uint8Array(lookupLength);
	writeHeader(message, MessageType.sockDestroy, Flag.request | Flag.acknowledge, sequence);
	writeIdentity(message, table, slot, false);
	return message;
};

/** Writes family, protocol and `struct inet_diag_sockid` of an inet_diag_req_v2. */
const writeIdentity = (message: Uint8Array, {core}: SocketTable, slot: number, isSwapped: boolean): void => {
	const view = new DataView(message.buffer, message.byteOffset + headerLength, 56);
	const local = core.localAddress.subarray(slot * 16, slot * 16 + 16);
	const peer = core.peerAddress.subarray(slot * 16, slot * 16 + 16);
	view.setUint8(0, core.family[slot]);
	view.setUint8(1, protocols[core.protocol[slot]].ipProtocol);
	view.setUint16(8, isSwapped ? core.peerPort[slot] : core.localPort[slot]);
	view.setUint16(10, isSwapped ? core.localPort[slot] : core.peerPort[slot]);
	const id = message.subarray(headerLength + 8);
	id.set(isSwapped ? peer : local, 4);
	id.set(isSwapped ? local : peer, 20);
	const words = new Uint32Array(message.buffer, message.byteOffset + headerLength + 8, 12);
	words[9] = core.interfaceIndex[slot];
	words[10] = core.cookieLow[slot];
	words[11] = core.cookieHigh[slot];
};
