import {wholeOf, type Parts} from '../parts/parts.js';
import type {Changes} from '../table/changes.js';
import type {SocketTable} from '../table/socket-table.js';
import {createAllowance} from './allowance.js';
import {createAttribution} from './attribution.js';
import {createHolders} from './holders.js';
import {createInodeSet} from './inode-set.js';
import type {OwnerStore} from './owner-sets.js';
import {createProbing} from './probing.js';
import type {Proc} from './proc.js';
import {createProcessRegistry, type ProcessRegistry} from './process-registry.js';
import {createRecorder} from './recorder.js';
import {createScanner} from './scanner.js';
import {createWalking} from './walking.js';

/** The share of the budget for probes. The rest is for new processes. */
const probingShare = 0.5;

export type OwnerFinder = {
	/**
	Finds the owners of the table's sockets and writes the `owners` column. Call it after each sample.

	@param table The table that the sample was merged into.
	@param changes What the sample changed.
	@param budgetMilliseconds How long it may read /proc. The search continues in the next update. With `Infinity`, nothing is left pending.
	*/
	readonly update: (table: SocketTable, changes: Pick<Changes, 'opened' | 'changed' | 'closed'>, budgetMilliseconds: number) => void;
	/**
	Like `update`, in parts of a millisecond or two with other work between them. The clock of the budget must not count that work, and no sample may begin before the
	last part.
	*/
	readonly search: (table: SocketTable, changes: Pick<Changes, 'opened' | 'changed' | 'closed'>, budgetMilliseconds: number) => Parts;
	/**
	Number of sockets whose owners cannot be read without more privileges: they have an inode, no readable process holds them, and some processes are not readable. If
	all processes are readable, such sockets are `ownerless`. Otherwise the two cannot be distinguished.
	*/
	readonly hidden: number;
	/** Number of sockets that have an inode and that no process in /proc holds: they belong to the kernel or to processes outside the PID namespace. */
	readonly ownerless: number;
	/** Number of sockets whose owners are still searched for. */
	readonly open: number;
};

type Options = {
	readonly proc: Proc;
	readonly owners: OwnerStore;
	/** A clock in milliseconds. */
	readonly now: () => number;
};

/**
Finds which processes hold a socket. /proc has the opposite mapping, from the descriptors of a process to sockets. Reading it for a whole machine takes a third of
a second for 100,000 descriptors, so this is done once, and later only where something may be new:

1. Probes: sockets with a new inode are searched for at the descriptors that the kernel assigns next, in the most likely processes first.
2. New processes are walked: all their descriptors are read. They are read again one and eight updates later, because exec changes name and descriptors.
3. Sockets that still have no owner in the next sample are searched for in all processes, then given up. After a search without result, the next one waits longer.
4. A slice of all processes is walked in each update, or on small machines in every fourth: at least 64 reads, and enough to walk all processes in 512 updates. One
   whose number of descriptors differs from what is known is walked within 128 updates. Before Linux 6.2 the kernel does not tell the number; this holds for all then.

A process that got a socket through fork or inherited descriptors is therefore found one update later (if the budget suffices). A process that got it through
SCM_RIGHTS, pidfd_getfd or dup, or closed it while others keep it, is noticed some 128 updates later, and at most 512 updates if it has as many descriptors as before.
Owners stay known when the inode is gone (TIME-WAIT). As in `ss`, descriptors of threads with a descriptor table of their own (CLONE_FILES unset) are not read.
*/
export const createOwnerFinder = ({proc, owners, now}: Options): OwnerFinder => {
	const holders = createHolders();
	const touched = createInodeSet();
	const recorder = createRecorder({holders, touched, isFirstOfInterest: () => attribution.unowned > 0});
	const registry: ProcessRegistry = createProcessRegistry({proc, numbers: owners.processes, recorder});
	const scanner = createScanner({registry, recorder, holders});
	const attribution = createAttribution({
		sets: owners,
		holders,
		numberOf(index) {
			const process = registry.at(index);
			return process === undefined ? 0 : registry.numberOf(process);
		},
		suspect(holding) {
			registry.at(holders.process(holding))?.suspects.add(holders.fd(holding));
		},
	});
	const probe = createProbing({
		proc, registry, scanner, holders, attribution,
	});
	const walking = createWalking({
		proc, registry, scanner, holders, attribution, now,
	});
	let updates = 0;
	let hidden = 0;
	let ownerless = 0;

	const writeChanges = function * (table: SocketTable): Parts {
		if (touched.size > 0) {
			yield * attribution.refreshTouched(table, touched);
			touched.clear();
		}

		const isHiding = attribution.unowned > 0 && registry.hidesSome();
		hidden = isHiding ? attribution.unowned : 0;
		ownerless = isHiding ? 0 : attribution.unowned;
	};

	const search: OwnerFinder['search'] = function * (table, changes, budgetMilliseconds) {
		updates++;
		const started = now();
		const allowance = createAllowance(now, budgetMilliseconds);
		registry.refresh(updates);
		yield;
		yield * attribution.note(table, changes);
		yield * attribution.collect(table, updates);
		yield * probe(table, updates, createAllowance(now, budgetMilliseconds * probingShare));
		yield * walking.walkNew(table, updates, allowance);
		if (!(yield * walking.walkForPending(table, updates, allowance))) {
			yield * walking.walkSlice(table, updates, started + budgetMilliseconds - now());
		}

		yield * writeChanges(table);
	};

	return {
		update(...searched) {
			wholeOf(search(...searched));
		},
		search,
		get hidden() {
			return hidden;
		},
		get ownerless() {
			return ownerless;
		},
		get open() {
			return attribution.pending.length;
		},
	};
};
