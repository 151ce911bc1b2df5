import type {SocketTable} from '../../table/socket-table.js';

/**
Where the peer's socket is, relative to the list: `shown` in a row, in the same row, which represents both (`joined`), `hidden` by the query, `closed` and already
forgotten, or the socket `itself`. Absent if it is not on this machine.
*/
export type OtherEnd = {readonly place: 'shown'; readonly id: number} | {readonly place: 'joined' | 'hidden' | 'closed' | 'itself'};

type Rows = {
	/** Slots of the list. */
	readonly shown: Uint32Array;
	readonly isPerConnection: boolean;
};

/** Finds the socket at the other end of the connection in a slot. */
export const findOtherEnd = ({pairs, connections, core}: SocketTable, slot: number, {shown, isPerConnection}: Rows): OtherEnd | undefined => {
	const otherEnd = pairs.otherEnd(slot);
	if (otherEnd === -1) {
		return pairs.isLocal(slot) ? {place: 'closed'} : undefined;
	}

	if (otherEnd === slot) {
		return {place: 'itself'};
	}

	if (isPerConnection && connections.otherEnd(slot) === otherEnd) {
		return {place: 'joined'};
	}

	return shown.includes(otherEnd) ? {place: 'shown', id: core.id[otherEnd]} : {place: 'hidden'};
};
