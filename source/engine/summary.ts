import {statesByInterest} from '../fields/model/state-order.js';
import {Life} from '../table/columns/columns.js';
import {defaultProtocols, Protocol, protocolNames} from '../table/columns/protocols.js';
import type {Changes} from '../table/changes.js';
import type {SocketTable} from '../table/socket-table.js';
import {stateCount, stateName} from '../table/columns/states.js';
import {problemsBySeverity, healthProblems} from '../table/health/problems.js';
import type {SummaryPart} from '../query/query.js';
import type {Summary} from '../contract/messages.js';
import {createSeries} from './inspecting/history.js';
import {countBacklogs} from './backlogs.js';

/** Keeps the numbers for the header: totals of the last sample, and their history. */
export const createSummary = (table: SocketTable): {
	/** Adds a completed sample. `parts` are counted in addition. */
	readonly add: (changes: Changes, parts?: readonly SummaryPart[]) => void;
	readonly read: (parts?: readonly SummaryPart[]) => Summary;
} => {
	const receiveRates = createSeries();
	const sendRates = createSeries();
	const opened = createSeries();
	const closed = createSeries();
	const retransmits = createSeries();
	const missed = createSeries();
	let latest: Omit<Summary, 'protocols' | 'states' | 'history' | 'healthProblems'> = {openedPerSecond: 0, closedPerSecond: 0};

	return {
		add(changes, parts = []) {
			const seconds = (table.now - table.previousSampleAt) / 1000;
			// The first sample has no earlier one to compare with.
			if (!(seconds > 0)) {
				return;
			}

			const {life} = table.core;
			latest = {
				// Sockets that appeared or disappeared because other tables are read have neither opened nor closed.
				openedPerSecond: (changes.opened.filter(slot => (life[slot] & Life.initial) === 0).length + changes.shortLived.length) / seconds,
				closedPerSecond: (changes.closed.filter(slot => (life[slot] & Life.dropped) === 0).length + changes.shortLived.length) / seconds,
				receiveRate: table.bytesReceivedInSample / seconds,
				sendRate: table.bytesSentInSample / seconds,
			};
			receiveRates.push(table.bytesReceivedInSample / seconds);
			sendRates.push(table.bytesSentInSample / seconds);
			opened.push(latest.openedPerSecond);
			closed.push(latest.closedPerSecond);
			// NaN for samples that did not count: their value is unknown.
			retransmits.push(parts.includes('retransmits') ? table.retransmitsInSample / seconds : NaN);
			missed.push(changes.shortLived.length / seconds);
			latest = {
				...latest,
				missedPerSecond: changes.shortLived.length / seconds,
				...(parts.includes('retransmits') && {retransmitsPerSecond: table.retransmitsInSample / seconds}),
				...(parts.includes('backlogs') && {backlogs: countBacklogs(table)}),
			};
		},
		read: (parts = []) => ({
			...latest,
			protocols: Object.fromEntries(protocolNames
				.map((name, protocol) => [name, countProtocol(table, protocol)] as const)
				.filter(([name, count]) => count > 0 || (defaultProtocols as readonly string[]).includes(name))),
			states: statesByInterest
				.map(state => ({state: stateName(state), count: table.counts[Protocol.tcp * stateCount + state]}))
				.filter(({count}) => count > 0),
			history: {
				receiveRate: receiveRates.values(),
				sendRate: sendRates.values(),
				opened: opened.values(),
				closed: closed.values(),
				...(parts.includes('retransmits') && {retransmits: retransmits.values()}),
				...(parts.includes('missed') && {missed: missed.values()}),
			},
			...(parts.includes('healthProblems') && {healthProblems: countHealthProblems(table)}),
		}),
	};
};

const countHealthProblems = ({health: {counts}}: SocketTable): NonNullable<Summary['healthProblems']> => problemsBySeverity.flatMap(number => {
	const healthProblem = healthProblems[number];
	return healthProblem === undefined || counts[number] === 0 ? [] : [{name: healthProblem.name, count: counts[number], ...(healthProblem.isGrave === true && {isGrave: true as const})}];
});

const countProtocol = (table: SocketTable, protocol: number): number =>
	table.counts.subarray(protocol * stateCount, (protocol + 1) * stateCount).reduce((sum, count) => sum + count, 0);
