import {hasInetEnds} from '../../table/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {End} from '../language/expression.js';
import type {Range} from '../language/values/ranges.js';
import {
	intersection,
	sieveBy,
	sieveColumn,
	type Sieve,
} from './sieve.js';

/** A set of ports: 1 at the ports that are in it. */
export type PortSet = Uint8Array;

const portCount = 65_536;

export const portsIn = (ranges: readonly Range[]): PortSet => {
	const set = new Uint8Array(portCount);
	for (const {from, to} of ranges) {
		set.fill(1, from, to + 1);
	}

	return set;
};

/** Keeps sockets that have a port of the set at an end. */
export const sievePorts = (table: SocketTable, end: End, set: PortSet): Sieve => {
	const {core: {protocol, localPort, peerPort}} = table;
	const withPort = end === 'either' ? sieveEither(localPort, peerPort, set) : sieveColumn(end === 'local' ? localPort : peerPort, set);
	// Only port 0, which stands for none, could be taken for that of a socket that has no ports.
	return set[0] === 1 ? intersection([withPort, sieveBy(slot => hasInetEnds(protocol[slot]))]) : withPort;
};

const sieveEither = (first: Uint16Array, second: Uint16Array, set: PortSet): Sieve => (slots, count) => {
	let kept = 0;
	for (let index = 0; index < count; index++) {
		const slot = slots[index];
		slots[kept] = slot;
		kept += set[first[slot]] | set[second[slot]];
	}

	return kept;
};
