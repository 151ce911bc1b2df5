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

/** Descriptors that were read, in rising order: the first `count` of `fds`, and with each the inode of its socket or `Descriptor.other`. */
export type Findings = {
	readonly fds: Uint32Array;
	readonly inodes: Uint32Array;
	count: number;
};

/** Writes down what was read about the descriptors of a process, so that descriptors, holders and the sockets that these concern agree. */
export type Recorder = {
	/** All descriptors from `from` up to `to`, inclusive. */
	readonly range: (process: KnownProcess, from: number, to: number, findings: Findings) => void;
	/** Descriptors that were not known. */
	readonly add: (process: KnownProcess, findings: Findings) => void;
	/** What was read behind descriptors that may be known. */
	readonly correct: (process: KnownProcess, found: ReadonlyMap<number, number>) => void;
	/** Forgets all descriptors of a process. */
	readonly clear: (process: KnownProcess) => void;
	/** Marks every socket of a process as changed. */
	readonly touchAll: (process: KnownProcess) => void;
};

type Options = {
	readonly holders: Holders;
	/** Takes the inodes whose owners differ now from what they were. */
	readonly touched: InodeSet;
	/** Whether the first holder of a socket counts as such a difference. Who waits for a socket asks for it anyway. */
	readonly isFirstOfInterest: () => boolean;
};

export const createRecorder = ({holders, touched, isFirstOfInterest}: Options): Recorder => {
	const holdings = new Uint32Array(listLength);

	const take = (process: KnownProcess, fd: number, inode: number): number => {
		if (inode === Descriptor.other) {
			return 0;
		}

		if (isFirstOfInterest() || holders.first(inode) !== 0) {
			touched.add(inode);
		}

		return holders.add(inode, process.place, fd);
	};

	const drop = (holding: number): void => {
		if (holding === 0) {
			return;
		}

		touched.add(holders.inode(holding));
		holders.remove(holding);
	};

	const inodeBehind = (holding: number): number => holding === 0 ? Descriptor.other : holders.inode(holding);

	/** The holding for what stands behind a descriptor now, given the one that was known. */
	const replace = (process: KnownProcess, fd: number, old: number, inode: number): number => {
		if (inodeBehind(old) === inode) {
			return old;
		}

		drop(old);
		return take(process, fd, inode);
	};

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
					drop(descriptors.holdings[old]);
				}

				const isKnown = old < end && descriptors.fds[old] === fd;
				holdings[index] = isKnown ? replace(process, fd, descriptors.holdings[old], inodes[index]) : take(process, fd, inodes[index]);
				old += isKnown ? 1 : 0;
			}

			for (; old < end; old++) {
				drop(descriptors.holdings[old]);
			}

			splice(descriptors, start, end, {fds, holdings, count});
		},
		add(process, {fds, inodes, count}) {
			for (let index = 0; index < count; index++) {
				holdings[index] = take(process, fds[index], inodes[index]);
			}

			insert(process.descriptors, {fds, holdings, count});
		},
		correct(process, found) {
			const {descriptors} = process;
			let closed = 0;
			for (const [fd, inode] of found) {
				const position = positionOf(descriptors, fd);
				if (position !== -1) {
					const old = descriptors.holdings[position];
					if (inode === Descriptor.none) {
						drop(old);
						descriptors.holdings[position] = closedDescriptor;
						closed++;
					} else {
						descriptors.holdings[position] = replace(process, fd, old, inode);
					}
				}
			}

			if (closed > 0) {
				compact(descriptors);
			}
		},
		clear(process) {
			for (const holding of holdingsOf(process)) {
				drop(holding);
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
