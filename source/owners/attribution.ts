import {Life} from '../table/columns/columns.js';
import type {Changes, SocketTable} from '../table/socket-table.js';
import type {Parts} from '../table/parts.js';
import {State} from '../table/columns/states.js';
import type {Holders} from './holders.js';
import type {InodeSet} from './inode-set.js';
import type {OwnerStore} from './owner-sets.js';

/** Joins the sockets of the table with those who hold them: it reads the `inode` column and writes the `owners` column. What goes over many sockets is done in parts. */
export type Attribution = {
	/** Takes notice of the rows that a sample opened, closed or began to close. */
	readonly note: (table: SocketTable, changes: Pick<Changes, 'opened' | 'changed' | 'closed'>) => Parts;
	/**
	Goes over all sockets for those that have an inode without known holders. What is known already is written at once; the others are `open` then.
	Updates are counted from 1.
	*/
	readonly collect: (table: SocketTable, update: number) => Parts;
	/** Writes the owners of the open sockets that have been found since. */
	readonly resolve: (table: SocketTable) => Parts;
	/** The same, once enough has been found since the last time that it is likely to pay: it costs a look-up for each open socket. */
	readonly resolveSoon: (table: SocketTable) => Parts;
	/** Slots of sockets whose holders are searched for. */
	readonly open: readonly number[];
	/** Update in which a slot became open. */
	readonly openSince: (slot: number) => number;
	/** Settles that the sockets that are open since this update or before have no owner that could be found. */
	readonly giveUp: (table: SocketTable, update: number) => Parts<number>;
	/** Writes the owners of the sockets whose holders changed. A socket that lost all of them keeps the old ones until others are found. */
	readonly renew: (table: SocketTable, touched: InodeSet) => Parts;
	/** Sockets that were given up, but for those that are being closed. */
	readonly unowned: number;
};

/** Sockets of one part of the work. */
const slotsPerPart = 4096;

/** Holdings that must be found for each open socket, before resolving pays. */
const worthwhile = 1 / 8;

/**
States of sockets that this side has closed. Most have no descriptor any more, but the column keeps the inode, and a socket that was only shut down
still has its descriptor.
*/
const closingStates = (1 << State.finWait1) | (1 << State.finWait2) | (1 << State.closing) | (1 << State.lastAck) | (1 << State.timeWait);

const isClosing = (state: number): boolean => ((closingStates >>> state) & 1) !== 0;

type Options = {
	readonly sets: OwnerStore;
	readonly holders: Holders;
	/** The number in the sets of the process that a holding names. */
	readonly numberOf: (place: number) => number;
	/** Told of the holdings of a socket that is closed or being closed: something else may stand behind these descriptors. */
	readonly suspect: (holding: number) => void;
};

export const createAttribution = ({sets, holders, numberOf, suspect}: Options): Attribution => {
	/** Inode for which the owners of a slot are settled, found or given up; 0 while it has none. */
	let settled = new Uint32Array(0);
	/** Update in which the slot became open; 0 while it is not. */
	let since = new Uint32Array(0);
	let open: number[] = [];
	let madeAtResolve = 0;
	let unowned = 0;
	let known: SocketTable | undefined;

	const fit = (table: SocketTable): void => {
		if (known !== table) {
			known = table;
			settled = new Uint32Array(table.capacity);
			since = new Uint32Array(table.capacity);
		} else if (settled.length < table.capacity) {
			settled = grown(settled, table.capacity);
			since = grown(since, table.capacity);
		}
	};

	const suspectHolders = (slot: number): void => {
		for (let holding = settled[slot] === 0 ? 0 : holders.first(settled[slot]); holding !== 0; holding = holders.next(holding)) {
			suspect(holding);
		}
	};

	const unsettle = (slot: number): void => {
		suspectHolders(slot);
		settled[slot] = 0;
		since[slot] = 0;
	};

	/** The number of the list of all who hold a socket, 0 for nobody. */
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

	const settle = (table: SocketTable, slot: number, set: number): void => {
		table.core.owners[slot] = set;
		settled[slot] = table.core.inode[slot];
		since[slot] = 0;
	};

	/** Keeps the open sockets that are to stay open. */
	const keepOpen = function * (isKept: (slot: number) => boolean): Parts {
		const all = open;
		open = [];
		for (const [index, element] of all.entries()) {
			if (isKept(element)) {
				open.push(element);
			}

			if ((index + 1) % slotsPerPart === 0) {
				yield;
			}
		}
	};

	const resolve = function * (table: SocketTable): Parts {
		if (holders.made === madeAtResolve) {
			return;
		}

		madeAtResolve = holders.made;
		yield * keepOpen(slot => {
			const set = setOf(table.core.inode[slot]);
			if (set !== 0) {
				settle(table, slot, set);
			}

			return set === 0;
		});
	};

	return {
		* note(table, {opened, changed, closed}) {
			fit(table);
			for (const slots of [closed, opened]) {
				for (const [index, slot] of slots.entries()) {
					unsettle(slot);
					if ((index + 1) % slotsPerPart === 0) {
						yield;
					}
				}
			}

			for (const slot of changed) {
				const state = table.core.state[slot];
				if (state === State.timeWait) {
					unsettle(slot);
				} else if (isClosing(state)) {
					suspectHolders(slot);
				}
			}
		},
		* collect(table, update) {
			fit(table);
			const {core: {inode: inodes, state: states, owners, life}, used} = table;
			open = [];
			madeAtResolve = -1;
			unowned = 0;
			for (let slot = 0; slot < used; slot++) {
				if ((slot + 1) % slotsPerPart === 0) {
					yield;
				}

				// Nearly all sockets end here, at the first condition.
				if ((inodes[slot] === settled[slot] && owners[slot] !== 0) || (life[slot] & (Life.used | Life.closed)) !== Life.used) {
					continue;
				}

				const state = states[slot];
				const inode = state === State.timeWait ? 0 : inodes[slot];
				if (inode === settled[slot]) {
					unowned += inode !== 0 && !isClosing(state) ? 1 : 0;
					continue;
				}

				if (settled[slot] !== 0) {
					unsettle(slot);
				}

				if (inode !== 0 && (owners[slot] === 0 || !isClosing(state))) {
					since[slot] ||= update;
					open.push(slot);
				}
			}

			yield * resolve(table);
		},
		resolve,
		* resolveSoon(table) {
			if (holders.made - madeAtResolve > open.length * worthwhile) {
				yield * resolve(table);
			}
		},
		get open() {
			return open;
		},
		openSince: slot => since[slot],
		* giveUp(table, update) {
			const before = open.length;
			yield * keepOpen(slot => {
				const isLost = since[slot] <= update;
				if (isLost) {
					settle(table, slot, 0);
					unowned++;
				}

				return !isLost;
			});
			return before - open.length;
		},
		* renew(table, touched) {
			const {core: {inode: inodes, state: states, owners, life}, used} = table;
			for (let slot = 0; slot < used; slot++) {
				if ((slot + 1) % slotsPerPart === 0) {
					yield;
				}

				const inode = inodes[slot];
				if (inode === 0 || !touched.has(inode) || (life[slot] & (Life.used | Life.closed)) !== Life.used || states[slot] === State.timeWait) {
					continue;
				}

				const set = setOf(inode);
				if (set === 0) {
					settled[slot] = isClosing(states[slot]) ? settled[slot] : 0;
				} else {
					unowned -= settled[slot] === inode && owners[slot] === 0 ? 1 : 0;
					settle(table, slot, set);
				}
			}
		},
		get unowned() {
			return unowned;
		},
	};
};

const grown = (array: Uint32Array, length: number): Uint32Array<ArrayBuffer> => {
	const copy = new Uint32Array(length);
	copy.set(array);
	return copy;
};
