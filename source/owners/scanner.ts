import type {Parts} from '../parts/parts.js';
import type {Allowance} from './allowance.js';
import type {Holders} from './holders.js';
import type {KnownProcess} from './known-process.js';
import {endOfRun} from './descriptors.js';
import {Descriptor, listLength, type OpenProcess} from './proc.js';
import type {ProcessRegistry} from './process-registry.js';
import type {Findings, Recorder} from './recorder.js';

/** The cost of opening a process, in reads. */
export const openReads = 8;

/** A walk makes at least this many reads each time, so that it ends even with a tiny allowance. */
const minimumReads = 16;

/** How many free descriptors in a row end a probe. A walk finds the rest. */
const manyMisses = 64;

/** Like `manyMisses`, if the number of descriptors does not suggest that there are more. */
const fewMisses = 4;

const lastDescriptor = 0xFF_FF_FF_FE;

/** Reads in one part of the work, which takes a millisecond or two. */
const readsPerPart = 1024;

/** Reads the descriptors of one process, in parts. */
export type Scanner = {
	/**
	Reads all descriptors, or continues a walk that the allowance interrupted. After a complete walk, `walkedIn` is the update in which it began.
	*/
	readonly walk: (process: KnownProcess, update: number, allowance: Allowance) => Parts;
	/**
	Searches for new sockets where they are likely: at the descriptors of closed sockets, and at the lowest free numbers, which the kernel assigns next. A thousand new
	sockets cost a thousand reads, regardless of how many descriptors the process has. A walk finds what a probe misses.
	*/
	readonly probe: (process: KnownProcess, update: number, allowance: Allowance) => Parts;
	/** Reads only the name and the number of descriptors. */
	readonly identify: (process: KnownProcess, update: number, allowance: Allowance) => Parts;
};

type Options = {
	readonly registry: ProcessRegistry;
	readonly recorder: Recorder;
	readonly holders: Holders;
};

export const createScanner = ({registry, recorder, holders}: Options): Scanner => {
	const findings: Findings = {fds: new Uint32Array(listLength), inodes: new Uint32Array(listLength), count: 0};
	const {fds, inodes} = findings;

	const withOpenProcess = function * (process: KnownProcess, update: number, allowance: Allowance, work: (opened: OpenProcess) => Parts): Parts {
		allowance.use(openReads);
		const opened = registry.open(process);
		if (opened === undefined) {
			return;
		}

		const madeBefore = holders.made;
		if (opened.identity?.isKernelThread === true) {
			process.walkedIn = Infinity;
		} else if (opened.isDenied) {
			process.walkedIn = update;
		} else {
			yield * work(opened);
		}

		opened.close();
		if (holders.made !== madeBefore) {
			process.foundIn = update;
		}

		yield;
	};

	/** Reads the first `count` descriptors of `fds` into `findings`, without closed ones. Returns how many it read within the allowance. */
	const readListed = (process: KnownProcess, opened: OpenProcess, count: number, allowance: Allowance): number => {
		findings.count = 0;
		let read = 0;
		for (; read < count && (read < minimumReads || !allowance.isSpent()); read++) {
			const inode = opened.socketAt(fds[read]);
			allowance.use(1);
			if (inode === Descriptor.denied) {
				process.isDenied = true;
				break;
			}

			if (inode !== Descriptor.none) {
				fds[findings.count] = fds[read];
				inodes[findings.count++] = inode;
			}
		}

		return read;
	};

	/**
	Writes descriptors to read from `from` on into `fds`, and returns how many: in a process that has nearly all numbers below the count of its descriptors, simply
	these numbers, because listing a descriptor costs a quarter of reading it. At and above the count, and in other processes, they are listed.
	*/
	const listNext = (opened: OpenProcess, from: number, most: number, missed: number): number => {
		const guessed = missed * 8 <= from ? Math.min(opened.count - from, most, fds.length) : 0;
		if (guessed <= 0) {
			return opened.list(from, fds.subarray(0, most));
		}

		for (let index = 0; index < guessed; index++) {
			fds[index] = from + index;
		}

		return guessed;
	};

	const endWalk = (process: KnownProcess): void => {
		process.cursor = 0;
		process.isChanged = false;
		process.walkedIn = process.walkBeganIn;
		process.suspects.clear();
	};

	/** Reads descriptors whose socket is closed or closing. */
	const correctSuspects = function * (process: KnownProcess, opened: OpenProcess, allowance: Allowance): Parts {
		const found = new Map<number, number>();
		for (const fd of process.suspects) {
			if (allowance.isSpent()) {
				break;
			}

			process.suspects.delete(fd);
			const inode = opened.socketAt(fd);
			allowance.use(1);
			if (inode !== Descriptor.denied) {
				found.set(fd, inode);
			}

			if (found.size % readsPerPart === 0) {
				yield;
			}
		}

		recorder.correct(process, found);
	};

	const probeFree = function * (process: KnownProcess, opened: OpenProcess, allowance: Allowance): Parts {
		const {descriptors} = process;
		const expected = opened.count - descriptors.size;
		let found = 0;
		let reads = 0;
		let position = 0;
		const keep = (): void => {
			recorder.add(process, findings);
			position += findings.count;
			findings.count = 0;
		};

		findings.count = 0;
		for (let fd = 0, missed = 0; missed < (found < expected ? manyMisses : fewMisses) && !allowance.isSpent(); fd++) {
			const end = endOfRun(descriptors, position, fd);
			fd += end - position;
			position = end;

			if (++reads % readsPerPart === 0) {
				yield;
			}

			const inode = opened.socketAt(fd);
			allowance.use(1);
			if (inode < Descriptor.other) {
				missed++;
				continue;
			}

			missed = 0;
			found++;
			fds[findings.count] = fd;
			inodes[findings.count++] = inode;
			if (findings.count === listLength) {
				keep();
			}
		}

		keep();
		if (!allowance.isSpent()) {
			process.count = opened.count;
		}
	};

	return {
		* walk(process, update, allowance) {
			yield * withOpenProcess(process, update, allowance, function * (opened) {
				if (process.cursor === 0) {
					process.walkBeganIn = update;
				}

				let missed = 0;
				for (;;) {
					const from = process.cursor;
					// No more than can be read.
					const most = Math.max(minimumReads, allowance.left());
					const count = listNext(opened, from, most, missed);
					const next = count === 0 ? lastDescriptor : fds[count - 1] + 1;
					const read = readListed(process, opened, count, allowance);
					missed += read - findings.count;
					process.cursor = read < count ? fds[read] : next;
					recorder.range(process, from, process.cursor - 1, findings);
					if (count === 0 || process.isDenied) {
						endWalk(process);
						process.count = opened.count;
						return;
					}

					if (allowance.isSpent()) {
						return;
					}

					yield;
				}
			});
		},
		* probe(process, update, allowance) {
			yield * withOpenProcess(process, update, allowance, function * (opened) {
				process.probedIn = update;
				yield * correctSuspects(process, opened, allowance);
				yield * probeFree(process, opened, allowance);
			});
		},
		* identify(process, update, allowance) {
			yield * withOpenProcess(process, update, allowance, function * (opened) {
				process.count = opened.count;
				yield;
			});
		},
	};
};
