import type {SocketTable} from '../../table/socket-table.js';

/**
Where the other end of a connection is, as seen from the list: `shown` among its rows, `hidden` by what the query leaves out, `closed` and forgotten already,
or the socket `itself`. Absent where it is not on this machine.
*/
export type FarEnd = {readonly place: 'shown'; readonly id: number} | {readonly place: 'hidden' | 'closed' | 'itself'};

/**
@param table
@param table.pairs
@param table.core
@param slot The socket at this end.
@param shown Slots of the list.
*/
export const findOtherEnd = ({pairs, core}: SocketTable, slot: number, shown: Uint32Array): FarEnd | undefined => {
	const far = pairs.farEnd(slot);
	if (far === -1) {
		return pairs.isLocal(slot) ? {place: 'closed'} : undefined;
	}

	if (far === slot) {
		return {place: 'itself'};
	}

	return shown.includes(far) ? {place: 'shown', id: core.id[far]} : {place: 'hidden'};
};
