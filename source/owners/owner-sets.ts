import {CookieIndex} from '../table/cookie-index.js';
import {resized} from '../table/columns/resized.js';
import type {Owner, OwnerSets, OwnerSink} from './owner.js';
import {createProcessNumbers, type ProcessNumbers} from './process-numbers.js';

const initialCapacity = 256;

/** How many lists may exist beyond twice those in use, before `tidy` checks which are in use. */
const slack = 4096;

const none: readonly Owner[] = [];

/** Process number and descriptor plus one; 0 if the descriptor is not known. */
type Pair = readonly [process: number, fd: number];

/** The interned lists of owners. */
export type OwnerStore = OwnerSets & OwnerSink & {
	readonly processes: ProcessNumbers;
	/** Returns the number of the list with this single owner. */
	readonly internOne: (process: number, fd: number) => number;
	/** Returns the number of a list. The array has process numbers and descriptors alternately; the pairs may be in any order. */
	readonly internMany: (processesAndDescriptors: readonly number[]) => number;
	/**
	Frees the lists that are not in use any more. Cheap to call after every sample, because it does nothing until many lists have been created.

	@param inUse Returns every number still in use: the table's `owners` column up to its last used slot, and all other stored numbers.
	*/
	readonly tidy: (inUse: () => Iterable<number>) => void;
	/** How many lists exist. */
	readonly size: number;
};

/**
Stores each distinct list of owners once, under a number; 0 is the empty list. Lists are immutable.

A list of one owner, the usual case, is two numbers. The objects that `of` returns are created on demand.
*/
export const createOwnerSets = (): OwnerStore => {
	const processes = createProcessNumbers();
	/** The pair of each list with one owner. The process is 0 for other lists and for unused numbers. */
	let soleProcess = new Uint32Array(initialCapacity);
	let soleFd = new Uint32Array(initialCapacity);
	const soles = new CookieIndex();
	/** Lists of several owners: their pairs by number, and their numbers by pairs. */
	const pairsOf = new Map<number, readonly Pair[]>();
	const byPairs = new Map<string, number>();
	/** The lists that were asked for. */
	const lists: Array<readonly Owner[] | undefined> = [];
	/** By number, how many lists had been created with this one. */
	let versions = new Uint32Array(initialCapacity);
	let created = 0;
	let used = 1;
	const free: number[] = [];
	let tidyAt = slack;

	const create = (): number => {
		const set = free.pop() ?? used++;
		if (set >= soleProcess.length) {
			soleProcess = resized(soleProcess, new Uint32Array(soleProcess.length * 2));
			soleFd = resized(soleFd, new Uint32Array(soleFd.length * 2));
			versions = resized(versions, new Uint32Array(versions.length * 2));
		}

		versions[set] = ++created;
		return set;
	};

	const internSole = (process: number, fd: number): number => {
		const known = soles.find(process, fd, soleProcess, soleFd);
		if (known !== -1) {
			return known;
		}

		const set = create();
		soleProcess[set] = process;
		soleFd[set] = fd;
		soles.add(set, soleProcess, soleFd);
		return set;
	};

	const inOrder = (a: Pair, b: Pair): number => {
		const byPid = processes.pid(a[0]) - processes.pid(b[0]);
		const byFd = a[1] - b[1];
		return byPid === 0 ? (byFd === 0 ? a[0] - b[0] : byFd) : byPid;
	};

	const internPairs = (unsorted: readonly Pair[]): number => {
		const pairs = unsorted.toSorted(inOrder).filter((pair, index, all) => index === 0 || inOrder(all[index - 1], pair) !== 0);
		if (pairs.length < 2) {
			return pairs.length === 0 ? 0 : internSole(...pairs[0]);
		}

		const key = pairs.join(' ');
		let set = byPairs.get(key);
		if (set === undefined) {
			set = create();
			byPairs.set(key, set);
			pairsOf.set(set, pairs);
		}

		return set;
	};

	const isSole = (set: number): boolean => set < used && soleProcess[set] !== 0;

	const toOwner = ([process, fd]: Pair): Owner => {
		const startTime = processes.startTime(process);
		return {
			pid: processes.pid(process), name: processes.name(process), ...(!Number.isNaN(startTime) && {startTime}), ...(fd !== 0 && {fd: fd - 1}),
		};
	};

	const listOf = (set: number): readonly Owner[] =>
		isSole(set) ? [toOwner([soleProcess[set], soleFd[set]])] : pairsOf.get(set)?.map(pair => toOwner(pair)) ?? none;

	const forget = (set: number): void => {
		if (isSole(set)) {
			soles.remove(set, soleProcess, soleFd);
			soleProcess[set] = 0;
		} else {
			byPairs.delete(pairsOf.get(set)?.join(' ') ?? '');
			pairsOf.delete(set);
		}

		lists[set] = undefined;
		free.push(set);
	};

	const sweep = (inUse: Iterable<number>): void => {
		const usage = new Uint8Array(used);
		for (const set of inUse) {
			usage[set] = 1;
		}

		const usedProcesses = new Set<number>();
		for (let set = 1; set < used; set++) {
			const isKept = usage[set] === 1;
			if (!isSole(set) && !pairsOf.has(set)) {
				continue;
			}

			if (!isKept) {
				forget(set);
			} else if (isSole(set)) {
				usedProcesses.add(soleProcess[set]);
			} else {
				for (const [process] of pairsOf.get(set) ?? []) {
					usedProcesses.add(process);
				}
			}
		}

		processes.sweep(process => usedProcesses.has(process));
	};

	const size = (): number => used - 1 - free.length;

	return {
		processes,
		of(set) {
			lists[set] ??= listOf(set);
			return lists[set];
		},
		read: set => lists[set] ?? listOf(set),
		soleProcess: set => isSole(set) ? soleProcess[set] : 0,
		version: set => versions[set],
		intern: owners => internPairs(owners.map(({pid, name, startTime = NaN, fd}) => [processes.numberOf(pid, name, startTime), fd === undefined ? 0 : fd + 1])),
		internOne: (process, fd) => internSole(process, fd + 1),
		internMany: flat => internPairs(pairsIn(flat)),
		tidy(inUse) {
			if (size() < tidyAt) {
				return;
			}

			sweep(inUse());
			tidyAt = 2 * size() + slack;
		},
		get size() {
			return size();
		},
	};
};

const pairsIn = (flat: readonly number[]): Pair[] => {
	const pairs: Pair[] = [];
	for (let index = 0; index < flat.length; index += 2) {
		pairs.push([flat[index], flat[index + 1] + 1]);
	}

	return pairs;
};
