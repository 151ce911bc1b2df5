/** `conntop list`: takes one sample, prints it and exits. */
import process from 'node:process';
import {createSampler, type Sampler} from '../sampling/sampler.js';
import type {Field, FieldContext} from '../fields/model/field.js';
import {readCell} from '../fields/model/cell.js';
import {findField} from '../fields/registry.js';
import {shortenCell} from '../fields/model/shorten.js';
import {rowContextOf} from '../query/match/row-context.js';
import {neededColumns} from '../query/window/needed-columns.js';
import type {NameKinds, Names} from '../names/names.js';
import {readSocketTotals, type CountedProtocol} from '../names/socket-totals.js';
import {printRestriction} from '../query/pushdown/print-restriction.js';
import {restrictionOf} from '../query/pushdown/push-down.js';
import {Protocol, type ProtocolName} from '../table/columns/protocols.js';
import type {Restriction} from '../table/socket-condition.js';
import {stateCount} from '../table/columns/states.js';
import type {ViewLine} from '../query/groups/view-line.js';
import {alignLeft, alignRight, textWidth} from '../text/width.js';
import {createLineWriter} from '../exports/lines.js';
import {recordFields} from '../exports/record.js';
import {fitWidths} from './fit-widths.js';
import {headTable} from './list-groups.js';
import type {Settings} from './options.js';
import {
	complain,
	write,
	type OutputForm,
} from './output.js';
import {selectLines} from './select.js';
import {queryOf} from './settings-query.js';
import {openWrittenNames, writtenValue} from './written-names.js';

export type ListFormat = Exclude<OutputForm, 'prose'>;

/** Columns of the text output. A single sample has no rates and no ages. */
const textIds = ['protocol', 'state', 'recvQ', 'sendQ', 'local', 'peer', 'process'] as const;

const queueIds: ReadonlySet<string> = new Set(['recvQ', 'sendQ']);

const textFields = ({queues}: Settings): readonly Field[] => textIds
	.filter(id => queues || !queueIds.has(id))
	.map(id => findField(id))
	.filter(field => field !== undefined);

/** Number of rows that are formatted and written together. */
const rowsPerWrite = 1000;

/**
Lists the matching sockets. The exit code is 1 if not all sockets could be read.

@throws SourceError if nothing could be read.
*/
export const list = async (settings: Settings, format: ListFormat): Promise<void> => {
	const sampler = await createSampler(settings.choice);
	try {
		await listSockets(sampler, settings, format);
	} finally {
		sampler.close();
	}
};

const listSockets = async (sampler: Sampler, settings: Settings, format: ListFormat): Promise<void> => {
	const {context} = sampler;
	const fields = format === 'text'
		? settings.columns ?? [...textFields(settings), ...settings.details]
		: recordFields(settings.columns, settings.details);
	const query = queryOf(settings, fields.map(field => field.id));
	// Grouping by listener needs all listeners, including those that the filter hides.
	const isByListener = query.groups?.by.includes('listener') ?? false;
	// With one row per connection, either end may match.
	const restrict = restrictionOf(isByListener || settings.connections ? {...query, filter: '', classes: {...query.classes, states: []}} : query, settings.lookups);
	// The heads of groups name the worst problem.
	const needed = neededColumns(settings.groups.length === 0 ? query : {...query, summary: ['healthProblems']}, settings.lookups);
	const {changes, problems, isFailed = false} = await sampler.sample(needed, query.classes.protocols, {restrict});
	const filtered = settings.verbose && sampler.source.facts.appliesRestriction ? pushdownMessages(query.classes.protocols, restrict, context, settings) : [];
	await sampler.findOwners(changes, Infinity);
	const lines = selectLines(query, context, settings.lookups);
	const rowContext = rowContextOf(query, context);
	const writeAs = {text: writeText, json: writeJson, csv: writeCsv}[format];
	const names = format === 'text' && settings.names !== undefined ? await findNames(settings.names, fields, rowContext, lines) : undefined;
	const room = process.stdout.isTTY ? process.stdout.columns : undefined;
	await writeAs(format === 'text' ? withoutEmpty(fields, settings, rowContext, lines) : fields, rowContext, lines, {...settings, found: names, room});
	for (const message of [...filtered, ...problems, ...sampler.hidden?.() ?? []]) {
		complain(message);
	}

	process.exitCode = isFailed ? 1 : 0;
};

const socketCount = (count: number): string => count === 1 ? '1 socket' : `${count} sockets`;

/** For `--verbose`: what the kernel filtered, and how many sockets it left out. The latter only if a single namespace is read, because its totals are known. */
const pushdownMessages = (
	protocols: readonly ProtocolName[], restrict: (protocol: ProtocolName) => Restriction, {table}: FieldContext, {choice}: Settings,
): readonly string[] => {
	const counted = protocols.filter((name): name is CountedProtocol => name === 'tcp' || name === 'udp');
	return counted.flatMap(protocol => {
		const restriction = restrict(protocol);
		const asked = printRestriction(restriction);
		if (asked === undefined) {
			return [];
		}

		const first = Protocol[protocol] * stateCount;
		const received = table.counts.subarray(first, first + stateCount).reduce((sum, count) => sum + count, 0);
		const total = choice.kind === 'local' && choice.namespaces === undefined ? readSocketTotals()?.[protocol] : undefined;
		const count = total === undefined ? `${socketCount(received)} received` : `it left out about ${Math.max(0, total - received)} of ${socketCount(Math.max(total, received))}`;
		return [`${protocol}: the kernel returned ${asked === '' ? 'no sockets' : `only sockets that match “${asked}” and related ones`}; ${count}`];
	});
};

/** Removes detail columns that are empty for all sockets: there are many details, and most sockets lack most of them. */
const withoutEmpty = (fields: readonly Field[], {details, columns}: Settings, context: FieldContext, lines: readonly ViewLine[]): readonly Field[] => columns === undefined
	? fields.filter(field => !details.includes(field) || lines.some(line => line.kind === 'socket' && readCell(field, context, line.slot) !== undefined))
	: fields;

/** Resolves the host and service names of all lines. */
const findNames = async (kinds: NameKinds, fields: readonly Field[], context: FieldContext, lines: readonly ViewLine[]): Promise<Names> => {
	const {names, ask, whenIdle} = await openWrittenNames(kinds, Infinity);
	ask(fields, context, lines.flatMap(line => line.kind === 'socket' ? [line.slot] : []));
	await whenIdle();
	return names;
};

/** The settings, the resolved names if requested, and the terminal's width if there is one. */
type Writing = Settings & {readonly found: Names | undefined; readonly room: number | undefined};

type Writer = (fields: readonly Field[], context: FieldContext, lines: readonly ViewLine[], settings: Writing) => Promise<void>;

const writeLines = async <Line>(lines: readonly Line[], form: OutputForm, textOf: (line: Line) => string | undefined): Promise<void> => {
	for (let start = 0; start < lines.length; start += rowsPerWrite) {
		// eslint-disable-next-line no-await-in-loop -- With a slow reader, lines must not accumulate in memory.
		await write(lines.slice(start, start + rowsPerWrite).map(line => textOf(line)).filter(text => text !== undefined).map(text => `${text}\n`).join(''), form);
	}
};

const writeJson: Writer = async (fields, context, lines) => {
	const {lineOf} = createLineWriter('json', {
		fields, context, levels: 0, isForTerminal: false,
	});
	await writeLines(lines, 'json', lineOf);
};

const writeCsv: Writer = async (fields, context, lines, {header, groups: {length: levels}}) => {
	const {heading, lineOf} = createLineWriter('csv', {
		fields, context, levels, isForTerminal: process.stdout.isTTY,
	});
	if (header) {
		await write(`${heading ?? ''}\n`, 'csv');
	}

	await writeLines(lines, 'csv', lineOf);
};

const levelIndent = '  ';

const writeText: Writer = async (fields, context, lines, {header, exact, found, room, groups: {length: levels}}) => {
	const textOf = (field: Field, slot: number): string => writtenValue(field, context, slot, {exact, names: found});

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
		// Numbers are never truncated.
		return {full, min: kind === 'number' ? full : Math.min(full, Math.max(min, header ? textWidth(title) : 0))};
	}), available);
	const line = (cells: readonly string[]): string => levelIndent.repeat(levels) + cells
		.map((cell, index) => (fields[index].align === 'right' ? alignRight : alignLeft)(shortenCell(fields[index], cell, fitted[index]), fitted[index]))
		.join(between)
		.trimEnd();
	const heads = headTable(fields, context, lines.filter(shown => shown.kind === 'group'), {isExact: exact, levelIndent});
	if (header) {
		await write(`${levels === 0 ? '' : `${heads.heading}\n`}${line(fields.map(field => field.title))}\n`);
	}

	await writeLines(lines, 'text', shown => shown.kind === 'socket' ? line(fields.map(field => textOf(field, shown.slot))) : heads.textOf(shown));
};
