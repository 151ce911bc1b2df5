/** `conntop summary`: how many sockets there are, as `ss -s` and more. */
import process from 'node:process';
import {Family} from '../addresses/family.js';
import {findField} from '../fields/registry.js';
import type {World} from '../fields/model/field.js';
import {statesByInterest} from '../fields/model/state-order.js';
import {neededColumns} from '../query/window/needed-columns.js';
import type {GroupLine, ViewLine} from '../query/groups/view-line.js';
import {createSampler} from '../sampling/sampler.js';
import {SourceError} from '../sources/source.js';
import {hasInetEnds, protocolNames} from '../table/columns/protocols.js';
import {stateName} from '../table/columns/states.js';
import {escapeText} from '../text/escape.js';
import {alignLeft, alignRight, textWidth} from '../text/width.js';
import type {Settings} from './options.js';
import {complain, write} from './output.js';
import {selectLines} from './select.js';
import {queryOf} from './settings-query.js';

/** How many sockets there are of a kind. */
type Counts = Readonly<Record<string, number>>;

type ProtocolCounts = {readonly sockets: number; readonly inet?: number; readonly inet6?: number; readonly states: Counts};

/** What the command prints; keys as in JSON. */
export type SocketSummary = {
	readonly sockets: number;
	readonly protocols: Readonly<Record<string, ProtocolCounts>>;
	/** By what the column Health says; sockets without problem are not counted. */
	readonly problems: Counts;
};

type Tally = Map<string, number>;

const add = (tally: Tally, key: string): void => {
	tally.set(key, (tally.get(key) ?? 0) + 1);
};

/** States in the order of the header; those that it lacks follow. */
const inOrder = (tally: Tally): Counts => {
	const order: readonly string[] = statesByInterest.map(state => stateName(state));
	return Object.fromEntries([...tally].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
};

/**
Counts sockets by protocol, address family, state and problem.

@param world
@param slots The sockets.
*/
export const summarize = (world: World, slots: Iterable<number>): SocketSummary => {
	const {protocol, family, state} = world.table.core;
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

		const problem = health?.read(world, slot);
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

/** Rows of text in columns: the first at the left, numbers at the right. */
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

/** The innermost groups, each with the names of those that it is in, the largest first. */
const groupsOf = (world: World, lines: readonly ViewLine[], levels: number): readonly GroupSummary[] => {
	const heads = lines.filter((line): line is GroupLine => line.kind === 'group');
	const labels = new Map(heads.map(({id, label}) => [id, label]));
	return heads
		.filter(({groups}) => groups.length === levels - 1)
		.map(({groups, label, slots}) => ({group: [...groups.map(id => labels.get(id) ?? ''), label].map(text => text.toWellFormed()), ...summarize(world, slots)}))
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
Prints how many sockets match, by protocol, family, state and problem, and by group where groups are asked for. The exit code is 1 where not all of
them could be read.

@throws SourceError when nothing can be read.
*/
export const summary = async (settings: Settings, format: 'text' | 'json'): Promise<void> => {
	const sampler = await createSampler(settings.choice);
	try {
		const query = queryOf(settings, ['health']);
		const {changes, problems, isFailed = false} = await sampler.sample(neededColumns(query, settings.lookups), query.classes.protocols);
		if (isFailed && changes.opened.length === 0) {
			throw new SourceError(problems.join('; '));
		}

		await sampler.findOwners(changes, Infinity);
		const {world} = sampler;
		const lines = selectLines(query, world, settings.lookups);
		const counts = summarize(world, lines.flatMap(line => line.kind === 'socket' ? [line.slot] : []));
		const groups = groupsOf(world, lines, settings.groups.length);
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
