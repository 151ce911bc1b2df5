import {inParts, type Parts} from '../parts/parts.js';
import type {SocketTable} from '../table/socket-table.js';
import {createAllowance, type Allowance} from './allowance.js';
import type {Attribution} from './attribution.js';
import type {Holders} from './holders.js';
import {hasChanged, type KnownProcess} from './known-process.js';
import type {Proc} from './proc.js';
import type {ProcessRegistry} from './process-registry.js';
import {openReads, type Scanner} from './scanner.js';
import {hintsFor, byLikelihood} from './search-order.js';

/** How many updates it takes to walk every process once, if no number of descriptors changes. */
const updatesPerRound = 512;

/** How many times as often a process is walked whose number of descriptors has changed, or is not known. */
const changedWeight = 4;

/** In how many updates the number of descriptors of every process is checked once. */
const updatesPerCheck = 16;

/** The minimum of reads per update, even if a round is then shorter. */
const minimumReadsPerUpdate = 16;

/** Fewer reads are saved up for a later update: each slice begins with listing the descriptors of a process, which takes as long as reading dozens of them. */
const minimumReadsPerSlice = 64;

/** How many updates the search pauses after one without result. The pause doubles from the first to the second value. */
const minPause = 2;
const maxPause = 64;

/** Walks whole processes, in parts. */
export type Walking = {
	/** Walks new processes, and recent ones once more. */
	readonly walkNew: (table: SocketTable, update: number, allowance: Allowance) => Parts;
	/**
	Walks the processes that may hold sockets that have been pending for more than one update, the most likely first. (A socket that is gone by the next sample is not
	worth a search.)

	@returns Whether there was anything to search for.
	*/
	readonly walkForPending: (table: SocketTable, update: number, allowance: Allowance) => Parts<boolean>;
	/** Walks a slice of all processes: those whose number of descriptors has changed, and those with the oldest walk. */
	readonly walkSlice: (table: SocketTable, update: number, milliseconds: number) => Parts;
};

type Options = {
	readonly proc: Proc;
	readonly registry: ProcessRegistry;
	readonly scanner: Scanner;
	readonly holders: Holders;
	readonly attribution: Attribution;
	readonly now: () => number;
};

/** How much older the last walk of a process counts. */
const weightOf = ({count, isChanged}: KnownProcess): number => isChanged || count === 0 ? changedWeight : 1;

export const createWalking = ({proc, registry, scanner, holders, attribution, now}: Options): Walking => {
	let pause = 0;
	let pausedUntil = 0;
	/** Reads that were saved up for the next slice. */
	let saved = 0;
	/** The processes that are left to be checked. */
	let toCheck = registry.all();

	// Gives up the sockets that no readable process holds.
	const giveUp = function * (table: SocketTable): Parts<number> {
		yield * attribution.resolve(table);
		if (attribution.pending.length === 0) {
			return 0;
		}

		let walkedSince = Infinity;
		for (const process of registry.all()) {
			walkedSince = Math.min(walkedSince, process.isDenied ? Infinity : process.walkedIn);
		}

		return yield * attribution.giveUp(table, walkedSince);
	};

	// Counts the sockets that are pending since before this update, and finds since when.
	const surveyAged = function * (update: number): Parts<{readonly count: number; readonly oldest: number; readonly newest: number}> {
		const {pending} = attribution;
		let count = 0;
		let oldest = update;
		let newest = 0;
		yield * inParts(pending.length, (from, to) => {
			for (let index = from; index < to; index++) {
				const since = attribution.pendingSince(pending[index]);
				if (since < update) {
					count++;
					oldest = Math.min(oldest, since);
					newest = Math.max(newest, since);
				}
			}
		});
		return {count, oldest, newest};
	};

	const reread = function * (process: KnownProcess, update: number, allowance: Allowance): Parts {
		const isTheSame = process.cursor === 0 && process.count > 0 && !hasChanged(process, proc, allowance);
		const scan = process.walkedIn > 0 && isTheSame ? scanner.identify : scanner.walk;
		yield * scan(process, update, allowance);
		if (process.walkedIn > 0 && process.cursor === 0) {
			process.rereadIn = registry.nextReread(process);
		}
	};

	/** The process with the oldest complete walk, by its weight. */
	const mostOverdue = (update: number): KnownProcess | undefined => {
		let overdue: KnownProcess | undefined;
		let longest = 0;
		for (const process of registry.all()) {
			const age = (update - process.walkedIn) * weightOf(process);
			if (age > longest) {
				overdue = process;
				longest = age;
			}
		}

		return overdue;
	};

	/** Checks the next processes for another number of descriptors than is known. */
	const checkNext = (count: number): void => {
		for (let checked = 0; checked < count; checked++) {
			const {value: process} = toCheck.next();
			if (process === undefined) {
				toCheck = registry.all();
				return;
			}

			if (!process.isDenied && process.walkedIn > 0 && process.walkedIn < Infinity) {
				process.isChanged = proc.stat(process.pid)?.count !== process.descriptors.size;
			}
		}
	};

	/** How many reads are due in each update, so that every process is walked as often as its weight demands. */
	const readsPerUpdate = (): number => {
		let reads = 0;
		for (const process of registry.all()) {
			reads += (openReads + process.descriptors.size) * weightOf(process);
		}

		return Math.max(minimumReadsPerUpdate, Math.ceil(reads / updatesPerRound));
	};

	return {
		* walkNew(table, update, allowance) {
			const due = [...registry.all()].filter(process => process.walkedIn === 0 || (process.rereadIn > 0 && process.rereadIn <= update));
			if (due.length === 0) {
				return;
			}

			for (const process of due.toSorted((a, b) => a.count - b.count)) {
				if (allowance.isSpent()) {
					break;
				}

				yield * reread(process, update, allowance);
			}

			yield * giveUp(table);
		},
		* walkForPending(table, update, allowance) {
			const {count, oldest, newest} = yield * surveyAged(update);
			if (count === 0 || update < pausedUntil) {
				return false;
			}

			const notWalked = [...registry.all()].filter(process => process.walkedIn < newest && !process.isDenied);
			const hints = yield * hintsFor(table, attribution.pending, holders);
			const ordered = byLikelihood(notWalked, hints).toSorted((a, b) => Number(a.walkedIn >= oldest) - Number(b.walkedIn >= oldest));
			for (const process of ordered) {
				const isLeft = attribution.pending.some(slot => attribution.pendingSince(slot) < update);
				if (!isLeft || allowance.isSpent()) {
					break;
				}

				yield * scanner.walk(process, update, allowance);
				yield * attribution.resolveSoon(table);
			}

			yield * attribution.resolve(table);
			const {count: left} = yield * surveyAged(update);
			const hasFound = left < count;
			const isInVain = (yield * giveUp(table)) > 0 && !hasFound;
			if (hasFound) {
				pause = 0;
			} else if (isInVain) {
				pause = Math.min(Math.max(minPause, pause * 2), maxPause);
				pausedUntil = update + pause;
			}

			return true;
		},
		* walkSlice(table, update, milliseconds) {
			checkNext(Math.ceil(registry.size / updatesPerCheck));
			saved += readsPerUpdate();
			if (saved < minimumReadsPerSlice) {
				return;
			}

			const slice = createAllowance(now, milliseconds, saved);
			saved = 0;
			for (let process = mostOverdue(update); process !== undefined && !slice.isSpent(); process = mostOverdue(update)) {
				yield * scanner.walk(process, update, slice);
			}

			yield * giveUp(table);
		},
	};
};
