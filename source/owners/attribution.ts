import {Life} from '../table/columns/columns.js';
import type {Changes} from '../table/changes.js';
import type {SocketTable} from '../table/socket-table.js';
import {inParts, type Parts} from '../parts/parts.js';
import {State} from '../table/columns/states.js';
import {resized} from '../table/columns/resized.js';
import type {Holders} from './holders.js';
import type {InodeSet} from './inode-set.js';
import type {OwnerStore} from './owner-sets.js';

/** Assigns owners to the sockets of the table: reads the `inode` column and writes the `owners` column. Work on many sockets is done in parts. */
export type Attribution = {
	/** Processes the sockets that a sample opened, closed or saw closing. */
	readonly note: (table: SocketTable, changes: Pick<Changes, 'opened' | 'changed' | 'closed'>) => Parts;
	/**
	Finds all sockets whose inode has no assigned owners. Owners that are known already are assigned; the other sockets become pending. Updates are counted from 1.
	*/
	readonly collect: (table: SocketTable, update: number) => Parts;
	/** Assigns the owners of pending sockets that have been found since. */
	readonly resolve: (table: SocketTable) => Parts;
	/** Like `resolve`, but only if enough holdings were found since the last time: it costs one lookup for each pending socket. */
	readonly resolveSoon: (table: SocketTable) => Parts;
	/** Slots of sockets whose owners are searched for; valid until the next call that assigns or collects. */
	readonly pending: Uint32Array;
	/** Update in which a slot became pending. */
	readonly pendingSince: (slot: number) => number;
	/** Ends the search for sockets that are pending since this update or before: no owner was found. Returns how many. */
	readonly giveUp: (table: SocketTable, update: number) => Parts<number>;
	/** Reassigns the owners of sockets whose holders changed. A socket that lost all holders keeps the old owners until others are found. */
	readonly refreshTouched: (table: SocketTable, touched: InodeSet) => Parts;
	/** How many sockets were given up, except those that are closing. */
	readonly unowned: number;
};

/** How many holdings must be found per pending socket before it is worth resolving. */
const minimumShare = 1 / 8;

/**
States of sockets that this side has closed. Most have no descriptor any more, although the column keeps the inode. A socket that was only shut down still has its
descriptor.
*/
const closingStates = (1 << State.finWait1) | (1 << State.finWait2) | (1 << State.closing) | (1 << State.lastAck) | (1 << State.timeWait);

const isClosing = (state: number): boolean => ((closingStates >>> state) & 1) !== 0;

/** Live sockets that processes hold, by their inodes, and whose owner is not known. */
export const countOwnerless = ({core: {life, inode, owners, state}, used}: SocketTable): number => {
	let count = 0;
	for (let slot = 0; slot < used; slot++) {
		const isLive = (life[slot] & (Life.used | Life.closed)) === Life.used;
		count += isLive && inode[slot] !== 0 && owners[slot] === 0 && !isClosing(state[slot]) ? 1 : 0;
	}

	return count;
};

type Options = {
	readonly sets: OwnerStore;
	readonly holders: Holders;
	/** The number, in `sets`, of the process with this index. */
	readonly numberOf: (process: number) => number;
	/** Called with each holding of a socket that is closed or closing: the descriptor may refer to something else now. */
	readonly suspect: (holding: number) => void;
};

export const createAttribution = ({sets, holders, numberOf, suspect}: Options): Attribution => {
	/** The inode for which the search of a slot has ended, with or without owners; 0 if there is none. */
	let assignedInode = new Uint32Array(0);
	/** Update in which the slot became pending; 0 if it is not. */
	let pendingSince = new Uint32Array(0);
	/** Pending slots, and how many there are: there may be a million, and lists of them in each update would be garbage. */
	let pending = new Uint32Array(0);
	let pendingCount = 0;
	let madeAtResolve = 0;
	let unowned = 0;
	let currentTable: SocketTable | undefined;

	const ensureCapacity = (table: SocketTable): void => {
		if (currentTable !== table) {
			currentTable = table;
			assignedInode = new Uint32Array(table.capacity);
			pendingSince = new Uint32Array(table.capacity);
		} else if (assignedInode.length < table.capacity) {
			assignedInode = resized(assignedInode, new Uint32Array(table.capacity));
			pendingSince = resized(pendingSince, new Uint32Array(table.capacity));
		}
	};

	const suspectHolders = (slot: number): void => {
		for (let holding = assignedInode[slot] === 0 ? 0 : holders.first(assignedInode[slot]); holding !== 0; holding = holders.next(holding)) {
			suspect(holding);
		}
	};

	const reset = (slot: number): void => {
		suspectHolders(slot);
		assignedInode[slot] = 0;
		pendingSince[slot] = 0;
	};

	/** The number of the list of all owners of a socket, 0 for none. */
	const setOf = (inode: number): number => {
		const first = holders.first(inode);
		if (first === 0) {
			return 0;
		}

		if (holders.next(first) === 0) {
			return sets.internOne(numberOf(holders.process(first)), holders.fd(first));
		}

		const pairs: number[] = [];
		for (let holding = first; holding !== 0; holding = holders.next(holding)) {
			pairs.push(numberOf(holders.process(holding)), holders.fd(holding));
		}

		return sets.internMany(pairs);
	};

	const assign = (table: SocketTable, slot: number, set: number): void => {
		table.core.owners[slot] = set;
		assignedInode[slot] = table.core.inode[slot];
		pendingSince[slot] = 0;
	};

	const keepPending = function * (isKept: (slot: number) => boolean): Parts {
		let kept = 0;
		yield * inParts(pendingCount, (from, to) => {
			for (let index = from; index < to; index++) {
				const slot = pending[index];
				if (isKept(slot)) {
					pending[kept++] = slot;
				}
			}
		});
		pendingCount = kept;
	};

	const resetAll = function * (slots: readonly number[]): Parts {
		yield * inParts(slots.length, (from, to) => {
			for (let index = from; index < to; index++) {
				reset(slots[index]);
			}
		});
	};

	const resolve = function * (table: SocketTable): Parts {
		if (holders.made === madeAtResolve) {
			return;
		}

		madeAtResolve = holders.made;
		yield * keepPending(slot => {
			const set = setOf(table.core.inode[slot]);
			if (set !== 0) {
				assign(table, slot, set);
			}

			return set === 0;
		});
	};

	/** The next slot whose socket has no owners, or none for its inode; `to` if there is none before. Nearly all sockets have them. */
	const nextUnassigned = ({core: {inode: inodes, owners, life}}: SocketTable, from: number, to: number): number => {
		let slot = from;
		while (slot < to && ((inodes[slot] === assignedInode[slot] && owners[slot] !== 0) || (life[slot] & (Life.used | Life.closed)) !== Life.used)) {
			slot++;
		}

		return slot;
	};

	const collectSlot = ({core: {inode: inodes, state: states, owners}}: SocketTable, slot: number, update: number): void => {
		const state = states[slot];
		const inode = state === State.timeWait ? 0 : inodes[slot];
		if (inode === assignedInode[slot]) {
			unowned += inode !== 0 && !isClosing(state) ? 1 : 0;
			return;
		}

		if (assignedInode[slot] !== 0) {
			reset(slot);
		}

		if (inode === 0 || (owners[slot] !== 0 && isClosing(state))) {
			return;
		}

		pendingSince[slot] ||= update;
		if (pendingCount === pending.length) {
			pending = resized(pending, new Uint32Array(Math.max(1024, 2 * pendingCount)));
		}

		pending[pendingCount++] = slot;
	};

	return {
		* note(table, {opened, changed, closed}) {
			ensureCapacity(table);
			yield * resetAll(closed);
			yield * resetAll(opened);
			for (const slot of changed) {
				const state = table.core.state[slot];
				if (state === State.timeWait) {
					reset(slot);
				} else if (isClosing(state)) {
					suspectHolders(slot);
				}
			}
		},
		* collect(table, update) {
			ensureCapacity(table);
			pendingCount = 0;
			madeAtResolve = -1;
			unowned = 0;
			yield * inParts(table.used, (from, to) => {
				for (let slot = nextUnassigned(table, from, to); slot < to; slot = nextUnassigned(table, slot + 1, to)) {
					collectSlot(table, slot, update);
				}
			});
			yield * resolve(table);
		},
		resolve,
		* resolveSoon(table) {
			if (holders.made - madeAtResolve > pendingCount * minimumShare) {
				yield * resolve(table);
			}
		},
		get pending() {
			return pending.subarray(0, pendingCount);
		},
		pendingSince: slot => pendingSince[slot],
		* giveUp(table, update) {
			const before = pendingCount;
			yield * keepPending(slot => {
				const isOver = pendingSince[slot] <= update;
				if (isOver) {
					assign(table, slot, 0);
					unowned++;
				}

				return !isOver;
			});
			return before - pendingCount;
		},
		* refreshTouched(table, touched) {
			const {core: {inode: inodes, state: states, owners, life}, used} = table;
			yield * inParts(used, (from, to) => {
				for (let slot = from; slot < to; slot++) {
					const inode = inodes[slot];
					if (inode === 0 || !touched.has(inode) || (life[slot] & (Life.used | Life.closed)) !== Life.used || states[slot] === State.timeWait) {
						continue;
					}

					const set = setOf(inode);
					if (set === 0) {
						assignedInode[slot] = isClosing(states[slot]) ? assignedInode[slot] : 0;
					} else {
						unowned -= assignedInode[slot] === inode && owners[slot] === 0 ? 1 : 0;
						assign(table, slot, set);
					}
				}
			});
		},
		get unowned() {
			return unowned;
		},
	};
};
