/** `conntop summary`: counts sockets, like `ss -s`. */
import process from 'node:process';
import {Family} from '../addresses/family.js';
import {findField} from '../fields/registry.js';
import type {FieldContext} from '../fields/model/field.js';
import {statesByInterest} from '../fields/model/state-order.js';
import {neededColumns} from '../query/window/needed-columns.js';
import type {GroupLine, ViewLine} from '../query/groups/view-line.js';
import {createSampler} from '../sampling/sampler.js';
import {hasInetEnds, protocolNames} from '../table/columns/protocols.js';
import {stateName} from '../table/columns/states.js';
import {escapeText} from '../text/escape.js';
import {alignLeft, alignRight, textWidth} from '../text/width.js';
import type {Settings} from './options.js';
import {complain, write} from './output.js';
import {selectLines} from './select.js';
import {queryOf} from './settings-query.js';

/** Number of sockets by kind. */
type Counts = Readonly<Record<string, number>>;

type ProtocolCounts = {readonly sockets: number; readonly inet?: number; readonly inet6?: number; readonly states: Counts};

/** The result of the command; the keys are those of its JSON output. */
export type SocketSummary = {
	readonly sockets: number;
	readonly protocols: Readonly<Record<string, ProtocolCounts>>;
	/** By health problem; healthy sockets are not counted. */
	readonly problems: Counts;
};

type Tally = Map<string, number>;

const add = (tally: Tally, key: string): void => {
	tally.set(key, (tally.get(key) ?? 0) + 1);
};

/** Sorts states in the order of the header. */
const inOrder = (tally: Tally): Counts => {
	const order: readonly string[] = statesByInterest.map(state => stateName(state));
	return Object.fromEntries([...tally].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
};

/**
Counts sockets by protocol, address family, state and problem.

@param slots Slots of the sockets to count.
*/
export const summarize = (context: FieldContext, slots: Iterable<number>): SocketSummary => {
	const {protocol, family, state} = context.table.core;
	const health = findField('health');
	const byProtocol = new Map<number, {sockets: number; families: Tally; states: Tally}>();
	const problems: Tally = new Map();
	let sockets = 0;
	for (const slot of slots) {
		sockets++;
		const counts = byProtocol.get(protocol[slot]) ?? {sockets: 0, families: new Map<string, number>(), states: new Map<string, number>()};
		byProtocol.set(protocol[slot], counts);
		counts.sockets++;
		add(counts.states, stateName(state[slot]));
		if (hasInetEnds(protocol[slot])) {
			add(counts.families, family[slot] === Family.inet6 ? 'inet6' : 'inet');
		}

		const problem = health?.read(context, slot);
		if (typeof problem === 'string') {
			add(problems, problem);
		}
	}

	return {
		sockets,
		protocols: Object.fromEntries([...byProtocol].toSorted(([a], [b]) => a - b).map(([number, counts]) => [protocolNames[number], {
			sockets: counts.sockets,
			...(hasInetEnds(number) && {inet: counts.families.get('inet') ?? 0, inet6: counts.families.get('inet6') ?? 0}),
			states: inOrder(counts.states),
		}])),
		problems: Object.fromEntries([...problems].toSorted(([, a], [, b]) => b - a)),
	};
};

/** Aligns rows of cells: the first column to the left, numbers to the right. */
const table = (rows: ReadonlyArray<readonly string[]>): string => {
	const widths = rows[0].map((_, column) => Math.max(...rows.map(row => textWidth(row[column]))));
	return rows.map(row => row.map((cell, column) => (column === 0 ? alignLeft : alignRight)(cell, widths[column])).join('  ').trimEnd()).join('\n');
};

const countText = (count: number | undefined): string => count === undefined ? '-' : String(count);

const textOf = ({sockets, protocols, problems}: SocketSummary): string => {
	const names = Object.entries(protocols);
	const states = names.flatMap(([name, counts]) => Object.entries(counts.states).map(([state, count]) => [`${name} ${state}`, String(count)]));
	const byProtocol = names.map(([name, counts]) => [name, String(counts.sockets), countText(counts.inet), countText(counts.inet6)]);
	const byProblem = Object.entries(problems).map(([problem, count]) => [problem, String(count)]);
	return [
		`Sockets: ${sockets}`,
		...byProtocol.length > 0 ? [table([['Protocol', 'Total', 'IPv4', 'IPv6'], ...byProtocol]), table([['State', 'Sockets'], ...states])] : [],
		...byProblem.length > 0 ? [table([['Problem', 'Sockets'], ...byProblem])] : [],
	].join('\n\n');
};

type GroupSummary = SocketSummary & {readonly group: readonly string[]};

/** Summaries of the innermost groups, largest first, each with the labels of its outer groups. */
const groupsOf = (context: FieldContext, lines: readonly ViewLine[], levels: number): readonly GroupSummary[] => {
	const heads = lines.filter((line): line is GroupLine => line.kind === 'group');
	const labels = new Map(heads.map(({id, label}) => [id, label]));
	return heads
		.filter(({groups}) => groups.length === levels - 1)
		.map(({groups, label, slots}) => ({group: [...groups.map(id => labels.get(id) ?? ''), label].map(text => text.toWellFormed()), ...summarize(context, slots)}))
		.toSorted((a, b) => b.sockets - a.sockets);
};

const groupTable = (groups: readonly GroupSummary[]): string => {
	const stateOf = ({protocols}: GroupSummary, state: string): number =>
		Object.values(protocols).reduce((sum, {states}) => sum + (states[state] ?? 0), 0);
	const problemsOf = ({problems}: GroupSummary): number => Object.values(problems).reduce((sum, count) => sum + count, 0);
	return table([
		['Group', 'Sockets', 'ESTAB', 'LISTEN', 'Problems'],
		...groups.map(group => [
			escapeText(group.group.join(' · ')), String(group.sockets), String(stateOf(group, 'ESTAB')), String(stateOf(group, 'LISTEN')), String(problemsOf(group)),
		]),
	]);
};

/**
Prints the number of matching sockets by protocol, family, state and problem, and by group if requested. The exit code is 1 if not all sockets could be read.

@throws SourceError if nothing can be read.
*/
export const summary = async (settings: Settings, format: 'text' | 'json'): Promise<void> => {
	const sampler = await createSampler(settings.choice);
	try {
		const query = queryOf(settings, ['health']);
		const {changes, problems, isFailed = false} = await sampler.sample(neededColumns(query, settings.lookups), query.classes.protocols);

		await sampler.findOwners(changes, Infinity);
		const {context} = sampler;
		const lines = selectLines(query, context, settings.lookups);
		const counts = summarize(context, lines.flatMap(line => line.kind === 'socket' ? [line.slot] : []));
		const groups = groupsOf(context, lines, settings.groups.length);
		await (format === 'json'
			? write(`${JSON.stringify({...counts, ...(settings.groups.length > 0 && {groups})})}\n`, 'json')
			: write(`${[textOf(counts), ...settings.groups.length > 0 && groups.length > 0 ? [groupTable(groups)] : []].join('\n\n')}\n`));
		for (const sentence of [...problems, ...sampler.hidden?.() ?? []]) {
			complain(sentence);
		}

		process.exitCode = isFailed ? 1 : 0;
	} finally {
		sampler.close();
	}
};
