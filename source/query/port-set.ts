import {hasInetEnds} from '../table/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import type {End} from './expression.js';
import type {Range} from './ranges.js';

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

/** Whether a socket has a port of the set at an end. */
export const bindPort = (table: SocketTable, end: End, set: PortSet): ((slot: number) => boolean) => {
	const {core: {protocol}} = table;
	const isPort = bindNumber(table, end, set);
	// Only port 0, which stands for none, could be taken for that of a socket that has no ports.
	return set[0] === 1 ? slot => isPort(slot) && hasInetEnds(protocol[slot]) : isPort;
};

const bindNumber = ({core: {localPort, peerPort}}: SocketTable, end: End, set: PortSet): ((slot: number) => boolean) => {
	switch (end) {
		case 'local': {
			return slot => set[localPort[slot]] === 1;
		}

		case 'peer': {
			return slot => set[peerPort[slot]] === 1;
		}

		case 'either': {
			return slot => set[localPort[slot]] === 1 || set[peerPort[slot]] === 1;
		}
	}
};
