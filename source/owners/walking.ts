import type {Parts} from '../table/parts.js';
import type {SocketTable} from '../table/socket-table.js';
import {createAllowance, type Allowance} from './allowance.js';
import type {Attribution} from './attribution.js';
import type {Holders} from './holders.js';
import {hasChanged, type KnownProcess} from './known-process.js';
import type {Proc} from './proc.js';
import type {ProcessRegistry} from './process-registry.js';
import {visitReads, type Scanner} from './scanner.js';
import {cluesOf, inOrder} from './search-order.js';

/** Updates in which every process is walked once, where nothing else asks for it. */
const updatesPerRound = 128;

/** Slower than so many reads per update a round needs not be. */
const leastReadsPerUpdate = 64;

/** Updates that a search waits after one that found nothing: the first and the last of a doubling row. */
const shortestPause = 2;
const longestPause = 64;

/** Walks whole processes, in parts. */
export type Walking = {
	/** Those that are new, and again those that were new a moment ago. */
	readonly walkNew: (table: SocketTable, update: number, allowance: Allowance) => Parts;
	/**
	Those that may hold the sockets that have been open for more than one update, the likeliest first. (A socket that is gone by the next sample is not
	worth a search.)

	@returns Whether there was anything to search for.
	*/
	readonly walkForOpen: (table: SocketTable, update: number, allowance: Allowance) => Parts<boolean>;
	/** A slice of all processes, those first whose last walk is longest ago. */
	readonly walkOn: (table: SocketTable, update: number, milliseconds: number) => Parts;
};

type Options = {
	readonly proc: Proc;
	readonly registry: ProcessRegistry;
	readonly scanner: Scanner;
	readonly holders: Holders;
	readonly attribution: Attribution;
	readonly now: () => number;
};

export const createWalking = ({proc, registry, scanner, holders, attribution, now}: Options): Walking => {
	let pause = 0;
	let pausedUntil = 0;

	// What every process that may be looked into does not hold is given up.
	const giveUp = function * (table: SocketTable): Parts<number> {
		yield * attribution.resolve(table);
		if (attribution.open.length === 0) {
			return 0;
		}

		let walkedSince = Infinity;
		for (const process of registry.all()) {
			walkedSince = Math.min(walkedSince, process.isDenied ? Infinity : process.walkedIn);
		}

		return yield * attribution.giveUp(table, walkedSince);
	};

	const revisit = function * (process: KnownProcess, update: number, allowance: Allowance): Parts {
		const isTheSame = process.cursor === 0 && process.count > 0 && !hasChanged(process, proc, allowance);
		const look = process.walkedIn > 0 && isTheSame ? scanner.identify : scanner.walk;
		yield * look(process, update, allowance);
		if (process.walkedIn > 0 && process.cursor === 0) {
			process.revisitIn = registry.nextRevisit(process);
		}
	};

	/** The process whose last walk is longest ago, one that is under way before all. */
	const mostOverdue = (update: number): KnownProcess | undefined => {
		let overdue: KnownProcess | undefined;
		for (const process of registry.all()) {
			if (process.cursor > 0) {
				return process;
			}

			if (process.walkedIn < (overdue?.walkedIn ?? update)) {
				overdue = process;
			}
		}

		return overdue;
	};

	return {
		* walkNew(table, update, allowance) {
			const due = [...registry.all()].filter(process => process.walkedIn === 0 || (process.revisitIn > 0 && process.revisitIn <= update));
			if (due.length === 0) {
				return;
			}

			for (const process of due.toSorted((a, b) => a.count - b.count)) {
				if (allowance.isSpent()) {
					break;
				}

				yield * revisit(process, update, allowance);
			}

			yield * giveUp(table);
		},
		* walkForOpen(table, update, allowance) {
			const aged = attribution.open.filter(slot => attribution.openSince(slot) < update);
			if (aged.length === 0 || update < pausedUntil) {
				return false;
			}

			let oldest = update;
			let newest = 0;
			for (const slot of aged) {
				oldest = Math.min(oldest, attribution.openSince(slot));
				newest = Math.max(newest, attribution.openSince(slot));
			}

			const behind = [...registry.all()].filter(process => process.walkedIn < newest && !process.isDenied);
			const ordered = inOrder(behind, cluesOf(table, aged, holders)).toSorted((a, b) => Number(a.walkedIn >= oldest) - Number(b.walkedIn >= oldest));
			for (const process of ordered) {
				const isLeft = attribution.open.some(slot => attribution.openSince(slot) < update);
				if (!isLeft || allowance.isSpent()) {
					break;
				}

				yield * scanner.walk(process, update, allowance);
				yield * attribution.resolveSoon(table);
			}

			yield * attribution.resolve(table);
			const hasFound = attribution.open.filter(slot => attribution.openSince(slot) < update).length < aged.length;
			const isInVain = (yield * giveUp(table)) > 0 && !hasFound;
			if (hasFound) {
				pause = 0;
			} else if (isInVain) {
				pause = Math.min(Math.max(shortestPause, pause * 2), longestPause);
				pausedUntil = update + pause;
			}

			return true;
		},
		* walkOn(table, update, milliseconds) {
			let reads = 0;
			for (const {descriptors} of registry.all()) {
				reads += visitReads + descriptors.size;
			}

			const slice = createAllowance(now, milliseconds, Math.max(leastReadsPerUpdate, Math.ceil(reads / updatesPerRound)));
			for (let process = mostOverdue(update); process !== undefined && !slice.isSpent(); process = mostOverdue(update)) {
				yield * scanner.walk(process, update, slice);
			}

			yield * giveUp(table);
		},
	};
};
