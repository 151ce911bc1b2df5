import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/columns/states.js';
import type {Holders} from './holders.js';
import type {KnownProcess} from './known-process.js';

/** What is known of sockets whose holders are searched for, that tells where to look first. */
export type Clues = {
	/** Places of the processes that hold a listener with the same local port. */
	readonly listeners: ReadonlySet<number>;
	/** Users that the sockets belong to. */
	readonly uids: ReadonlySet<number>;
};

export const cluesOf = (table: SocketTable, slots: readonly number[], holders: Holders): Clues => {
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
Processes, the likeliest first: those that hold the listener, then those of the same user; among equals those that opened sockets most recently.
*/
export const inOrder = (processes: Iterable<KnownProcess>, clues: Clues): KnownProcess[] => {
	const rank = (process: KnownProcess): number => {
		if (clues.listeners.has(process.place)) {
			return 0;
		}

		return process.uid !== undefined && clues.uids.has(process.uid) ? 1 : 2;
	};

	return [...processes]
		.map(process => ({process, rank: rank(process)}))
		.toSorted((a, b) => a.rank === b.rank ? b.process.foundIn - a.process.foundIn : a.rank - b.rank)
		.map(({process}) => process);
};
