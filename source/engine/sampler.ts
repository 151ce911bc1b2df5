import os from 'node:os';
import process from 'node:process';
import type {World} from '../fields/model/field.js';
import {createCgroupNames} from '../names/cgroups.js';
import {createInterfaceNames} from '../names/interfaces.js';
import {createLocalPorts} from '../names/local-ports.js';
import {createUserNames} from '../names/users.js';
import {createKeptNamespaces} from '../namespaces/kept.js';
import {createOwnNamespace} from '../namespaces/own.js';
import {hiddenNamespacesSentence} from '../namespaces/privilege.js';
import {createOwnerFinder, type OwnerFinder} from '../owners/owner-finder.js';
import type {Owner} from '../owners/owner.js';
import {createOwnerSets} from '../owners/owner-sets.js';
import {adoptListeners} from '../owners/accepting-listener.js';
import {createProc} from '../owners/create-proc.js';
import {createProcessDetails} from '../owners/process-details.js';
import {createProcessBackgrounds, type ProcessBackground} from '../owners/process-background.js';
import {readCgroup, readProcess} from '../owners/read-process.js';
import {privilegeSentence, privilegeWord} from '../owners/privileges.js';
import {openSource, type OpenedSource, type SourceChoice} from '../sources/open.js';
import type {SampleRequest} from '../sources/source.js';
import type {OptionalColumn} from '../table/columns.js';
import {defaultProtocols, Protocol, type ProtocolName} from '../table/protocols.js';
import {createJournal, type Journal} from '../table/journal.js';
import {SocketTable, type Changes} from '../table/socket-table.js';
import {journalWorldOf} from './journal-world.js';

export type Sample = {
	readonly changes: Changes;
	/** Sentences about what went wrong; empty when nothing did. */
	readonly problems: readonly string[];
	/** Whether the sockets could not be read, or not all of them. */
	readonly isFailed?: boolean;
	/** Milliseconds that it took; of processor time where Node.js can tell that of a thread. */
	readonly time: number;
};

/** A table that is filled from a source, with the names that its numbers stand for. What `list`, `events` and the live view stand on. */
export type Sampler = OpenedSource & {
	readonly world: World;
	/**
	Takes one sample.

	@param columns Optional columns to fill.
	@param now Milliseconds of a clock that never goes back.
	@param protocols The protocols whose tables are read; TCP and UDP unless told.
	@param how `restrict` says which of their sockets are read, where nobody wants to know of the others: neither totals, nor what became of them; `rest` is asked
	between two pieces of work.
	*/
	readonly sample: (
		columns: ReadonlySet<OptionalColumn>, now: number, protocols?: readonly ProtocolName[], how?: Pick<SampleRequest, 'restrict' | 'rest'>,
	) => Promise<Sample>;
	/** Looks for the owners of sockets that have none yet, for so many milliseconds; then notes the changes in the journal. `rest` is asked as in a sample. */
	readonly findOwners: (changes: Changes, budget: number, rest?: SampleRequest['rest']) => Promise<void>;
	/** Sockets whose owner could not be told because privileges hide it. */
	readonly hiddenOwners: () => number;
	/** What privileges hide besides owners, in sentences: how much, and which privilege would show it. */
	readonly hidden?: () => readonly string[];
	/** Which privilege would show the owners. */
	readonly privilege: {readonly sentence: string; readonly word: string};
	/** Gives memory that is not used back to the system; some milliseconds. */
	readonly releaseMemory?: () => void;
	/** Where a process comes from; absent where sockets are not this machine's. */
	readonly background?: (owner: Owner) => ProcessBackground | undefined;
	/** The changes seen so far, and what fields read of them. */
	readonly journal?: Journal;
	readonly journalWorld?: World;
	/** News of ended sockets that were lost so far: the journal lacks as many connections at most. */
	readonly lostNews?: () => number;
	readonly close: () => void;
};

/** Milliseconds of a search for owners after which others may want a turn. */
const ownerSlice = 8;

/**
Opens the source and makes an empty table for it.

@throws SourceError when no source can be opened.
*/
export const createSampler = async (choice: SourceChoice): Promise<Sampler> => {
	const table = new SocketTable();
	const owners = createOwnerSets();
	const interfaces = createInterfaceNames();
	const own = createOwnNamespace();
	const users = createUserNames();
	const cgroups = createCgroupNames();
	const opened = await openSource(choice, {
		table, owners, interfaceIndex: interfaces.index, kernelRelease: os.release(),
	});
	// Sockets of a file are none of this machine's; `ss` tells the processes by itself.
	// Netlink has loaded koffi, and `ss` needs none.
	const memory = opened.source.name === 'netlink' ? await import('../system/release-memory.js') : undefined;
	const finder: OwnerFinder | undefined = opened.source.name === 'netlink'
		? createOwnerFinder({proc: await createProc(), owners, now: threadTime})
		: undefined;
	const {namespaces} = opened.source;
	const userId = process.geteuid?.() ?? 0;
	const world: World = {
		table,
		owners,
		userName: users.name,
		interfaceName: namespaces?.interfaceName ?? interfaces.name,
		namespace: namespaces?.of ?? own,
		cgroupPath: cgroups.path,
		localPorts: namespaces?.localPorts ?? createLocalPorts(),
		...(opened.source.name !== 'file' && {processDetails: createProcessDetails(readProcess, () => performance.now())}),
	};
	const kept = namespaces && createKeptNamespaces(namespaces.of);
	const journal = createJournal(table, {...(kept && {keepNamespace: kept.keep})});
	let lostNews = 0;

	return {
		...opened,
		world,
		journal,
		journalWorld: journalWorldOf(world, journal.table, kept),
		async sample(columns, now, protocols = defaultProtocols, how: Pick<SampleRequest, 'restrict' | 'rest'> = {}) {
			table.want(columns);
			journal.table.want(columns);
			table.watch(protocols.map(name => Protocol[name]));
			table.begin(now);
			const started = threadTime();
			const {complete, problems, isFailed, lostNews: lost = 0} = await opened.source.sample(table, {columns, protocols: new Set(protocols), ...how});
			const changes = table.end(complete);
			lostNews = lost;
			return {
				changes, problems, time: threadTime() - started, ...(isFailed && {isFailed}),
			};
		},
		async findOwners(changes, budget, rest) {
			const slice = rest === undefined ? budget : Math.min(budget, ownerSlice);
			finder?.update(table, changes, slice);
			for (let left = budget - slice; left > 0 && finder?.goOn(table, Math.min(left, slice)); left -= slice) {
				// eslint-disable-next-line no-await-in-loop -- That is the rest.
				await rest?.();
			}

			adoptListeners(table, changes.unseen);
			journal.record(changes, Date.now());
			owners.tidy(function * () {
				yield * table.core.owners.subarray(0, table.used);
				yield * table.pairs.ownersInUse();
				yield * journal.table.core.owners.subarray(0, journal.table.used);
				yield * journal.table.pairs.ownersInUse();
			});
		},
		hiddenOwners: () => finder?.hidden ?? 0,
		hidden() {
			const count = namespaces?.hidden() ?? 0;
			return count === 0 ? [] : [hiddenNamespacesSentence(count, userId)];
		},
		privilege: {sentence: privilegeSentence(userId), word: privilegeWord(userId)},
		...memory,
		...(opened.source.name !== 'file' && {background: createProcessBackgrounds({read: readProcess, readCgroup, now: () => performance.now()})}),
		lostNews: () => lostNews,
		close: opened.source.close,
	};
};

/** Milliseconds of processor time of this thread (Node.js 23.9), or of the clock. On a busy machine the clock would make samples look dear. */
const threadTime = (): number => {
	const {threadCpuUsage} = process as {threadCpuUsage?: () => {user: number; system: number}};
	if (threadCpuUsage === undefined) {
		return performance.now();
	}

	const {user, system} = threadCpuUsage.call(process);
	return (user + system) / 1000;
};
