/** Sockets whose rows were closed before their destroy event came, because a process keeps the descriptor. */
import type {DestroyEvent} from '../../netlink/destroy-event.js';
import {Life, Trait} from '../../table/columns/columns.js';
import type {SocketTable} from '../../table/socket-table.js';
import {isMini} from './mini-sockets.js';

/** Limit of the sockets remembered; the oldest are forgotten first. */
const maxRows = 0x1_00_00;

export type ClosedEarly = {
	/** Adds the sockets closed since the previous sample. */
	readonly add: () => void;
	/**
	The row of the socket that an event is about, as it was when it was closed; undefined if there is none. Each row is returned once. It may be gone from the
	table: compare the id.
	*/
	readonly take: (event: DestroyEvent) => ClosedRow | undefined;
	readonly close: () => void;
};

export type ClosedRow = {
	readonly slot: number;
	readonly id: number;
	readonly last: {readonly state: number; readonly hasFin: boolean};
};

/**
Remembers the sockets of one network namespace that were closed early.

@param namespace Number of the network namespace in the table.
*/
export const createClosedEarly = (table: SocketTable, namespace: number): ClosedEarly => {
	const rows = new Map<number, ClosedRow>();

	/** A minisocket has no event of its own; but if it was seen as a full socket before, the event of that one is still to come. */
	const isAwaited = (slot: number): boolean => {
		const {namespace: namespaces, life, bytesSent} = table.core;
		return namespaces[slot] === namespace && (life[slot] & (Life.ended | Life.dropped)) === 0 && !(isMini(table, slot) && Number.isNaN(bytesSent[slot]));
	};

	const add = (): void => {
		const {core, lingering, previousSampleAt} = table;
		for (let index = lingering.length - 1; index >= 0; index--) {
			const slot = lingering[index];
			if (core.closedAt[slot] < previousSampleAt) {
				break;
			}

			if (isAwaited(slot)) {
				const last = {state: core.state[slot], hasFin: (core.traits[slot] & Trait.finReceived) !== 0};
				rows.set(cookieKey(core.cookieLow[slot], core.cookieHigh[slot]), {slot, id: core.id[slot], last});
			}
		}

		for (const key of rows.keys()) {
			if (rows.size <= maxRows) {
				break;
			}

			rows.delete(key);
		}
	};

	// If the next sample comes late, the rows go when it begins.
	const stop = table.beforeRelease(add);

	return {
		add,
		take({cookieLow, cookieHigh}) {
			const key = cookieKey(cookieLow, cookieHigh);
			const row = rows.get(key);
			rows.delete(key);
			return row;
		},
		close: stop,
	};
};

/** One number for a cookie; exact below 2^53, which no kernel has ever counted to. */
const cookieKey = (low: number, high: number): number => high * 0x1_00_00_00_00 + low;
