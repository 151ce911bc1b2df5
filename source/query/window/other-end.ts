import type {SocketTable} from '../../table/socket-table.js';

/**
Where the peer's socket is, relative to the list: `shown` in a row, `hidden` by the query, `closed` and already forgotten, or the socket `itself`. Absent if it
is not on this machine.
*/
export type OtherEnd = {readonly place: 'shown'; readonly id: number} | {readonly place: 'hidden' | 'closed' | 'itself'};

/** Finds the socket at the other end of the connection in a slot; `shown` are the slots of the list. */
export const findOtherEnd = ({pairs, core}: SocketTable, slot: number, shown: Uint32Array): OtherEnd | undefined => {
	const otherEnd = pairs.otherEnd(slot);
	if (otherEnd === -1) {
		return pairs.isLocal(slot) ? {place: 'closed'} : undefined;
	}

	if (otherEnd === slot) {
		return {place: 'itself'};
	}

	return shown.includes(otherEnd) ? {place: 'shown', id: core.id[otherEnd]} : {place: 'hidden'};
};
