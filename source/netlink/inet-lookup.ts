/** Exact look-ups of sockets that the table knows, in batches: about 2 µs each, where a dump walks all of the kernel's tables. */
import type {SocketTable} from '../table/socket-table.js';
import type {DiagSocket} from './diag-socket.js';
import {lookupLength, writeLookup} from './inet-request.js';

/** Requests in one datagram: their answers must fit into the socket's receive buffer together. */
const lookupsPerDatagram = 64;

/** What the kernel says of one: where the answer stands in the socket's views, or why there is none. */
export type LookupResult = {readonly start: number; readonly end: number} | {readonly errno: number};

/**
Looks up TCP and UDP sockets by tuple and cookie.

A TCP connection that is gone is ENOENT. A listener or UDP socket that shares its port with others (SO_REUSEPORT) cannot be found: the kernel picks one of
the group by a hash and then sees that it has another cookie. That, too, is ENOENT for a listener, and ESTALE for UDP.

@param socket
@param table
@param wanted The slots, and `idiag_ext`: the attributes that the answers are to have.
@param wanted.slots
@param wanted.extensions
@param answer Called for each slot, in order.
@throws SystemCallError when the socket itself fails.
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
