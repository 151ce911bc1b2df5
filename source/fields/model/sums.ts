import {Event} from '../../table/journal-table.js';
import {Protocol} from '../../table/columns/protocols.js';
import type {Field, World} from './field.js';

/**
What rows add to the sums of their group, by a field; undefined for a field that does not add up.

Of the entries of the journal only those of closed sockets add something: so a connection counts once, with its last counters, however many entries it has.
Rates of different moments add up to nothing.
*/
export const addendOf = (field: Field | undefined): ((world: World, slot: number) => number | undefined) | undefined => {
	if (field?.kind !== 'number' || field.sum === undefined) {
		return undefined;
	}

	const {sum, unit} = field;
	return (world, slot) => isCounted(world, slot) && (world.entries === undefined || unit !== 'bytesPerSecond') ? sum(world, slot) : undefined;
};

const isCounted = ({entries}: World, slot: number): boolean => entries === undefined || entries.event[slot] === Event.closed;

/** What sockets, those of one group, add up to; undefined where no socket adds anything. */
export const sumOf = (field: Field | undefined, world: World, slots: Uint32Array): number | undefined => {
	const addend = addendOf(field);
	if (addend === undefined) {
		return undefined;
	}

	const repeated = findRepeated(field, world, slots);
	let sum: number | undefined;
	for (const slot of slots) {
		const added = repeated?.has(slot) ? undefined : addend(world, slot);
		sum = added === undefined ? sum : (sum ?? 0) + added;
	}

	return sum;
};

/**
The sockets of a group that would add what others in the group add already: MPTCP sockets that have a subflow there. A subflow is a TCP socket; it has the inode of its
MPTCP socket, and before that was accepted its addresses.

@returns Undefined where there are none.
*/
export const findRepeated = (field: Field | undefined, world: World, slots: Uint32Array): ReadonlySet<number> | undefined => {
	if (field?.kind !== 'number' || field.isInSubflows !== true) {
		return undefined;
	}

	const {core: {protocol}} = world.table;
	const multipath: number[] = [];
	for (const slot of slots) {
		if (protocol[slot] === Protocol.mptcp) {
			multipath.push(slot);
		}
	}

	if (multipath.length === 0) {
		return undefined;
	}

	const subflows = new Set<number | string>();
	for (const slot of slots) {
		if (protocol[slot] === Protocol.tcp && isCounted(world, slot)) {
			subflows.add(connectionOf(world, slot));
		}
	}

	return new Set(multipath.filter(slot => subflows.has(connectionOf(world, slot))));
};

/** What an MPTCP socket and its subflows have in common: the inode, or the addresses and ports of what was not accepted yet. */
const connectionOf = ({table: {core}}: World, slot: number): number | string => {
	const {inode, localPort, peerPort, localAddress, peerAddress} = core;
	const addressIn = (column: Uint8Array): string => column.subarray(slot * 16, (slot + 1) * 16).join(' ');
	return inode[slot] === 0 ? `${localPort[slot]} ${peerPort[slot]} ${addressIn(localAddress)} ${addressIn(peerAddress)}` : inode[slot];
};
