/** Closes sockets of other processes (SOCK_DESTROY): as if the network had failed, without the cooperation of the process. */
import {constants} from 'node:os';
import type {DiagSocket} from '../netlink/diag-socket.js';
import {lookUpSockets} from '../netlink/inet-lookup.js';
import {allStates, closeRequest, dumpRequest} from '../netlink/inet-request.js';
import {errnoName} from '../system/system-calls.js';
import {Protocol, protocols} from '../table/columns/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/columns/states.js';

/** Whether the socket was closed, and a sentence that says what happened or why not. */
export type CloseResult = {readonly isClosed: boolean; readonly message: string};

const {
	ENOENT, ESTALE, EPERM, EACCES, EOPNOTSUPP, EINVAL,
} = constants.errno;

/** Protocols whose sockets the kernel can close. An MPTCP connection is closed through its TCP subflows. */
const closable: ReadonlySet<number> = new Set([Protocol.tcp, Protocol.udp, Protocol.udplite]);

/**
Closes exactly the socket in a slot: it is looked up by tuple and cookie immediately before, and the kernel closes only the socket with this cookie.

A TCP connection is reset: its process gets ECONNABORTED, the peer ECONNRESET. A listener stops listening. A UDP socket stays bound, and its process gets ECONNABORTED
once. The row changes with the next sample. Needs CAP_NET_ADMIN and a kernel with CONFIG_INET_DIAG_DESTROY (Linux 4.5).

@throws SystemCallError if the netlink socket itself fails.
*/
export const closeSocket = (socket: DiagSocket, table: SocketTable, slot: number): CloseResult => {
	const protocol = table.core.protocol[slot];
	if (table.isClosed(slot) || !table.isUsed(slot)) {
		return gone;
	}

	if (protocol === Protocol.mptcp) {
		return closeSubflows(socket, table, slot);
	}

	if (!closable.has(protocol)) {
		return failed(`the kernel can close TCP and UDP sockets, but not those of ${protocols[protocol].name}`);
	}

	const problem = checkIdentity(socket, table, slot);
	if (problem !== undefined) {
		return problem;
	}

	const sequence = socket.nextSequence();
	const errno = socket.command(closeRequest(table, slot, sequence), sequence);
	switch (errno) {
		case 0: {
			return {isClosed: true, message: closedSentence(table, slot)};
		}

		case ENOENT:
		case ESTALE: {
			return gone;
		}

		case EPERM:
		case EACCES: {
			return failed('closing sockets needs CAP_NET_ADMIN: run conntop as root');
		}

		case EOPNOTSUPP:
		case EINVAL: {
			return failed('this kernel cannot close sockets (that needs Linux 4.5 with CONFIG_INET_DIAG_DESTROY)');
		}

		default: {
			return failed(`the kernel answered ${errnoName(errno)}`);
		}
	}
};

const failed = (message: string): CloseResult => ({isClosed: false, message});

const gone = failed('the socket is gone already');

const closedSentence = ({core}: SocketTable, slot: number): string => {
	if (core.protocol[slot] !== Protocol.tcp) {
		return 'it is disconnected; the process still holds it';
	}

	return core.state[slot] === State.listen ? 'it stopped listening; the process still holds it' : 'the connection is reset';
};

/** Looks up the socket by tuple and cookie. Returns undefined if the kernel found it, else why it cannot be closed. */
const checkIdentity = (socket: DiagSocket, table: SocketTable, slot: number): CloseResult | undefined => {
	let problem: CloseResult | undefined;
	lookUpSockets(socket, table, {slots: [slot], extensions: 0}, (_slot, result) => {
		if ('errno' in result) {
			problem = result.errno === ENOENT || result.errno === ESTALE ? gone : failed(`the kernel answered ${errnoName(result.errno)}`);
		} else if (!isSame(socket, table, slot, result.start)) {
			problem = gone;
		}
	});
	// In a SO_REUSEPORT group, a lookup finds whichever member the kernel picks, and so does the request to close.
	return problem === gone && isListed(socket, table, slot)
		? failed('it shares its port with other sockets (SO_REUSEPORT), and conntop cannot choose which of them the kernel closes')
		: problem;
};

/** Whether the inet_diag_msg at `start` has the ports, addresses and cookie of the socket in the slot. */
const isSame = ({views: {bytes, words}}: DiagSocket, {core}: SocketTable, slot: number, start: number): boolean => {
	const word = start >> 2;
	const id = new DataView(bytes.buffer, start + 4, 36);
	return words[word + 11] === core.cookieLow[slot] && words[word + 12] === core.cookieHigh[slot]
		&& id.getUint16(0) === core.localPort[slot] && id.getUint16(2) === core.peerPort[slot]
		&& core.localAddress.subarray(slot * 16, slot * 16 + 16).every((byte, index) => byte === id.getUint8(4 + index))
		&& core.peerAddress.subarray(slot * 16, slot * 16 + 16).every((byte, index) => byte === id.getUint8(20 + index));
};

/** Whether a dump of all sockets with its local port contains the socket. More reliable than a lookup, but it walks the kernel's tables. */
const isListed = (socket: DiagSocket, table: SocketTable, slot: number): boolean => {
	const {core} = table;
	const sequence = socket.nextSequence();
	const request = dumpRequest({
		family: core.family[slot],
		ipProtocol: protocols[core.protocol[slot]].ipProtocol,
		states: core.state[slot] === State.listen ? 1 << State.listen : allStates,
		extensions: 0,
		localPort: core.localPort[slot],
	}, sequence);
	let isFound = false;
	socket.dump(request, sequence, start => {
		isFound ||= isSame(socket, table, slot, start);
	});
	return isFound;
};

/** Closes the TCP subflows of an MPTCP connection: the TCP sockets with the same inode. */
const closeSubflows = (socket: DiagSocket, table: SocketTable, slot: number): CloseResult => {
	const {core, used} = table;
	const inode = core.inode[slot];
	const subflows: number[] = [];
	for (let other = 0; inode !== 0 && other < used; other++) {
		if (core.inode[other] === inode && core.protocol[other] === Protocol.tcp && table.isUsed(other) && !table.isClosed(other)) {
			subflows.push(other);
		}
	}

	if (subflows.length === 0) {
		return failed('the kernel closes an MPTCP connection only through its TCP subflows, and none of them is known: show TCP sockets, too');
	}

	const results = subflows.map(subflow => closeSocket(socket, table, subflow));
	const closed = results.filter(({isClosed}) => isClosed).length;
	return closed === results.length
		? {isClosed: true, message: closed === 1 ? 'its TCP subflow is reset' : `its ${closed} TCP subflows are reset`}
		: failed(`${closed} of its ${results.length} TCP subflows closed; ${results.find(({isClosed}) => !isClosed)?.message ?? ''}`);
};

