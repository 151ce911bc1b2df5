import type {Parts} from '../parts/parts.js';
import type {SocketTable} from '../table/socket-table.js';
import type {Allowance} from './allowance.js';
import type {Attribution} from './attribution.js';
import type {Holders} from './holders.js';
import {hasChanged, type KnownProcess} from './known-process.js';
import type {Proc} from './proc.js';
import type {ProcessRegistry} from './process-registry.js';
import type {Scanner} from './scanner.js';
import {hintsFor, byLikelihood} from './search-order.js';

/** How many likely processes to probe although their number of descriptors has not changed. */
const unchangedProbes = 16;

/**
Searches for pending sockets, and checks the descriptors of closed sockets, in processes that were walked before. Takes a few reads per socket.
*/
export type Probing = (table: SocketTable, update: number, allowance: Allowance) => Parts;

type Options = {
	readonly proc: Proc;
	readonly registry: ProcessRegistry;
	readonly scanner: Scanner;
	readonly holders: Holders;
	readonly attribution: Attribution;
};

export const createProbing = ({proc, registry, scanner, holders, attribution}: Options): Probing => function * (table, update, allowance) {
	const walked = [...registry.all()].filter(process => process.walkedIn > 0 && process.walkedIn < Infinity && !process.isDenied);
	const isNothingToDo = attribution.pending.length === 0 && walked.every(process => process.suspects.size === 0);
	if (walked.length === 0 || isNothingToDo) {
		return;
	}

	const probe = function * (process: KnownProcess): Parts {
		yield * scanner.probe(process, update, allowance);
		yield * attribution.resolveSoon(table);
	};

	// The kernel reuses the descriptors of closed sockets first. If there are too many, the least recently probed processes go first.
	const suspected = walked.filter(process => process.suspects.size > 0).toSorted((a, b) => a.probedIn - b.probedIn);
	for (const process of suspected) {
		if (allowance.isSpent()) {
			break;
		}

		yield * probe(process);
	}

	yield * attribution.resolve(table);
	if (attribution.pending.length === 0) {
		return;
	}

	const unchanged: KnownProcess[] = [];
	const isOver = (): boolean => attribution.pending.length === 0 || allowance.isSpent();
	for (const process of byLikelihood(walked, yield * hintsFor(table, attribution.pending, holders))) {
		if (isOver()) {
			break;
		}

		if (hasChanged(process, proc, allowance)) {
			yield * probe(process);
		} else if (!suspected.includes(process)) {
			unchanged.push(process);
		}
	}

	yield * attribution.resolve(table);
	for (const process of unchanged.slice(0, unchangedProbes)) {
		if (isOver()) {
			break;
		}

		yield * probe(process);
	}

	yield * attribution.resolve(table);
};
