import process from 'node:process';
import {localPortsIn} from '../fields/model/chosen-port.js';
import type {FieldContext} from '../fields/model/field.js';
import {createKeptNamespaces} from '../namespaces/kept.js';
import {hiddenNamespacesSentence} from '../namespaces/privilege.js';
import {createOwnerFinder, type OwnerFinder} from '../owners/owner-finder.js';
import type {Owner} from '../owners/owner.js';
import {countOwnerless} from '../owners/attribution.js';
import {createOwnerSets} from '../owners/owner-sets.js';
import {adoptListeners} from '../owners/accepting-listener.js';
import {createProc} from '../owners/create-proc.js';
import type {ProcessBackground} from '../owners/process-background.js';
import {isProcessViewConfined, outsideSentence} from '../owners/pid-namespace.js';
import {privilegeSentence, privilegeWord} from '../owners/privileges.js';
import {namesOf} from '../sources/names-of.js';
import {readLocalMachine, type LocalMachine} from '../sources/local-machine.js';
import {createWorkClock} from '../system/processor-time.js';
import {SourceError, type SampleRequest} from '../sources/source.js';
import {runParts} from '../parts/parts.js';
import type {OptionalColumn} from '../table/columns/columns.js';
import {defaultProtocols, Protocol, type ProtocolName} from '../table/columns/protocols.js';
import {createJournal, type Journal} from '../table/journal.js';
import type {Changes} from '../table/changes.js';
import {SocketTable} from '../table/socket-table.js';
import {openSource, type OpenedSource, type SourceChoice} from './open-source.js';
import {journalContextOf} from './journal-context.js';

export type Sample = {
	readonly changes: Changes;
	/** Sentences about what went wrong; empty if nothing did. */
	readonly problems: readonly string[];
	/** Whether some or all sockets could not be read. */
	readonly isFailed?: boolean;
	/** Milliseconds of processor time that it took. */
	readonly time: number;
	/** Destroy events that the kernel has dropped since the previous sample because a buffer was full: the changes may lack that many closed sockets. */
	readonly droppedEvents: number;
};

/** A table that is filled from a source, with the names for its numbers. `list`, `events` and the live view are built on it. */
export type Sampler = OpenedSource & {
	readonly context: FieldContext;
	/**
	Takes one sample.

	@param columns Optional columns to fill.
	@param protocols The protocols to read. Default: TCP and UDP.
	@param how `restrict` limits the sockets that are read, for callers that need nothing of the others: neither totals nor their close. `yieldNow` is called
	between two pieces of work.
	@throws SourceError if the first sample fails and finds no socket: an empty list must not stand for a failure.
	*/
	readonly sample: (
		columns: ReadonlySet<OptionalColumn>, protocols?: readonly ProtocolName[], how?: Pick<SampleRequest, 'restrict' | 'yieldNow'>,
	) => Promise<Sample>;
	/**
	Searches for the owners of sockets that have none yet, for `budget` milliseconds; then records the changes in the journal. `yieldNow` is called as in a
	sample.
	*/
	readonly findOwners: (changes: Changes, budget: number, yieldNow?: SampleRequest['yieldNow']) => Promise<void>;
	/** When the last sample began, in whole milliseconds since 1970, by the time of the source; NaN before the first. */
	readonly sampleTime: () => number;
	/** Number of sockets whose owner is unknown because privileges hide it. */
	readonly hiddenOwners: () => number;
	/** Sentences about what else privileges and namespaces hide: how much, and what would show it. */
	readonly hidden?: () => readonly string[];
	/** The privilege that would show the owners. */
	readonly privilege: {readonly sentence: string; readonly word: string};
	/** The background of a process; absent if the sockets are not on this machine. */
	readonly background?: (owner: Owner) => ProcessBackground | undefined;
	/** The changes seen so far, and the field context for them. */
	readonly journal?: Journal;
	readonly journalContext?: FieldContext;
	/** Number of destroy events that were dropped so far: the journal may lack that many connections. Undefined if the source gets none. */
	readonly droppedEventCount?: () => number | undefined;
	readonly close: () => void;
};

/** One that keeps a journal. */
export type JournalingSampler = Sampler & Required<Pick<Sampler, 'journal' | 'journalContext'>>;

export type SamplerOptions = {
	/** Entries of the journal that are kept. */
	readonly journalLength?: number;
};

/**
Opens the source and creates an empty table for it.

@param machine This machine; a fake one in tests.
@throws SourceError if no source can be opened.
*/
export const createSampler = async (
	choice: SourceChoice, machine: LocalMachine = readLocalMachine(), {journalLength}: SamplerOptions = {},
): Promise<JournalingSampler> => {
	const table = new SocketTable();
	const clock = createWorkClock();
	const owners = createOwnerSets();
	const opened = await openSource(choice, {table, owners, machine});
	const {source} = opened;
	const {facts, time, namespaces} = source;
	const finder: OwnerFinder | undefined = facts.owners === 'search'
		? createOwnerFinder({proc: await createProc(), owners, now: clock.now})
		: undefined;
	const isConfined = facts.names === 'local' && facts.owners !== 'none' && isProcessViewConfined();
	const userId = process.geteuid?.() ?? 0;
	const context: FieldContext = {table, owners, ...namesOf(source, machine.names)};
	if (facts.names === 'local') {
		// Of another machine, the range is not known.
		table.health.crowded.setRanges(number => localPortsIn(context, number));
	}

	const kept = namespaces && createKeptNamespaces(namespaces.of);
	const journal = createJournal(table, {length: journalLength, ...(kept && {keepNamespace: kept.keep})});
	/** Sockets without owner where `ss` names the owners: it does not say why it names none. */
	let unnamed = 0;
	let droppedEventCount: number | undefined;
	let isFirst = true;
	let sampleTime = NaN;

	return {
		...opened,
		context,
		journal,
		journalContext: journalContextOf(context, journal.table, kept),
		async sample(columns, protocols = defaultProtocols, how: Pick<SampleRequest, 'restrict' | 'yieldNow'> = {}) {
			table.setOptionalColumns(columns);
			journal.table.setOptionalColumns(columns);
			table.watch(protocols.map(name => Protocol[name]));
			table.begin(time.now());
			sampleTime = Math.round(time.wall());
			const started = clock.now();
			const yieldNow = how.yieldNow && clock.stopWhile(how.yieldNow);
			const report = await source.sample(table, {
				columns, protocols: new Set(protocols), ...how, ...(yieldNow && {yieldNow}),
			});
			const changes = await runParts(table.endInParts(report.complete), yieldNow);
			if (isFirst && report.isFailed && changes.opened.length === 0) {
				throw new SourceError(report.problems.join('; '));
			}

			isFirst = false;
			const lostBefore = droppedEventCount ?? 0;
			// A failed sample does not know how many there are.
			droppedEventCount = report.droppedEventCount ?? droppedEventCount;
			const droppedEvents = (droppedEventCount ?? 0) - lostBefore;
			return {
				changes, problems: report.problems, time: report.time ?? clock.now() - started, droppedEvents, ...(report.isFailed && {isFailed: true}),
			};
		},
		async findOwners(changes, budget, yieldNow) {
			const stopped = yieldNow && clock.stopWhile(yieldNow);
			if (finder !== undefined) {
				await runParts(finder.search(table, changes, budget), stopped);
			}

			unnamed = isConfined && finder === undefined && userId === 0 ? countOwnerless(table) : 0;
			adoptListeners(table, changes.shortLived);
			await runParts(journal.recordInParts(changes, time.wall()), stopped);
			owners.tidy(function * () {
				yield * table.core.owners.subarray(0, table.used);
				yield * table.pairs.ownersInUse();
				yield * journal.table.core.owners.subarray(0, journal.table.used);
				yield * journal.table.pairs.ownersInUse();
			});
		},
		sampleTime: () => sampleTime,
		hiddenOwners: () => finder?.hidden ?? 0,
		hidden() {
			const count = namespaces?.hidden() ?? 0;
			const outside = isConfined ? finder?.ownerless ?? unnamed : 0;
			return [
				...(count === 0 ? [] : [hiddenNamespacesSentence(count, userId)]),
				...(outside === 0 ? [] : [outsideSentence(outside)]),
			];
		},
		privilege: {sentence: privilegeSentence(userId), word: privilegeWord(userId)},
		...(facts.names === 'local' && {background: machine.background}),
		droppedEventCount: () => droppedEventCount,
		close: source.close,
	};
};
