/** Exact lookups of known sockets, in batches: about 2 µs each, whereas a dump walks the kernel's complete tables. */
import type {SocketTable} from '../table/socket-table.js';
import type {DiagSocket} from './diag-socket.js';
import {lookupLength, writeLookup} from './inet-request.js';

/** Requests in one datagram. All their answers must fit into the socket's receive buffer. */
const lookupsPerDatagram = 64;

/** The result for one socket: the bounds of the answer in the socket's views, or an errno. */
export type LookupResult = {readonly start: number; readonly end: number} | {readonly errno: number};

/**
Looks up TCP and UDP sockets by tuple and cookie.

A closed TCP connection is ENOENT. A listener or UDP socket that shares its port with others (SO_REUSEPORT) cannot be found: the kernel picks one of the group by a
hash, and then finds another cookie. The result is ENOENT for a listener and ESTALE for UDP.

@param socket In the network namespace of the sockets.
@param table The table of the slots.
@param wanted The slots, and the attributes to request (`idiag_ext`).
@param answer Called for each slot, in order.
@throws SystemCallError if the socket itself fails.
*/
export const lookUpSockets = (
	socket: DiagSocket,
	table: SocketTable,
	{slots, extensions}: {readonly slots: readonly number[]; readonly extensions: number},
	answer: (slot: number, result: LookupResult) => void,
): void => {
	for (let start = 0; start < slots.length; start += lookupsPerDatagram) {
		const batch = slots.slice(start, start + lookupsPerDatagram);
		const requests = new Uint8Array(batch.length * lookupLength);
		let first = 0;
		for (const [index, slot] of batch.entries()) {
			const sequence = socket.nextSequence();
			first ||= sequence;
			writeLookup(requests.subarray(index * lookupLength, (index + 1) * lookupLength), table, slot, {extensions, sequence});
		}

		socket.lookUp(requests, {first, count: batch.length}, (index, result) => {
			answer(batch[index], result);
		});
	}
};
