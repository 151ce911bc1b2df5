import {inParts, type Parts} from '../parts/parts.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/columns/states.js';
import type {Holders} from './holders.js';
import type {KnownProcess} from './known-process.js';

/** Hints where to search for pending sockets first. */
export type SearchHints = {
	/** Indexes of the processes that hold a listener with the same local port. */
	readonly listeners: ReadonlySet<number>;
	/** The users of the sockets. */
	readonly uids: ReadonlySet<number>;
};

// Hints for the pending sockets in these slots.
export const hintsFor = function * (table: SocketTable, slots: Uint32Array, holders: Holders): Parts<SearchHints> {
	const {core: {uid, localPort, state, inode}, used} = table;
	const ports = new Uint8Array(65_536);
	const uids = new Set<number>();
	yield * inParts(slots.length, (from, to) => {
		let last = -1;
		for (let index = from; index < to; index++) {
			const slot = slots[index];
			ports[localPort[slot]] = 1;
			if (uid[slot] !== last) {
				last = uid[slot];
				uids.add(last);
			}
		}
	});

	const listeners = new Set<number>();
	yield * inParts(used, (from, to) => {
		for (let slot = from; slot < to; slot++) {
			if (state[slot] === State.listen && ports[localPort[slot]] === 1 && inode[slot] !== 0) {
				for (let holding = holders.first(inode[slot]); holding !== 0; holding = holders.next(holding)) {
					listeners.add(holders.process(holding));
				}
			}
		}
	});
	return {listeners, uids};
};

/**
Sorts processes by likelihood: first those that hold the listener, then those of the same user; among equals, those where sockets were found most recently.
*/
export const byLikelihood = (processes: Iterable<KnownProcess>, hints: SearchHints): KnownProcess[] => {
	const rank = (process: KnownProcess): number => {
		if (hints.listeners.has(process.index)) {
			return 0;
		}

		return process.uid !== undefined && hints.uids.has(process.uid) ? 1 : 2;
	};

	return [...processes]
		.map(process => ({process, rank: rank(process)}))
		.toSorted((a, b) => a.rank === b.rank ? b.process.foundIn - a.process.foundIn : a.rank - b.rank)
		.map(({process}) => process);
};
