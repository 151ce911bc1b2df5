import {findField} from '../fields/registry.js';
import type {Field} from '../fields/field.js';
import type {Query} from '../query/query.js';
import {findSlots} from '../table/find-slots.js';
import type {JournalTable} from '../table/journal-table.js';
import type {SocketTable} from '../table/socket-table.js';
import {createSystemLookups} from '../names/lookups.js';
import type {OptionalColumn} from '../table/columns.js';
import {createViewer} from '../query/viewer.js';
import {createInspector} from './inspecting/inspector.js';
import {createActingDesk} from './acting-desk.js';
import {collectGarbage} from './collect-garbage.js';
import {createInterval} from './interval.js';
import {createMarking} from './marking.js';
import type {
	FromEngine,
	Status,
	Timing,
	ToEngine,
	View,
} from './messages.js';
import {createNaming} from './naming.js';
import {readGroupRow, readRow} from './rows.js';
import {createReadable} from './readable.js';
import type {Sampler} from './sampler.js';
import {createNeeds} from './needs.js';
import {createRest} from './rest.js';
import {createSummary} from './summary.js';

/** Share of one core that sampling and the search for owners may take together. */
const processorShare = 0.2;

/** Milliseconds per sample that the search for owners may always take, however dear the samples are. */
const leastOwnerBudget = 10;

/** Milliseconds that the first rows wait for the names of their processes. */
const firstOwnerBudget = 40;

/** Memory is given back after the first samples, when all that a sample needs has been compiled, and now and then. */
const samplesBetweenReleases = 300;
const firstRelease = 5;

/** Milliseconds that a message may wait for a sample. */
const longestWait = 8;

export type EngineOptions = {
	readonly sampler: Sampler;
	readonly timing: Timing;
	readonly query: Query;
	/** Takes the engine's answers. */
	readonly post: (message: FromEngine) => void;
};

export type Engine = {
	readonly receive: (message: ToEngine) => void;
	readonly stop: () => void;
};

/** Runs the clock: samples, and answers the newest query after each sample and whenever it changes. */
export const startEngine = ({sampler, timing: firstTiming, query: firstQuery, post}: EngineOptions): Engine => {
	const {world, source, fallback, journalWorld} = sampler;
	const answerAgain = (): void => {
		if (samples > 0 && !isStopped) {
			answer();
		}
	};

	const lookups = createSystemLookups(answerAgain);
	const naming = createNaming(answerAgain);
	const viewer = createViewer(lookups);
	const journalViewer = createViewer(lookups);
	const needsOf = createNeeds(viewer, journalViewer);
	const summary = createSummary(world.table);
	const mark = createMarking(world.table, () => performance.now(), () => Date.now());
	const inspector = createInspector({
		world, source, journalWorld, background: sampler.background, wallTime: moment => Date.now() - performance.now() + moment,
	});
	const readable = createReadable();
	/** A recording never changes. */
	const isRecorded = source.name === 'file';
	let query = firstQuery;
	let sequence = 0;
	let samples = 0;
	let {interval: asked} = firstTiming;
	let intervalAfter = createInterval(asked, processorShare).after;
	let interval = asked;
	let sampleTime = 0;
	let problems: readonly string[] = [];
	let markedAt: number | undefined;
	let isPaused = false;
	let isSampling = false;
	/** News were lost during the sample that is under way. */
	let isAmiss = false;
	let lastStarted = 0;
	let isStopped = false;
	let timer: NodeJS.Timeout | undefined;

	const desk = createActingDesk({
		sampler,
		post,
		isSampling: () => isSampling,
		onActed() {
			schedule(0);
		},
	});

	const status = (): Status => ({
		source: source.name,
		...(fallback !== undefined && {fallback}),
		samples,
		intervalAsked: asked,
		interval,
		sampleTime,
		paused: isPaused,
		hiddenOwners: sampler.hiddenOwners(),
		privilege: sampler.privilege,
		hidden: sampler.hidden?.() ?? [],
		...counted('missedByPolls', sampler.journal?.missedByPolls),
		...counted('lostNews', sampler.lostNews?.()),
		problems,
	});

	/** The optional columns that a sample must fill. */
	const neededColumns = (): Set<OptionalColumn> => new Set([...needsOf(query).columns, ...inspector.neededColumns()]);

	const answer = (): void => {
		// A sample that is under way answers when it has ended.
		if (!isSampling) {
			markedAt = mark(query.mark);
			inspector.follow(query.inspect);
		}

		const isJournal = query.journal !== undefined && journalWorld !== undefined;
		const shown = isJournal ? journalWorld : world;
		const {lines, slots: _slots, isFound, neededColumns: _columns, ...result} = (isJournal ? journalViewer : viewer).view(query, shown);
		const names = naming.forAnswer(query.names);
		const fields = query.columns.map(id => findField(id)).filter((field): field is Field => field !== undefined);
		const inspected = query.inspect === undefined ? undefined : inspector.read();
		const view: View = {
			...result,
			sequence,
			rows: lines.map(line => line.kind === 'group'
				? readGroupRow(fields, shown, line, query.groups?.by.at(line.groups.length) === 'host' ? names : undefined)
				: readRow(fields, shown, line, {isFound: isFound(line.slot), names})),
			...(isJournal && {journal: true, ...socketOf(journalWorld.entries, result.selected?.id, world.table)}),
			...(query.tagged && {tagged: livingIds(world.table, query.tagged)}),
			...(markedAt !== undefined && {markedAt}),
			...(inspected !== undefined && {inspected}),
			summary: summary.read(query.summary),
			status: status(),
		};
		post({type: 'view', view});
	};

	const tick = async (): Promise<void> => {
		const started = performance.now();
		lastStarted = started;
		isSampling = true;
		const rest = createRest(longestWait);
		const needs = needsOf(query);
		const sample = await sampler.sample(neededColumns(), started, needs.protocols, {rest});
		samples++;
		sampleTime = sample.time;
		problems = readable(sample.problems, started);
		summary.add(sample.changes, query.summary);
		interval = intervalAfter(sampleTime);
		const budget = samples === 1 ? firstOwnerBudget : Math.max(leastOwnerBudget, (interval * processorShare) - sampleTime);
		await sampler.findOwners(sample.changes, budget, rest);
		isSampling = false;
		if (isStopped) {
			return;
		}

		inspector.add(sample.changes);
		answer();
		if (samples % samplesBetweenReleases === firstRelease) {
			collectGarbage();
			sampler.releaseMemory?.();
		}

		schedule(started + (isAmiss ? soonest() : interval) - performance.now());
		isAmiss = false;
		desk.goOn();
	};

	/** Milliseconds from the start of one sample to the start of the next, where it cannot come too soon: what the share of the core allows. */
	const soonest = (): number => Math.min(interval, sampleTime / processorShare);

	/** News were lost: only a new sample can tell what ended. */
	const resample = (): void => {
		if (isSampling || samples === 0) {
			isAmiss = true;
		} else {
			schedule(lastStarted + soonest() - performance.now());
		}
	};

	const schedule = (delay: number): void => {
		clearTimeout(timer);
		if (!isPaused && !isStopped && !isRecorded) {
			timer = setTimeout(run, Math.max(0, delay));
		}
	};

	const run = (): void => {
		// A sample that is under way schedules the next one itself.
		if (isSampling) {
			return;
		}

		tick().catch((error: unknown) => {
			isSampling = false;
			const message = error instanceof Error ? error.message : String(error);
			if (samples === 0) {
				stop();
				post({type: 'failed', message});
				return;
			}

			// What worked before may work again.
			problems = [`${message}; trying again`];
			answer();
			schedule(interval);
			desk.goOn();
		});
	};

	const setTiming = ({interval: wanted, freshTime, closedTime}: Timing): void => {
		world.table.freshTime = freshTime;
		world.table.closedTime = closedTime;
		if (wanted === asked) {
			return;
		}

		asked = wanted;
		intervalAfter = createInterval(asked, processorShare).after;
		interval = Math.max(asked, sampleTime / processorShare);
		if (!isSampling && samples > 0) {
			schedule(lastStarted + interval - performance.now());
		}
	};

	const receive = (message: ToEngine): void => {
		switch (message.type) {
			case 'query': {
				const before = query;
				const {protocols: protocolsBefore} = needsOf(query);
				({query, sequence} = message);
				if (samples > 0) {
					answer();
				}

				// Columns and tables that no sample has filled yet: do not leave them empty until the next tick.
				const needs = needsOf(query);
				if (needs.protocols.some(name => !protocolsBefore.includes(name)) || ((query.columns !== before.columns || query.inspect !== before.inspect)
					&& [...neededColumns()].some(column => world.table.optional(column) === undefined))) {
					schedule(0);
				}

				break;
			}

			case 'timing': {
				setTiming(message.timing);
				break;
			}

			case 'pause': {
				isPaused = message.paused;
				schedule(0);
				if (samples > 0) {
					answer();
				}

				break;
			}

			case 'lock': {
				desk.lock(message.number, message.ids);
				break;
			}

			case 'act': {
				desk.act(message.request);
				break;
			}

			case 'refresh': {
				schedule(0);
				break;
			}

			case 'stop': {
				stop();
				break;
			}
		}
	};

	const stop = (): void => {
		isStopped = true;
		clearTimeout(timer);
		naming.close();
		inspector.close();
		sampler.close();
	};

	setTiming(firstTiming);
	source.onLoss?.(resample);
	run();
	return {receive, stop};
};

/** Those of the sockets with these ids that live. */
const livingIds = (table: SocketTable, ids: readonly number[]): readonly number[] => {
	const {core: {id}} = table;
	return findSlots(table, ids).map(slot => id[slot]);
};

/** The socket that an entry of the journal is about, and its row, if it has one still. */
const socketOf = (entries: JournalTable | undefined, entry: number | undefined, table: SocketTable): Pick<View, 'about' | 'socket'> => {
	if (entries === undefined || entry === undefined) {
		return {};
	}

	const socket = entries.socket[entries.slotOf(entry)];
	const slot = table.core.id.subarray(0, table.used).indexOf(socket);
	return slot !== -1 && table.isUsed(slot) ? {about: socket, socket} : {about: socket};
};

/** A count for the status, left out while it is 0 or unknown. */
const counted = <Name extends string>(name: Name, count: number | undefined): Readonly<Partial<Record<Name, number>>> =>
	(count === undefined || count === 0 ? {} : {[name]: count}) as Readonly<Partial<Record<Name, number>>>;
