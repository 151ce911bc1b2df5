import {hasInetEnds} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {Endpoint} from '../language/expression.js';
import type {Range} from '../language/values/ranges.js';
import {
	intersection,
	filterBy,
	filterByColumn,
	type SelectionFilter,
} from './selection-filter.js';

/** A set of ports: 1 at the index of each port that is in it. */
export type PortSet = Uint8Array;

const portCount = 65_536;

export const portsIn = (ranges: readonly Range[]): PortSet => {
	const set = new Uint8Array(portCount);
	for (const {from, to} of ranges) {
		set.fill(1, from, to + 1);
	}

	return set;
};

/** Keeps sockets that have a port of the set at an endpoint. */
export const filterByPorts = (table: SocketTable, end: Endpoint, set: PortSet): SelectionFilter => {
	const {core: {protocol, localPort, peerPort}} = table;
	const withPort = end === 'either' ? filterByEither(localPort, peerPort, set) : filterByColumn(end === 'local' ? localPort : peerPort, set);
	// Sockets without ports have 0 in the columns, so only port 0 could match them.
	return set[0] === 1 ? intersection([withPort, filterBy(slot => hasInetEnds(protocol[slot]))]) : withPort;
};

const filterByEither = (first: Uint16Array, second: Uint16Array, set: PortSet): SelectionFilter => (slots, count) => {
	let kept = 0;
	for (let index = 0; index < count; index++) {
		const slot = slots[index];
		slots[kept] = slot;
		kept += set[first[slot]] | set[second[slot]];
	}

	return kept;
};
