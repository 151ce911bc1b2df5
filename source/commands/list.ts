/** `conntop list`: one sample, then the end. */
import process from 'node:process';
import {createSampler} from '../sampling/sampler.js';
import type {Field, World} from '../fields/model/field.js';
import {readCell} from '../fields/model/cell.js';
import {formatValue, type JsonValue} from '../fields/model/format.js';
import {findField} from '../fields/registry.js';
import {shortenCell} from '../fields/model/shorten.js';
import {sumOf} from '../fields/model/sums.js';
import {neededColumns} from '../query/window/needed-columns.js';
import type {NameKinds, Names} from '../names/names.js';
import {readSocketTotals, type CountedProtocol} from '../names/socket-totals.js';
import {printRestriction} from '../query/pushdown/print-restriction.js';
import {restrictionOf} from '../query/pushdown/push-down.js';
import {Protocol, type ProtocolName} from '../table/columns/protocols.js';
import {SourceError} from '../sources/source.js';
import type {Restriction} from '../table/socket-condition.js';
import {stateCount} from '../table/columns/states.js';
import type {GroupLine, ViewLine} from '../query/groups/view-line.js';
import {worstProblem} from '../fields/worst-problem.js';
import {escapeText} from '../text/escape.js';
import {alignLeft, alignRight, textWidth} from '../text/width.js';
import {fitWidths} from './fit-widths.js';
import type {Settings} from './options.js';
import {complain, write, type OutputForm} from './output.js';
import {readRecord, recordFields} from './record.js';
import {selectLines} from './select.js';
import {queryOf} from './settings-query.js';
import {openWrittenNames, writtenValue} from './written-names.js';

export type ListFormat = Exclude<OutputForm, 'prose'>;

/** Columns of the text form. One sample has no rates and no ages. */
const textIds = ['protocol', 'state', 'recvQ', 'sendQ', 'local', 'peer', 'process'] as const;

const queueIds: ReadonlySet<string> = new Set(['recvQ', 'sendQ']);

const textFields = ({queues}: Settings): readonly Field[] => textIds
	.filter(id => queues || !queueIds.has(id))
	.map(id => findField(id))
	.filter(field => field !== undefined);

/** Rows that are made and written together. */
const rowsPerWrite = 1000;

/**
Lists the sockets that match. The exit code is 1 where not all of them could be read.

@throws SourceError when nothing could be read.
*/
export const list = async (settings: Settings, format: ListFormat): Promise<void> => {
	const sampler = await createSampler(settings.choice);
	const {world} = sampler;
	const fields = format === 'text'
		? settings.columns ?? [...textFields(settings), ...settings.details]
		: recordFields(settings.columns, settings.details);
	const query = queryOf(settings, fields.map(field => field.id));
	// A listener that the filter hides still has its connections.
	const isByListener = query.groups?.by.includes('listener') ?? false;
	const restrict = restrictionOf(isByListener ? {...query, filter: '', classes: {...query.classes, states: []}} : query, settings.lookups);
	const {changes, problems, isFailed = false} = await sampler.sample(neededColumns(query, settings.lookups), query.classes.protocols, {
		restrict,
	});
	if (isFailed && changes.opened.length === 0) {
		sampler.close();
		throw new SourceError(problems.join('; '));
	}

	const asked = settings.verbose && sampler.source.facts.appliesRestriction ? askedSentences(query.classes.protocols, restrict, world, settings) : [];
	await sampler.findOwners(changes, Infinity);
	const lines = selectLines(query, world, settings.lookups);
	const writeAs = {text: writeText, json: writeJson, csv: writeCsv}[format];
	const names = format === 'text' && settings.names !== undefined ? await findNames(settings.names, fields, world, lines) : undefined;
	const room = process.stdout.isTTY ? process.stdout.columns : undefined;
	await writeAs(format === 'text' ? withoutEmpty(fields, settings, world, lines) : fields, world, lines, {...settings, found: names, room});
	const sentences = [...asked, ...problems, ...sampler.hidden?.() ?? []];
	sampler.close();
	for (const problem of sentences) {
		complain(problem);
	}

	process.exitCode = isFailed ? 1 : 0;
};

/** What the kernel was asked for; how many sockets it has, only where one namespace is read, of which it tells the number. */
const askedSentences = (
	protocols: readonly ProtocolName[], restrict: (protocol: ProtocolName) => Restriction, {table}: World, {choice}: Settings,
): readonly string[] => {
	const counted = protocols.filter((name): name is CountedProtocol => name === 'tcp' || name === 'udp');
	return counted.flatMap(protocol => {
		const restriction = restrict(protocol);
		const asked = printRestriction(restriction);
		if (asked === undefined) {
			return [];
		}

		const first = Protocol[protocol] * stateCount;
		const came = table.counts.subarray(first, first + stateCount).reduce((sum, count) => sum + count, 0);
		const total = choice.kind === 'local' && choice.namespaces === undefined ? readSocketTotals()?.[protocol] : undefined;
		const kept = total === undefined ? `${came} sockets came` : `it kept back about ${Math.max(0, total - came)} of ${Math.max(total, came)} sockets`;
		return [`of ${protocol}, the kernel was asked ${asked === '' ? 'nothing' : `only for “${asked}” and what belongs to it`}: ${kept}`];
	});
};

/** Details are many, and most sockets lack most of them: of these, only what some socket has is shown. */
const withoutEmpty = (fields: readonly Field[], {details, columns}: Settings, world: World, lines: readonly ViewLine[]): readonly Field[] => columns === undefined
	? fields.filter(field => !details.includes(field) || lines.some(line => line.kind === 'socket' && readCell(field, world, line.slot) !== undefined))
	: fields;

/** The names of all hosts of the lines that have one, when all have been asked for, and of services. */
const findNames = async (kinds: NameKinds, fields: readonly Field[], world: World, lines: readonly ViewLine[]): Promise<Names> => {
	const {names, ask, settled} = await openWrittenNames(kinds, Infinity);
	ask(fields, world, lines.flatMap(line => line.kind === 'socket' ? [line.slot] : []));
	await settled();
	return names;
};

/** Settings, the names that they ask for, and how wide the terminal is, where there is one. */
type Writing = Settings & {readonly found: Names | undefined; readonly room: number | undefined};

type Writer = (fields: readonly Field[], world: World, lines: readonly ViewLine[], settings: Writing) => Promise<void>;

const writeLines = async <Line>(lines: readonly Line[], form: OutputForm, textOf: (line: Line) => string): Promise<void> => {
	for (let start = 0; start < lines.length; start += rowsPerWrite) {
		// eslint-disable-next-line no-await-in-loop -- A reader that is slow must not make all lines wait in memory.
		await write(lines.slice(start, start + rowsPerWrite).map(line => `${textOf(line)}\n`).join(''), form);
	}
};

/** The sockets, each with the names of the groups that it is in, the outermost first. */
const socketsOf = (lines: readonly ViewLine[]): ReadonlyArray<{readonly slot: number; readonly groups: readonly string[]}> => {
	const labels = new Map(lines.flatMap(line => line.kind === 'group' ? [[line.id, line.label]] : []));
	return lines.flatMap(line => line.kind === 'socket' ? [{slot: line.slot, groups: line.groups.map(id => labels.get(id) ?? '')}] : []);
};

const writeJson: Writer = async (fields, world, lines) => writeLines(socketsOf(lines), 'json', ({slot, groups}) => JSON.stringify({
	...(groups.length > 0 && {group: groups.map(label => label.toWellFormed())}),
	...readRecord(fields, world, slot),
}));

const writeCsv: Writer = async (fields, world, lines, {header, groups: {length: levels}}) => {
	const groupNames = ['group', 'group2'].slice(0, levels);
	if (header) {
		await write(`${[...groupNames, ...fields.map(field => field.id)].join(',')}\n`, 'csv');
	}

	const isForTerminal = process.stdout.isTTY;
	await writeLines(socketsOf(lines), 'csv', ({slot, groups}) => {
		const record = readRecord(fields, world, slot);
		return [...groups.map(label => label.toWellFormed()), ...fields.map(field => record[field.id])].map(value => csvCell(value, isForTerminal)).join(',');
	});
};

/** RFC 4180: quotation marks where they are needed. On a terminal, a foreign line feed must not make a row of its own. */
const csvCell = (value: JsonValue | undefined, isForTerminal: boolean): string => {
	const raw = value === undefined ? '' : (typeof value === 'object' ? JSON.stringify(value) : String(value));
	const text = isForTerminal ? escapeText(raw) : raw;
	return /[\n\r",]/v.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const levelIndent = '  ';

const writeText: Writer = async (fields, world, lines, {header, exact, found, room, groups: {length: levels}}) => {
	const textOf = (field: Field, slot: number): string => writtenValue(field, world, slot, {exact, names: found});

	const widths = fields.map(field => header ? textWidth(field.title) : 0);
	for (const line of lines) {
		if (line.kind === 'socket') {
			for (const [index, field] of fields.entries()) {
				widths[index] = Math.max(widths[index], textWidth(textOf(field, line.slot)));
			}
		}
	}

	const between = '  ';
	const available = (room ?? Infinity) - levelIndent.length * levels - between.length * (fields.length - 1);
	const fitted = fitWidths(fields.map(({kind, title, width: {min}}, index) => {
		const full = widths[index];
		// Numbers are never cut.
		return {full, least: kind === 'number' ? full : Math.min(full, Math.max(min, header ? textWidth(title) : 0))};
	}), available);
	const line = (cells: readonly string[]): string => levelIndent.repeat(levels) + cells
		.map((cell, index) => (fields[index].align === 'right' ? alignRight : alignLeft)(shortenCell(fields[index], cell, fitted[index]), fitted[index]))
		.join(between)
		.trimEnd();
	if (header) {
		await write(`${line(fields.map(field => field.title))}\n`);
	}

	await writeLines(lines, 'text', shown => shown.kind === 'socket'
		? line(fields.map(field => textOf(field, shown.slot)))
		: levelIndent.repeat(shown.groups.length) + headText(fields, world, shown, {exact}));
};

/** `0.0.0.0:443 nginx/812  12 sockets  Send-Q 4096`: what a group is called, the worst problem in it, and the sums that are not 0. */
const headText = (fields: readonly Field[], world: World, {label, slots}: GroupLine, {exact}: Pick<Settings, 'exact'>): string => {
	const sums = fields.flatMap(field => {
		const sum = sumOf(field, world, slots);
		return sum === undefined || sum === 0 ? [] : [`${field.title} ${exact ? String(sum) : formatValue(field, sum)}`];
	});
	const problem = worstProblem(world, slots);
	return [
		escapeText(label), slots.length === 1 ? '1 socket' : `${slots.length} sockets`, ...problem === undefined ? [] : [`${problem.count} ${problem.name}`], ...sums,
	].join('  ');
};
