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
	/** What was read behind descriptors whose sockets are closed or being closed. */
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

	/** The end of a socket's last holder is no news where the socket ends too. */
	const dropClosed = (holding: number): void => {
		if (holding === 0) {
			return;
		}

		const inode = holders.inode(holding);
		holders.remove(holding);
		if (holders.first(inode) !== 0) {
			touched.add(inode);
		}
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
					drop(descriptors.holdings[old]);
				}

				const isKnown = old < end && descriptors.fds[old] === fd;
				if (isKnown && inodeBehind(descriptors.holdings[old]) === inodes[index]) {
					holdings[index] = descriptors.holdings[old++];
					continue;
				}

				if (isKnown) {
					drop(descriptors.holdings[old++]);
				}

				holdings[index] = take(process, fd, inodes[index]);
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
				const old = position === -1 ? 0 : descriptors.holdings[position];
				if (position === -1 || inodeBehind(old) === inode) {
					continue;
				}

				dropClosed(old);
				descriptors.holdings[position] = inode === Descriptor.none ? closedDescriptor : take(process, fd, inode);
				closed += inode === Descriptor.none ? 1 : 0;
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
