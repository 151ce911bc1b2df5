import {Event} from '../../table/journal-table.js';
import {Protocol} from '../../table/columns/protocols.js';
import type {Field, FieldContext} from './field.js';

/**
Returns how to read what a row adds to the total of its group; undefined for a field that cannot be summed.

Of journal entries, only those of closed sockets count: a connection counts once, with its last counters, however many entries it has. Rates of different times
are not summed.
*/
export const addendOf = (field: Field | undefined): ((context: FieldContext, slot: number) => number | undefined) | undefined => {
	if (field?.kind !== 'number' || field.sum === undefined) {
		return undefined;
	}

	const {sum, unit} = field;
	return (context, slot) => isCounted(context, slot) && (context.entries === undefined || unit !== 'bytesPerSecond') ? sum(context, slot) : undefined;
};

const isCounted = ({entries}: FieldContext, slot: number): boolean => entries === undefined || entries.event[slot] === Event.closed;

/** Sums a field over the sockets of one group; undefined if no socket adds anything. */
export const sumOf = (field: Field | undefined, context: FieldContext, slots: Uint32Array): number | undefined => {
	const addend = addendOf(field);
	if (addend === undefined) {
		return undefined;
	}

	const repeated = findRepeated(field, context, slots);
	let sum: number | undefined;
	for (const slot of slots) {
		const added = repeated?.has(slot) ? undefined : addend(context, slot);
		sum = added === undefined ? sum : (sum ?? 0) + added;
	}

	return sum;
};

/**
Finds the sockets whose bytes others in the group count already: MPTCP sockets that have a subflow in the group. A subflow is a TCP socket; it has the inode of
its MPTCP socket, or its addresses and ports as long as that is not accepted.

@returns Undefined if there are none.
*/
export const findRepeated = (field: Field | undefined, context: FieldContext, slots: Uint32Array): ReadonlySet<number> | undefined => {
	if (field?.kind !== 'number' || field.isInSubflows !== true) {
		return undefined;
	}

	const {core: {protocol}} = context.table;
	const mptcpSlots: number[] = [];
	for (const slot of slots) {
		if (protocol[slot] === Protocol.mptcp) {
			mptcpSlots.push(slot);
		}
	}

	if (mptcpSlots.length === 0) {
		return undefined;
	}

	const subflows = new Set<number | string>();
	for (const slot of slots) {
		if (protocol[slot] === Protocol.tcp && isCounted(context, slot)) {
			subflows.add(connectionOf(context, slot));
		}
	}

	return new Set(mptcpSlots.filter(slot => subflows.has(connectionOf(context, slot))));
};

/** Returns what an MPTCP socket and its subflows share: the inode, or addresses and ports if the connection is not accepted yet. */
const connectionOf = ({table: {core}}: FieldContext, slot: number): number | string => {
	const {inode, localPort, peerPort, localAddress, peerAddress} = core;
	const addressIn = (column: Uint8Array): string => column.subarray(slot * 16, (slot + 1) * 16).join(' ');
	return inode[slot] === 0 ? `${localPort[slot]} ${peerPort[slot]} ${addressIn(localAddress)} ${addressIn(peerAddress)}` : inode[slot];
};
