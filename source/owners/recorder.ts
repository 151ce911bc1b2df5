import {
	closedDescriptor,
	compact,
	insert,
	lowerBound,
	positionOf,
	splice,
} from './descriptors.js';
import type {Holders} from './holders.js';
import type {InodeSet} from './inode-set.js';
import type {KnownProcess} from './known-process.js';
import {Descriptor, listLength} from './proc.js';

/** Descriptors that were read, in ascending order: the first `count` of `fds`, each with the inode of its socket or `Descriptor.other`. */
export type Findings = {
	readonly fds: Uint32Array;
	readonly inodes: Uint32Array;
	count: number;
};

/** Records what was read about the descriptors of a process, and keeps descriptors, holders and the set of touched inodes consistent. */
export type Recorder = {
	/** Replaces all descriptors from `from` to `to` (inclusive). */
	readonly range: (process: KnownProcess, from: number, to: number, findings: Findings) => void;
	/** Adds new descriptors. */
	readonly add: (process: KnownProcess, findings: Findings) => void;
	/** Corrects descriptors whose sockets are closed or closing. `found` maps each to its inode or a value of `Descriptor`. */
	readonly correct: (process: KnownProcess, found: ReadonlyMap<number, number>) => void;
	/** Removes all descriptors of a process. */
	readonly clear: (process: KnownProcess) => void;
	/** Marks all sockets of a process as touched. */
	readonly touchAll: (process: KnownProcess) => void;
};

type Options = {
	readonly holders: Holders;
	/** Collects the inodes whose owners have changed. */
	readonly touched: InodeSet;
	/** Whether the first holder of a socket counts as a change. Pending sockets are looked up anyway. */
	readonly isFirstOfInterest: () => boolean;
};

export const createRecorder = ({holders, touched, isFirstOfInterest}: Options): Recorder => {
	const holdings = new Uint32Array(listLength);

	const addHolding = (process: KnownProcess, fd: number, inode: number): number => {
		if (inode === Descriptor.other) {
			return 0;
		}

		const holding = holders.add(inode, process.index, fd);
		if (isFirstOfInterest() || holders.isShared(holding)) {
			touched.add(inode);
		}

		return holding;
	};

	const removeHolding = (holding: number): void => {
		if (holding === 0) {
			return;
		}

		touched.add(holders.inode(holding));
		holders.remove(holding);
	};

	/** Like `removeHolding`, for a closed socket: losing the last holder does not count as a change. */
	const removeClosedHolding = (holding: number): void => {
		if (holding === 0) {
			return;
		}

		if (holders.isShared(holding)) {
			touched.add(holders.inode(holding));
		}

		holders.remove(holding);
	};

	const inodeBehind = (holding: number): number => holding === 0 ? Descriptor.other : holders.inode(holding);

	const holdingsOf = ({descriptors}: KnownProcess): Uint32Array => descriptors.holdings.subarray(0, descriptors.size);

	return {
		range(process, from, to, {fds, inodes, count}) {
			const {descriptors} = process;
			const start = lowerBound(descriptors, from);
			const end = lowerBound(descriptors, to + 1);
			let old = start;
			for (let index = 0; index < count; index++) {
				const fd = fds[index];
				for (; old < end && descriptors.fds[old] < fd; old++) {
					removeHolding(descriptors.holdings[old]);
				}

				const isKnown = old < end && descriptors.fds[old] === fd;
				if (isKnown && inodeBehind(descriptors.holdings[old]) === inodes[index]) {
					holdings[index] = descriptors.holdings[old++];
					continue;
				}

				if (isKnown) {
					removeHolding(descriptors.holdings[old++]);
				}

				holdings[index] = addHolding(process, fd, inodes[index]);
			}

			for (; old < end; old++) {
				removeHolding(descriptors.holdings[old]);
			}

			splice(descriptors, start, end, {fds, holdings, count});
		},
		add(process, {fds, inodes, count}) {
			for (let index = 0; index < count; index++) {
				holdings[index] = addHolding(process, fds[index], inodes[index]);
			}

			insert(process.descriptors, {fds, holdings, count});
		},
		correct(process, found) {
			const {descriptors} = process;
			let closed = 0;
			for (const [fd, inode] of found) {
				const position = positionOf(descriptors, fd);
				const old = position === -1 ? 0 : descriptors.holdings[position];
				if (position === -1 || inodeBehind(old) === inode) {
					continue;
				}

				removeClosedHolding(old);
				descriptors.holdings[position] = inode === Descriptor.none ? closedDescriptor : addHolding(process, fd, inode);
				closed += inode === Descriptor.none ? 1 : 0;
			}

			if (closed > 0) {
				compact(descriptors);
			}
		},
		clear(process) {
			for (const holding of holdingsOf(process)) {
				removeHolding(holding);
			}

			process.descriptors.size = 0;
		},
		touchAll(process) {
			for (const holding of holdingsOf(process)) {
				if (holding !== 0) {
					touched.add(holders.inode(holding));
				}
			}
		},
	};
};
