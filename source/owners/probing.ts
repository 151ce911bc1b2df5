import type {Parts} from '../table/parts.js';
import type {SocketTable} from '../table/socket-table.js';
import type {Allowance} from './allowance.js';
import type {Attribution} from './attribution.js';
import type {Holders} from './holders.js';
import {hasChanged, type KnownProcess} from './known-process.js';
import type {Proc} from './proc.js';
import type {ProcessRegistry} from './process-registry.js';
import type {Scanner} from './scanner.js';
import {cluesOf, inOrder} from './search-order.js';

/** Likely processes that are probed although nothing tells that they opened anything. */
const probesOnSuspicion = 16;

/**
Looks for open sockets, and into what closed sockets left behind, in processes that were walked before: a few reads for each socket.
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
	const isNothingToDo = attribution.open.length === 0 && walked.every(process => process.suspects.size === 0);
	if (walked.length === 0 || isNothingToDo) {
		return;
	}

	const probe = function * (process: KnownProcess): Parts {
		yield * scanner.probe(process, update, allowance);
		yield * attribution.resolveSoon(table);
	};

	// The descriptors of closed sockets are given again first. Where there are too many, processes take turns.
	const suspected = walked.filter(process => process.suspects.size > 0).toSorted((a, b) => a.probedIn - b.probedIn);
	for (const process of suspected) {
		if (allowance.isSpent()) {
			break;
		}

		yield * probe(process);
	}

	yield * attribution.resolve(table);
	if (attribution.open.length === 0) {
		return;
	}

	const unchanged: KnownProcess[] = [];
	const isOver = (): boolean => attribution.open.length === 0 || allowance.isSpent();
	for (const process of inOrder(walked, cluesOf(table, attribution.open, holders))) {
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
	for (const process of unchanged.slice(0, probesOnSuspicion)) {
		if (isOver()) {
			break;
		}

		yield * probe(process);
	}

	yield * attribution.resolve(table);
};
