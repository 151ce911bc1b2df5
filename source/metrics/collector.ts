/** Counts after each sample, and returns the counts on request. */
import process from 'node:process';
import {localPortsIn} from '../fields/model/chosen-port.js';
import type {FieldContext} from '../fields/model/field.js';
import {Life, type OptionalColumn} from '../table/columns/columns.js';
import {protocolNames} from '../table/columns/protocols.js';
import {State, stateCount, stateName} from '../table/columns/states.js';
import {healthColumns} from '../table/health/columns.js';
import {createForecast} from '../table/health/crowding.js';
import {wholeOf} from '../parts/parts.js';
import {findDestinations, type Destination} from '../table/health/destinations.js';
import {healthProblems} from '../table/health/problems.js';
import type {Lacks} from '../table/journal-completion.js';
import type {Journal} from '../table/journal.js';
import {totalsColumns} from '../table/totals/totals.js';
import {breakdownNames, createBreakdowns, type BreakdownName} from './breakdowns.js';
import {createClosed, type ClosedConnection, type Observe} from './closed.js';
import {createListenerCounts} from './listeners.js';
import type {NamedNetworks} from './peer-groups.js';
import type {
	Counted,
	ExportState,
	OwnState,
	PortUse,
	Reading,
} from './reading.js';
import {createRoles, listenersIn, type NameOfService} from './roles.js';

/** Optional columns that samples must fill for the metrics. */
export const metricColumns: readonly OptionalColumn[] = [...totalsColumns, ...healthColumns, 'cgroupId', 'cgroup'];

export type CollectorOptions = {
	readonly context: FieldContext;
	readonly journal: Journal;
	readonly journalContext: FieldContext;
	/** Which data of journal entries later samples may complete. */
	readonly lacks: () => Lacks;
	readonly nameOfService: NameOfService;
	readonly networks: readonly NamedNetworks[];
	readonly hasNamespaces: boolean;
	/** Which sockets and journal entries match the filter, as of the last sample. Default: all. */
	readonly selection?: {readonly isWanted: (slot: number) => boolean; readonly isEntryWanted: (slot: number) => boolean};
	readonly observe: Observe;
	/** Called with the closed connections; their slots are valid until the next sample. */
	readonly onClosed?: (connections: readonly ClosedConnection[]) => void;
	/** Facts about the program. */
	readonly own: () => Omit<OwnState, 'processorSeconds' | 'residentMemory' | 'missedEntries' | 'shortLived' | 'exported'>;
	readonly exported?: () => ExportState;
};

export type Collector = {
	/** Counts a sample, owners and journal included. */
	readonly take: () => void;
	/** Reads all counts. Not while a sample is under way. */
	readonly read: () => Reading;
};

/** Creates a collector, which counts from the next sample on. */
export const createCollector = (options: CollectorOptions): Collector => {
	const {context, journal, journalContext, nameOfService, networks, hasNamespaces, selection} = options;
	const {table} = context;
	const isWanted = (slot: number): boolean => selection?.isWanted(slot) ?? true;
	const roles = createRoles(context, nameOfService);
	const breakdowns = createBreakdowns({
		context, roles, nameOfService, networks, hasNamespaces, isWanted,
	});
	const queues = createListenerCounts({
		context, nameOfService, hasNamespaces, isWanted,
	});
	const closed = createClosed({
		live: context, context: journalContext, entries: journal.table, roles,
	});
	const takeEntries = journal.follow();
	let listeners: readonly number[] = [];
	let missedEntries = 0;

	/** Sockets by transport and state, and by problem, and the slots of connections that are open. */
	const countSockets = () => {
		const {core: {life, protocol, state, peerPort}, used} = table;
		const problem = table.optional('healthProblem');
		const states = new Uint32Array(protocolNames.length * stateCount);
		const problems = new Uint32Array(healthProblems.length);
		const connections: number[] = [];
		for (let slot = 0; slot < used; slot++) {
			if ((life[slot] & (Life.used | Life.closed)) === Life.used && isWanted(slot)) {
				states[protocol[slot] * stateCount + state[slot]]++;
				problems[problem?.[slot] ?? 0]++;
				if (peerPort[slot] !== 0 && state[slot] !== State.timeWait && state[slot] !== State.listen) {
					connections.push(slot);
				}
			}
		}

		return {states, problems, connections};
	};

	const forecast = createForecast();
	/** Finds the destination with the fewest remaining ports. */
	const readPorts = (): PortUse => {
		const {all} = wholeOf(findDestinations(table, number => localPortsIn(context, number), 0));
		const leftOf = forecast(all, table.now);
		const shareOf = ({used, size}: Destination): number => used / size;
		let fullest: Destination | undefined;
		for (const destination of all) {
			fullest = fullest === undefined || shareOf(destination) > shareOf(fullest) ? destination : fullest;
		}

		if (fullest === undefined) {
			const {from, to} = localPortsIn(context, 0);
			return {used: 0, size: to - from + 1, left: Infinity};
		}

		const left = leftOf(fullest);
		return {used: fullest.used, size: fullest.size, left: left === undefined ? Infinity : left / 1000};
	};

	const ownState = (): OwnState => {
		const {user, system} = process.cpuUsage();
		return {
			...options.own(),
			processorSeconds: (user + system) / 1_000_000,
			residentMemory: process.memoryUsage.rss(),
			missedEntries,
			shortLived: journal.missedByPolls,
			...(options.exported && {exported: options.exported()}),
		};
	};

	return {
		take() {
			listeners = listenersIn(context);
			roles.takeListeners(listeners);
			table.totals.collect();
			queues.take(listeners);
			const {slots, missed} = takeEntries(options.lacks());
			missedEntries += missed;
			const wanted = selection === undefined ? slots : slots.filter(slot => selection.isEntryWanted(slot));
			const connections = closed.take(wanted, options.observe);
			options.onClosed?.(connections);
		},
		read() {
			const {states, problems, connections} = countSockets();
			return {
				breakdowns: Object.fromEntries(breakdownNames.map(name => [name, breakdowns[name].read(connections)])) as Reading['breakdowns'],
				sockets: countedStates(states),
				closed: closed.read(),
				problems: healthProblems.flatMap((problem, number) => problem === undefined ? [] : [{values: [problem.name], count: problems[number]}]),
				acceptQueues: queues.read(listeners),
				ports: readPorts(),
				folded: [
					...breakdownNames.map((name: BreakdownName): Counted => ({values: [name], count: breakdowns[name].folded()})),
					{values: ['accept_queue'], count: queues.folded()},
					{values: ['closes'], count: closed.folded()},
				],
				own: ownState(),
			};
		},
	};
};

/** All transports and states with sockets, and the common TCP states, so that their series are continuous. */
const countedStates = (states: Uint32Array): readonly Counted[] => states.entries().flatMap(([index, count]) => {
	const protocol = Math.floor(index / stateCount);
	const state = index % stateCount;
	return count > 0 || (protocol === 0 && lastingStates.has(state)) ? [{values: [protocolNames[protocol], stateName(state)], count}] : [];
}).toArray();

/** All states of TCP but the unknown one, the unconnected one and the one that is shown as another. */
const lastingStates: ReadonlySet<number> = new Set([
	State.established, State.synSent, State.synReceived, State.finWait1, State.finWait2, State.timeWait, State.closeWait, State.lastAck, State.listen, State.closing,
]);
