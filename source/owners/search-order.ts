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

export const hintsFor = (table: SocketTable, slots: readonly number[], holders: Holders): SearchHints => {
	const {core: {uid: uids, localPort: ports, state: states, inode: inodes}, used} = table;
	const wanted = new Uint8Array(65_536);
	for (const slot of slots) {
		wanted[ports[slot]] = 1;
	}

	const listeners = new Set<number>();
	for (let slot = 0; slot < used; slot++) {
		if (states[slot] === State.listen && wanted[ports[slot]] === 1 && inodes[slot] !== 0) {
			for (let holding = holders.first(inodes[slot]); holding !== 0; holding = holders.next(holding)) {
				listeners.add(holders.process(holding));
			}
		}
	}

	return {listeners, uids: new Set(slots.map(slot => uids[slot]))};
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
