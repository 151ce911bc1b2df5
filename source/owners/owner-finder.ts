import {wholeOf, type Parts} from '../table/parts.js';
import type {Changes, SocketTable} from '../table/socket-table.js';
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

/** Part of the budget that may go into probes, before new processes get their turn. */
const probingShare = 0.5;

export type OwnerFinder = {
	/**
	Finds the owners of the table's sockets and writes the `owners` column. To be called after each sample.

	@param table The table that the sample was merged into.
	@param changes What the sample did to it.
	@param budgetMilliseconds How long it may look into /proc. What does not fit goes on in the next update. `Infinity` leaves nothing open.
	*/
	readonly update: (table: SocketTable, changes: Pick<Changes, 'opened' | 'changed' | 'closed'>, budgetMilliseconds: number) => void;
	/**
	The same in parts of a millisecond or two, with other work between them. The clock of the budget must not count that, and no sample may begin before the last part.
	*/
	readonly search: (table: SocketTable, changes: Pick<Changes, 'opened' | 'changed' | 'closed'>, budgetMilliseconds: number) => Parts;
	/**
	Living sockets whose owners privileges hide: they have an inode, every process that may be looked into was searched in vain, and there are processes
	that may not be looked into. Where there are none of the latter, such sockets are `ownerless`. Where there are some, the two cannot be told apart.
	*/
	readonly hidden: number;
	/** Living sockets that have an inode, and that no process which /proc shows holds: they belong to the kernel or to processes outside of the PID namespace. */
	readonly ownerless: number;
	/** Living sockets whose owners are still searched for. */
	readonly open: number;
};

type Options = {
	readonly proc: Proc;
	readonly owners: OwnerStore;
	/** A clock in milliseconds. */
	readonly now: () => number;
};

/**
Which processes hold a socket. /proc tells it the other way round: what is behind each descriptor of a process. Reading that for a whole machine takes
a third of a second for 100,000 descriptors, so it is done once, and then only where something new may be:

1. Sockets whose inode is new are looked for where they must be, at the descriptors that the kernel gives next, in the likeliest processes first.
2. New processes are walked: all their descriptors are read. They are looked at again one and eight updates later, because of what exec changes.
3. Sockets that are still without owner in the next sample are searched for in all processes; after that they are given up. Searches that find nothing
are repeated ever more seldom.
4. A slice of all processes is walked in each update: at least 64 reads, and so many that a round takes 128 updates.

Whoever got a socket by fork, or by a start with inherited descriptors, is therefore known one update later (where the budget suffices); whoever got it
by SCM_RIGHTS, pidfd_getfd or dup, or closed it while others keep it, within a round, at the latest 128 updates later. What was found stays known when
the inode goes (TIME-WAIT). Descriptors of threads with a table of their own (CLONE_FILES unset) are not looked at, as in `ss`.
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
		numberOf(place) {
			const process = registry.at(place);
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

	// Writes what was found into the table.
	const renew = function * (table: SocketTable): Parts {
		if (touched.size > 0) {
			yield * attribution.renew(table, touched);
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
		if (!(yield * walking.walkForOpen(table, updates, allowance))) {
			yield * walking.walkOn(table, updates, started + budgetMilliseconds - now());
		}

		yield * renew(table);
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
			return attribution.open.length;
		},
	};
};
